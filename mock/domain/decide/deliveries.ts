import type { CommandOf } from "../commands.ts";
import { type Delivery, deliveryOf, isSuccess } from "../delivery.ts";
import type { WorldEvent } from "../events.ts";
import { refuse } from "../refusals/refusal.ts";
import type { WorldState } from "../state.ts";
import type { Instant } from "../time.ts";
import { type Decision, happened, refused } from "./decision.ts";

/** A receiver that answers so wants to hear nothing more (realtime-media §8). */
const gone = 410;

function of(delivery: Delivery) {
  const { id: deliveryId, subscriptionId, event, callId } = delivery;
  return { deliveryId, subscriptionId, event, callId };
}

/** The time of a retry has come; a delivery that has gone meanwhile needs none. */
export function attemptDelivery(state: WorldState, command: CommandOf<"attemptDelivery">, now: Instant): Decision {
  const delivery = state.outbox.waiting.get(command.deliveryId);
  return delivery === undefined ? happened() : happened({ type: "delivery.due", at: now, ...of(delivery) });
}

/** An attempt is over. Where the delivery or its subscription has gone meanwhile, there is nothing to note. */
export function recordAttempt(state: WorldState, command: CommandOf<"recordAttempt">, now: Instant): Decision {
  const delivery = state.outbox.waiting.get(command.deliveryId);
  const subscription = state.subscriptions.get(delivery?.subscriptionId ?? "");
  if (delivery === undefined || subscription === undefined) return happened();
  const { attempt } = command;
  const stopped = attempt.status === gone;
  const nextAt = stopped || isSuccess(attempt.status) ? null : command.nextAt;
  const attempted: WorldEvent = {
    type: "delivery.attempted",
    at: now,
    ...of(delivery),
    url: subscription.url,
    number: delivery.attempted + 1,
    attempt,
    result: isSuccess(attempt.status) ? "delivered" : nextAt === null ? "given-up" : "waiting",
    nextAt,
  };
  if (!stopped) return happened(attempted);
  const paused = { ...subscription, active: false, lastTriggeredAt: attempt.at, updatedAt: now };
  return happened(attempted, { type: "subscription.changed", at: now, subscription: paused });
}

/** Somebody wants a delivery to be sent again, with the same id and the whole list of retries before it. */
export function redeliver(state: WorldState, command: CommandOf<"redeliver">, now: Instant): Decision {
  const delivery = deliveryOf(state.outbox, command.deliveryId);
  if (delivery !== undefined) return happened({ type: "delivery.requeued", at: now, ...of(delivery) });
  return refused(
    refuse("DELIVERY_NOT_FOUND", {
      message: `This world has no delivery ${JSON.stringify(command.deliveryId.slice(0, 80))}. GET …/deliveries lists those it remembers: what waits, and the last 1,000 that are finished.`,
    }),
  );
}
