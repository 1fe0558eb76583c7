import type { Delivery } from "../domain/delivery.ts";
import type { Strike } from "../faults/fault-book.ts";
import type { Place } from "../world/place.ts";

export type DeliveryStrike = Strike<"webhook">;

/** What can still happen to an attempt that overtakes another one: it can't be overtaken in its turn. */
const overtaking = ["duplicate", "delay", "lose", "wrong-signature"] as const;

/**
 * Asks the fault rules of a world about an attempt that is about to be made.
 *
 * @param overtakes whether it goes before another one of its lane
 */
export function strikeDelivery(
  { world, faults }: Place,
  delivery: Delivery,
  overtakes: boolean,
): DeliveryStrike | null {
  const { calls, pairs, subscriptions } = world.state;
  const { callId, event: name, lane, subscriptionId } = delivery;
  // What is about no call is about a number and a person, and its lane is named after them.
  const about = callId === null ? pairs.get(lane.slice(lane.indexOf("/") + 1))?.phone : calls.get(callId)?.peerNumber;
  const numberId = subscriptions.get(subscriptionId)?.numberId ?? null;
  const only = overtakes ? { only: overtaking } : {};
  return faults.strike({ kind: "webhook", name, callId, numberId, to: about ?? null, ...only });
}

/** Puts a strike into the timeline of its call (CTRL-065). */
export function recordStrike({ world, timeline }: Place, delivery: Delivery, { id, effect }: DeliveryStrike): void {
  const { callId, event, id: webhookId } = delivery;
  if (callId === null) return;
  const { type: name, ...fields } = effect;
  const detail = { rule: id, event, webhookId, ...fields };
  timeline.add(callId, { at: world.clock.now(), kind: "fault", name, detail });
}
