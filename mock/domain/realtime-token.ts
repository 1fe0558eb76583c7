import type { CallId } from "./call.ts";
import { type Instant, SECOND } from "./time.ts";

/** A token lives about two minutes (seed §6). */
export const realtimeTokenTtlSeconds = 120;

/** A call keeps so many tokens, spent or not; the oldest are forgotten (MEDIA-WS-043; assumption). */
export const tokensKept = 1_000;

/** What a socket may do: send and receive, or only receive (pilot-status §3.13). */
export type RealtimeMode = "talk" | "listen";

/** The right to open one realtime socket on one call, once. */
export interface RealtimeToken {
  readonly token: string;
  readonly callId: CallId;
  readonly mode: RealtimeMode;
  readonly expiresAt: Instant;
  /** When a socket was opened with it; null while it can still be used. */
  readonly spentAt: Instant | null;
}

export function tokenExpiry(now: Instant): Instant {
  return now + realtimeTokenTtlSeconds * SECOND;
}
