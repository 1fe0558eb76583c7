import type { components } from "../../../spec/generated/openapi.ts";
import { type Call, durationSeconds } from "../../domain/call.ts";
import type { WorldEvent } from "../../domain/events.ts";
import { type Instant, isoTime } from "../../domain/time.ts";
import type { CallHappening } from "./happening.ts";

type Schemas = components["schemas"];
export type FlatCallEvent =
  | Schemas["CallRingingEvent"]
  | Schemas["CallConnectedEvent"]
  | Schemas["CallEndedEvent"]
  | Schemas["CallMissedEvent"];

/** The gateway's own event about what happened to a call, flat and in the superset shape (HOOK-014); null for none. */
export function callEvent({ event, call }: CallHappening): FlatCallEvent | null {
  const { connectedAt, endedAt } = call;
  const common = { ...fields(call), createdAt: isoTime(event.at) };
  if (rings(event, call)) {
    return { event: "call.ringing", ...common, status: "RINGING", connectedAt: null, endedAt: null, ...noError };
  }
  if (event.type === "call.answered") {
    return {
      event: "call.connected",
      ...common,
      status: "ACCEPTED",
      connectedAt: isoTime(event.at),
      endedAt: null,
      ...noError,
    };
  }
  if (endedAt === null || !ends(event)) return null;
  if (call.status === "MISSED") {
    const missed = { status: "MISSED", direction: "INBOUND", connectedAt: null, endedAt: isoTime(endedAt) } as const;
    return { event: "call.missed", ...common, ...missed, ...noError };
  }
  if (call.status !== "COMPLETED" && call.status !== "FAILED" && call.status !== "REJECTED") return null;
  return {
    event: "call.ended",
    ...common,
    status: call.status,
    connectedAt: isoOrNull(connectedAt),
    endedAt: isoTime(endedAt),
    ...durations(call),
    errorCode: call.failure?.code ?? null,
    errorMessage: call.failure?.message ?? null,
  };
}

const noError = { errorCode: null, errorMessage: null } as const;

/**
 * On META an inbound call rings once its offer can be read: receivers fetch it as soon as they hear of the call
 * (HOOK-033).
 */
function rings(event: WorldEvent, call: Call): boolean {
  if (event.type === "call.rang") return true;
  if (call.direction === "OUTBOUND") return false;
  if (event.type === "call.received") return call.provider === "EVO_GO" || event.sdpOffer !== null;
  return event.type === "call.sdpProvided" && event.kind === "offer";
}

function ends({ type }: WorldEvent): boolean {
  return type === "call.rejected" || type === "call.ended" || type === "call.failed";
}

function fields(call: Call) {
  return {
    id: call.id,
    callId: call.id,
    externalCallId: call.externalCallId,
    numberId: call.numberId,
    conversationId: call.conversationId,
    direction: call.direction,
    peerNumber: call.peerNumber,
    fromNumber: call.fromNumber,
    bizOpaqueCallbackData: call.bizOpaqueCallbackData,
    startedAt: isoTime(call.startedAt),
  };
}

/** Both documented names, or neither when nobody answered (pilot-status §8 row 8). */
function durations(call: Call): { readonly duration?: number; readonly durationSeconds?: number } {
  const seconds = durationSeconds(call);
  return seconds === null ? {} : { duration: seconds, durationSeconds: seconds };
}

function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : isoTime(at);
}
