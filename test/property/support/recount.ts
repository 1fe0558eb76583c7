import type { CallIdentity, CallStatus } from "../../../mock/domain/call.ts";
import { callOf, type WorldEvent } from "../../../mock/domain/events.ts";
import type { NumberId } from "../../../mock/domain/number.ts";
import type { Phone } from "../../../mock/domain/phone.ts";
import { DAY, type Instant, SECOND } from "../../../mock/domain/time.ts";

/** A call as its events tell it. */
export interface ToldCall {
  readonly identity: CallIdentity;
  /** Every status it ever had, in order. */
  readonly statuses: readonly CallStatus[];
  readonly answeredAt: Instant | null;
  readonly endedAt: Instant | null;
}

/** What happened since the world began, or was last reset: whatever was before has left no trace in the counts. */
export function sinceReset(events: readonly WorldEvent[]): readonly WorldEvent[] {
  return events.slice(events.findLastIndex(({ type }) => type === "world.reset") + 1);
}

function statusAfter(event: WorldEvent): CallStatus | null {
  switch (event.type) {
    case "call.started":
      return "INITIATED";
    case "call.received":
    case "call.rang":
      return "RINGING";
    case "call.answered":
      return "ACCEPTED";
    case "call.rejected":
      return "REJECTED";
    case "call.ended":
      return event.status;
    case "call.failed":
      return "FAILED";
    default:
      return null;
  }
}

/** Every call that the events tell of. */
export function toldCalls(events: readonly WorldEvent[]): Map<string, ToldCall> {
  const calls = new Map<string, ToldCall>();
  for (const event of events) {
    const status = statusAfter(event);
    const callId = callOf(event);
    if (status === null || callId === null) continue;
    const told =
      event.type === "call.started" || event.type === "call.received"
        ? { identity: event.call, statuses: [], answeredAt: null, endedAt: null }
        : calls.get(callId);
    if (told === undefined) throw new Error(`${event.type} of a call that never began`);
    const over = status !== "INITIATED" && status !== "RINGING" && status !== "ACCEPTED";
    calls.set(callId, {
      identity: told.identity,
      statuses: [...told.statuses, status],
      answeredAt: status === "ACCEPTED" ? event.at : told.answeredAt,
      endedAt: over ? event.at : told.endedAt,
    });
  }
  return calls;
}

/** What the limits of a number count, counted the long way. */
export function recountNumber(events: readonly WorldEvent[], numberId: NumberId, now: Instant) {
  const calls = [...toldCalls(events).values()].filter(({ identity }) => identity.numberId === numberId);
  const outbound = calls.filter(({ identity }) => identity.direction === "OUTBOUND");
  const connected = outbound.flatMap(({ identity, answeredAt }) =>
    identity.provider === "META" && answeredAt !== null ? [answeredAt] : [],
  );
  const probes = events.filter((event) => event.type === "permission.probed" && event.numberId === numberId);
  return {
    openCalls: calls.filter(({ endedAt }) => endedAt === null).length,
    newCalls: outbound.filter(({ identity }) => identity.startedAt > now - DAY).length,
    connectedCalls: connected.filter((at) => at > now - DAY).length,
    probes: probes.filter(({ at }) => at > now - SECOND).length,
  };
}

/** What a META number and a person have counted between them, counted the long way. */
export function recountPair(events: readonly WorldEvent[], numberId: NumberId, phone: Phone, now: Instant) {
  const calls = toldCalls(events);
  const own = [...calls.values()].filter(
    ({ identity }) => identity.numberId === numberId && identity.peerNumber === phone,
  );
  const between = events.filter((event) => {
    if ("phone" in event) return event.numberId === numberId && event.phone === phone;
    const call = calls.get(callOf(event) ?? "");
    return call !== undefined && own.includes(call);
  });
  const lastAnswer = between.findLastIndex(({ type }) => type === "call.answered");
  const lastChange = between.findLastIndex(({ type }) => type === "call.answered" || type === "permission.changed");
  const requests = between.slice(lastAnswer + 1).filter(({ type }) => type === "permission.requested");
  const unanswered = between.slice(lastChange + 1).filter((event) => {
    const call = calls.get(callOf(event) ?? "");
    const over = event.type === "call.ended" || event.type === "call.rejected";
    return over && call?.identity.direction === "OUTBOUND" && call.answeredAt === null;
  });
  const outbound = own.filter(({ identity }) => identity.direction === "OUTBOUND");
  return {
    requestsSent: requests.filter(({ at }) => at > now - 7 * DAY).length,
    connectedCalls: outbound.filter(({ answeredAt }) => answeredAt !== null && answeredAt > now - DAY).length,
    unansweredInARow: unanswered.length,
    openCall: own.find(({ endedAt }) => endedAt === null)?.identity.id ?? null,
  };
}
