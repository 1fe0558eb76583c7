import type { Delivery } from "../domain/delivery.ts";
import { drawFraction } from "../domain/draw.ts";
import type { Timer } from "../domain/ring-timer.ts";
import type { WorldState } from "../domain/state.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../domain/time.ts";
import type { TimerSource } from "../world/world.ts";

// When a delivery is tried again:
//
// 1. A 2xx answer delivers it. Everything else is a failure: another status, a redirect, a broken connection, no answer
//    in time. 410 ends it and pauses its subscription; any other failure is followed by the next retry of the list.
// 2. The list counts from the end of the attempt before, on the world's clock, each wait give or take a tenth. Where the
//    receiver's Retry-After is later, it is that. After the last retry the delivery is given up.
// 3. While a delivery waits, those behind it in its lane (same call, same subscription) wait too. A paused
//    subscription's deliveries wait until it is active again.

/** The waits between attempts (HOOK-SUB-031; an assumption in the manner of Standard Webhooks' own example). */
export const defaultRetries: readonly number[] = [
  1 * SECOND,
  3 * SECOND,
  10 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  1 * HOUR,
  6 * HOUR,
];

/** No Retry-After is taken for longer: a receiver that means a year is mistaken. */
export const longestRetryAfter = DAY;

/**
 * When a failed delivery is tried again.
 *
 * @param failed the delivery as it was before the attempt
 * @param retries the waits between attempts, in milliseconds
 * @param retryAfterMs what the receiver asked for, null when it asked for nothing
 * @returns null when the list is at its end
 * @example nextAttemptAt(state, delivery, defaultRetries, null, now) // about a second from now
 */
export function nextAttemptAt(
  { source }: Pick<WorldState, "source">,
  failed: Pick<Delivery, "id" | "tries" | "attempted">,
  retries: readonly number[],
  retryAfterMs: number | null,
  now: Instant,
): Instant | null {
  const wait = retries[failed.tries];
  if (wait === undefined) return null;
  const spread = 0.9 + 0.2 * drawFraction(source, `retry/${failed.id}`, failed.attempted);
  return now + Math.max(Math.round(wait * spread), Math.min(retryAfterMs ?? 0, longestRetryAfter));
}

/** Retries as timers, derived from the state: a restart finds every one of them again. */
export const retryTimers: TimerSource = (state, subject): readonly Timer[] => {
  if (subject.kind !== "delivery") return [];
  const delivery = state.outbox.waiting.get(subject.deliveryId);
  if (delivery?.nextAt == null || state.subscriptions.get(delivery.subscriptionId)?.active !== true) return [];
  return [{ at: delivery.nextAt, command: { type: "attemptDelivery", deliveryId: delivery.id } }];
};
