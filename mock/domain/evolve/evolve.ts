import type { WorldEvent } from "../events.ts";
import type { MutableWorldState } from "../state.ts";
import { evolveCall } from "./calls.ts";
import { evolveDirectory } from "./directory.ts";
import { evolvePair } from "./pairs.ts";
import { evolveWebhooks } from "./webhooks.ts";

/**
 * Applies what has happened to the state, in place: copying maps with a million calls on every event would cost more
 * than everything else together. It draws nothing, reads no clock and asks nobody, so the same events always lead to
 * the same state; that is what a restart relies on.
 *
 * @param state the state to change; nobody but the world holds it as mutable
 * @param event one event, in the order in which they happened
 */
export function evolve(state: MutableWorldState, event: WorldEvent): void {
  switch (event.type) {
    case "world.started":
    case "world.seeded":
    case "world.reset":
    case "world.modeSet":
    case "number.added":
    case "number.changed":
    case "key.issued":
    case "contact.put":
    case "settings.updated":
      return evolveDirectory(state, event);
    case "pair.met":
    case "window.opened":
    case "window.closed":
    case "permission.probed":
    case "permission.requested":
    case "permission.undelivered":
    case "permission.reconsidered":
    case "permission.changed":
      return evolvePair(state, event);
    case "subscription.created":
    case "subscription.changed":
    case "subscription.deleted":
    case "delivery.queued":
    case "delivery.due":
    case "delivery.attempted":
    case "delivery.requeued":
    case "delivery.dropped":
      return evolveWebhooks(state, event);
    default:
      return evolveCall(state, event);
  }
}
