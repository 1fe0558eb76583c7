import { attemptsKept, type Delivery, deliveryOf, finishedKept, type MutableOutbox } from "../delivery.ts";
import type { EventOf } from "../events.ts";
import type { MutableWorldState } from "../state.ts";

type WebhookWorldEvent = EventOf<
  | "subscription.created"
  | "subscription.changed"
  | "subscription.deleted"
  | "delivery.queued"
  | "delivery.due"
  | "delivery.attempted"
  | "delivery.requeued"
  | "delivery.dropped"
>;

/** Applies what happens to subscriptions and to the deliveries that wait for them. */
export function evolveWebhooks(state: MutableWorldState, event: WebhookWorldEvent): void {
  const { outbox } = state;
  switch (event.type) {
    case "subscription.created":
      state.ordinals = { ...state.ordinals, subscription: state.ordinals.subscription + 1 };
      state.subscriptions.set(event.subscription.id, event.subscription);
      return;
    case "subscription.changed":
      state.subscriptions.set(event.subscription.id, event.subscription);
      return;
    case "subscription.deleted":
      state.subscriptions.delete(event.subscriptionId);
      return forget(outbox, event.subscriptionId);
    case "delivery.queued":
      state.ordinals = { ...state.ordinals, delivery: state.ordinals.delivery + 1 };
      return wait(outbox, fresh(event, state.ordinals.delivery - 1));
    case "delivery.due": {
      const delivery = outbox.waiting.get(event.deliveryId);
      if (delivery !== undefined) outbox.waiting.set(delivery.id, { ...delivery, nextAt: null });
      return;
    }
    case "delivery.attempted":
      return attempted(state, event);
    case "delivery.requeued": {
      const delivery = deliveryOf(outbox, event.deliveryId);
      if (delivery === undefined) return;
      outbox.finished.delete(delivery.id);
      return wait(outbox, { ...delivery, result: "waiting", nextAt: null, tries: 0 });
    }
    case "delivery.dropped":
      outbox.dropped++;
  }
}

function fresh(event: EventOf<"delivery.queued">, ordinal: number): Delivery {
  const { deliveryId: id, subscriptionId, event: name, callId, payload, lane, at: queuedAt } = event;
  return {
    id,
    ordinal,
    subscriptionId,
    event: name,
    payload,
    callId,
    lane,
    queuedAt,
    result: "waiting",
    nextAt: null,
    tries: 0,
    attempted: 0,
    attempts: [],
  };
}

/** Puts a delivery at the end of its lane; one that is there already keeps its place. */
function wait(outbox: MutableOutbox, delivery: Delivery): void {
  const lane = outbox.lanes.get(delivery.lane) ?? [];
  outbox.waiting.set(delivery.id, delivery);
  if (!lane.includes(delivery.id)) outbox.lanes.set(delivery.lane, [...lane, delivery.id]);
}

function attempted(state: MutableWorldState, event: EventOf<"delivery.attempted">): void {
  const { outbox, subscriptions } = state;
  const subscription = subscriptions.get(event.subscriptionId);
  if (subscription !== undefined)
    subscriptions.set(subscription.id, { ...subscription, lastTriggeredAt: event.attempt.at });
  const before = outbox.waiting.get(event.deliveryId);
  if (before === undefined) return;
  const after: Delivery = {
    ...before,
    result: event.result,
    nextAt: event.nextAt,
    tries: before.tries + 1,
    attempted: event.number,
    attempts: [...before.attempts, event.attempt].slice(-attemptsKept),
  };
  if (event.result === "waiting") outbox.waiting.set(after.id, after);
  else finish(outbox, after);
}

function finish(outbox: MutableOutbox, delivery: Delivery): void {
  leaveLane(outbox, delivery);
  outbox.waiting.delete(delivery.id);
  outbox.finished.set(delivery.id, delivery);
  const [oldest] = outbox.finished.keys();
  if (outbox.finished.size > finishedKept && oldest !== undefined) outbox.finished.delete(oldest);
}

function leaveLane(outbox: MutableOutbox, { lane, id }: Delivery): void {
  const rest = (outbox.lanes.get(lane) ?? []).filter((other) => other !== id);
  if (rest.length === 0) outbox.lanes.delete(lane);
  else outbox.lanes.set(lane, rest);
}

function forget(outbox: MutableOutbox, subscriptionId: string): void {
  for (const delivery of [...outbox.waiting.values(), ...outbox.finished.values()]) {
    if (delivery.subscriptionId !== subscriptionId) continue;
    leaveLane(outbox, delivery);
    outbox.waiting.delete(delivery.id);
    outbox.finished.delete(delivery.id);
  }
}
