import type { NumberId } from "./number.ts";
import type { Phone } from "./phone.ts";
import type { CallingProvider } from "./provider.ts";
import type { Instant } from "./time.ts";

export type CallId = string;
export type Direction = "INBOUND" | "OUTBOUND";
export type CallStatus = "INITIATED" | "RINGING" | "ACCEPTED" | "REJECTED" | "COMPLETED" | "FAILED" | "MISSED";

/** Why a call failed: `code` is Meta's number as text, or a name of ours where Meta has no part. */
export interface CallFailure {
  readonly code: string;
  readonly message: string;
}

/** What is fixed at the start of a call. */
export interface CallIdentity {
  readonly id: CallId;
  readonly externalCallId: string;
  readonly numberId: NumberId;
  readonly provider: CallingProvider;
  readonly direction: Direction;
  /** The WhatsApp user, whoever called. */
  readonly peerNumber: Phone;
  /** The caller: the business on an outbound call, the user on an inbound one. */
  readonly fromNumber: Phone;
  readonly conversationId: string;
  readonly bizOpaqueCallbackData: string | null;
  readonly startedAt: Instant;
  /** Unique per number, so that the cursor `before` loses and repeats nothing. */
  readonly createdAt: Instant;
}

/** Where a call is: instants that a status cannot have are null by type. */
export type CallProgress =
  | {
      readonly status: "INITIATED" | "RINGING";
      readonly connectedAt: null;
      readonly endedAt: null;
      readonly failure: null;
    }
  | { readonly status: "ACCEPTED"; readonly connectedAt: Instant; readonly endedAt: null; readonly failure: null }
  | {
      readonly status: "REJECTED" | "MISSED";
      readonly connectedAt: null;
      readonly endedAt: Instant;
      readonly failure: null;
    }
  | {
      readonly status: "COMPLETED";
      readonly connectedAt: Instant | null;
      readonly endedAt: Instant;
      readonly failure: null;
    }
  | {
      readonly status: "FAILED";
      readonly connectedAt: Instant | null;
      readonly endedAt: Instant;
      readonly failure: CallFailure;
    };

export type Call = CallIdentity & CallProgress & { readonly updatedAt: Instant };

/** A call that nobody has ended yet. */
export type OpenCall = Extract<Call, { endedAt: null }>;

export function isOpen(call: Call): call is OpenCall {
  return call.endedAt === null;
}

/**
 * Whole seconds between answer and end, rounded down; null when the call was not answered or still runs.
 *
 * @example durationSeconds({ ...call, connectedAt: 1_000, endedAt: 3_999 }) // 2
 */
export function durationSeconds(call: Pick<Call, "connectedAt" | "endedAt">): number | null {
  if (call.connectedAt === null || call.endedAt === null) return null;
  return Math.floor((call.endedAt - call.connectedAt) / 1_000);
}

/** The session descriptions of a META call; on EVO_GO both stay null for ever. */
export interface CallSdp {
  readonly offer: string | null;
  readonly answer: string | null;
}

export const noSdp: CallSdp = { offer: null, answer: null };

/** What the sandbox keeps beside an open call, and forgets when it ends. */
export interface LiveCall {
  readonly callId: CallId;
  readonly script: string;
  /** Steps of the present phase that the person has taken, and when the last one (or the phase) was. */
  readonly stepsTaken: number;
  readonly steppedAt: Instant;
  readonly preAcceptedSdp: string | null;
  /** `/play` requests that wait for the call to connect. */
  readonly queuedAudio: readonly string[];
  /** What the person says at present, and since when. */
  readonly speech: { readonly pattern: string; readonly since: Instant } | null;
  /** Realtime tokens, spent or not; they end with the call. */
  readonly tokens: readonly string[];
  /** What the link or the button carried from which the person called. */
  readonly deeplinkPayload: string | null;
  readonly ctaPayload: string | null;
}
