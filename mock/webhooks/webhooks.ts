import type { Cancel } from "../world/clock.ts";
import type { Place } from "../world/place.ts";
import type { World } from "../world/world.ts";
import { type Carrier, deliver } from "./deliver.ts";
import type { NativeOptions } from "./payloads/meta-calls.ts";
import { queueWebhooks } from "./queue.ts";
import { retryTimers } from "./retries.ts";

/**
 * Gives a world its webhooks: what happens is queued for whoever subscribed (queue.ts), sent and signed (deliver.ts),
 * and tried again while it fails (retries.ts).
 *
 * @returns the way to stop sending
 */
export function attachWebhooks(place: Place, carrier: Carrier, native: NativeOptions): Cancel {
  const { world } = place;
  world.addReaction(queueWebhooks(native));
  world.addTimerSource(retryTimers);
  return deliver(place, carrier);
}

/** Subscribes every number of a world to everything its provider emits, at one address; not twice. */
export function subscribeEveryNumber(world: World, url: string): void {
  const present = [...world.state.subscriptions.values()].filter((each) => each.url === url);
  for (const { id: numberId } of world.state.numbers.values()) {
    if (present.some((each) => each.numberId === numberId)) continue;
    world.dispatch({ type: "createSubscription", numberId, name: "--webhook", url, events: ["*"] });
  }
}
