import type { Call, CallProgress } from "./call.ts";
import type { WorldEvent } from "./events.ts";

const waiting = { connectedAt: null, endedAt: null, failure: null } as const;

/**
 * Where an event brings a call. `evolve` applies it; whoever writes about an event asks here too, because several
 * events can happen within one instant and each has a state of the call of its own.
 *
 * @param before the call before the event, undefined when the event is its beginning
 * @returns null when the event moves no call
 */
export function progressAfter(before: Pick<Call, "connectedAt"> | undefined, event: WorldEvent): CallProgress | null {
  const connectedAt = before?.connectedAt ?? null;
  switch (event.type) {
    case "call.started":
      return { ...waiting, status: "INITIATED" };
    case "call.received":
    case "call.rang":
      return { ...waiting, status: "RINGING" };
    case "call.answered":
      return { status: "ACCEPTED", connectedAt: event.at, endedAt: null, failure: null };
    case "call.rejected":
      return { status: "REJECTED", connectedAt: null, endedAt: event.at, failure: null };
    case "call.ended":
      if (event.status === "MISSED") return { status: "MISSED", connectedAt: null, endedAt: event.at, failure: null };
      return { status: "COMPLETED", connectedAt, endedAt: event.at, failure: null };
    case "call.failed":
      return { status: "FAILED", connectedAt, endedAt: event.at, failure: event.failure };
    default:
      return null;
  }
}
