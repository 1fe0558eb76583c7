import { firstWindow } from "../decide/find.ts";
import type { EventOf } from "../events.ts";
import type { NumberId } from "../number.ts";
import { newPair, type Pair, pairKey } from "../pair.ts";
import { noPermission } from "../permission.ts";
import type { Phone } from "../phone.ts";
import type { MutableWorldState } from "../state.ts";

type PairEvent = EventOf<
  | "pair.met"
  | "window.opened"
  | "window.closed"
  | "permission.probed"
  | "permission.requested"
  | "permission.undelivered"
  | "permission.reconsidered"
  | "permission.changed"
>;

/** Applies what happens between a number and a person outside of calls. */
export function evolvePair(state: MutableWorldState, event: PairEvent): void {
  const { numberId, phone } = event;
  switch (event.type) {
    case "pair.met":
      state.ordinals = { ...state.ordinals, conv: state.ordinals.conv + 1 };
      state.pairs.set(
        pairKey(numberId, phone),
        newPair(numberId, phone, event.conversationId, firstWindow(state), noPermission),
      );
      return;
    case "window.opened":
      return updatePair(state, numberId, phone, { windowClosesAt: event.closesAt });
    case "window.closed":
      return updatePair(state, numberId, phone, { windowClosesAt: event.at });
    case "permission.probed":
      state.traffic.get(numberId)?.probes.add(event.at);
      return;
    case "permission.requested":
      state.ordinals = { ...state.ordinals, message: state.ordinals.message + 1 };
      state.pairs.get(pairKey(numberId, phone))?.requestsSent.add(event.at);
      return updatePair(state, numberId, phone, {
        request: { messageId: event.messageId, requestedAt: event.at, decidedAt: null },
      });
    case "permission.undelivered":
      return updatePair(state, numberId, phone, { request: null });
    case "permission.reconsidered":
      return;
    case "permission.changed":
      return applyPermission(state, event);
  }
}

function applyPermission(state: MutableWorldState, event: EventOf<"permission.changed">): void {
  const { numberId, phone, permission } = event;
  const pair = state.pairs.get(pairKey(numberId, phone));
  const answered = pair?.request !== null && pair?.request?.messageId === event.context;
  updatePair(state, numberId, phone, {
    permission,
    ...(answered && pair.request !== null ? { request: { ...pair.request, decidedAt: event.at } } : {}),
    // A permission that was just taken away counts from nothing; so does one that was just given.
    unansweredInARow: 0,
  });
}

/** Changes what is known of a number and a person; a pair that never met stays unknown. */
export function updatePair(state: MutableWorldState, numberId: NumberId, phone: Phone, change: Partial<Pair>): void {
  const key = pairKey(numberId, phone);
  const pair = state.pairs.get(key);
  if (pair !== undefined) state.pairs.set(key, { ...pair, ...change });
}
