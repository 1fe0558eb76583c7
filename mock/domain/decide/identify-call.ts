import type { CallIdentity, Direction } from "../call.ts";
import { draw } from "../draw.ts";
import { evoGoCallId, prefixedId } from "../ids.ts";
import type { CallingNumber } from "../number.ts";
import type { Phone } from "../phone.ts";
import type { WorldState } from "../state.ts";
import type { Instant } from "../time.ts";
import { wacid } from "../wacid.ts";

/** Gives a new call its ids and its two instants; both directions and both providers. */
export function identifyCall(
  state: WorldState,
  number: CallingNumber,
  call: { direction: Direction; person: Phone; conversationId: string; bizOpaqueCallbackData: string | null },
  now: Instant,
): CallIdentity {
  const ordinal = state.ordinals.call;
  const createdAt = Math.max(now, (state.calls.newestOf(number.id)?.createdAt ?? -1) + 1);
  const outbound = call.direction === "OUTBOUND";
  return {
    id: prefixedId("call", state.source, ordinal, createdAt),
    externalCallId:
      number.provider === "META"
        ? wacid({ user: call.person, business: number.number }, outbound, draw(state.source, "wacid", ordinal, 16))
        : evoGoCallId(state.source, ordinal),
    numberId: number.id,
    provider: number.provider,
    direction: call.direction,
    peerNumber: call.person,
    fromNumber: outbound ? number.number : call.person,
    conversationId: call.conversationId,
    bizOpaqueCallbackData: call.bizOpaqueCallbackData,
    startedAt: now,
    createdAt,
  };
}
