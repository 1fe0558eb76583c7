import { type Outbox, queuedAtMost } from "../domain/delivery.ts";
import type { EventOf, WorldEvent } from "../domain/events.ts";
import { prefixedId } from "../domain/ids.ts";
import { pairKey } from "../domain/pair.ts";
import type { WorldState } from "../domain/state.ts";
import { type WebhookEvent, wants } from "../domain/subscription.ts";
import type { Reaction } from "../world/world.ts";
import { callEvent } from "./payloads/call-events.ts";
import { Following } from "./payloads/happening.ts";
import { metaAccount } from "./payloads/meta-account.ts";
import { metaCalls, type NativeOptions } from "./payloads/meta-calls.ts";
import { metaPermissionReply, metaUndelivered } from "./payloads/meta-messages.ts";
import { permissionEvent } from "./payloads/permission-event.ts";

/** One webhook event that something has led to, before anybody is asked whether they want it. */
interface Letter {
  readonly event: WebhookEvent;
  readonly body: object;
}

/** All letters about one thing: which number they are about, and what their order is kept by. */
interface Bundle {
  readonly numberId: string;
  readonly callId: string | null;
  readonly lane: string;
  readonly letters: readonly Letter[];
}

/**
 * Queues a delivery for every subscription that wants to hear of what happens. It reacts within the step in which the
 * thing happens, so that a journal keeps both or neither: no webhook is lost between a call's end and its queueing.
 */
export function queueWebhooks(options: NativeOptions): Reaction {
  return (state, events) => {
    if (state.subscriptions.size === 0) return [];
    const following = new Following(state);
    const queue = new Queue(state);
    for (const event of events) {
      const bundle = bundleOf(state, following, event, options);
      if (bundle !== null) queue.add(bundle, event.at);
    }
    return queue.events;
  };
}

function bundleOf(state: WorldState, following: Following, event: WorldEvent, options: NativeOptions): Bundle | null {
  if (event.type === "permission.changed" || event.type === "permission.undelivered") {
    return permissionBundle(state, event);
  }
  // A delivery has a call too, but nobody hears of deliveries.
  if (!("callId" in event) || event.callId === null || "subscriptionId" in event || "phone" in event) return null;
  const after = following.callAfter(event);
  const number = state.numbers.get(after?.call.numberId ?? "");
  if (after === undefined || number === undefined || number.provider === "OTHER") return null;
  const personName = state.contacts.get(after.call.peerNumber)?.name ?? null;
  const happening = { ...after, event, number, personName, account: metaAccount(state, number) };
  const flat = callEvent(happening);
  const native = number.provider === "META" ? metaCalls(happening, options) : [];
  const letters: Letter[] = native.map((body) => ({ event: "calls", body }));
  // The gateway makes its own event of Meta's, so Meta's leaves first (HOOK-NATIVE-035).
  if (flat !== null) letters.push({ event: flat.event, body: flat });
  return { numberId: number.id, callId: after.call.id, lane: after.call.id, letters };
}

function permissionBundle(
  state: WorldState,
  event: EventOf<"permission.changed" | "permission.undelivered">,
): Bundle | null {
  const number = state.numbers.get(event.numberId);
  if (number === undefined) return null;
  const letters: Letter[] = [];
  if (event.type === "permission.undelivered") {
    letters.push({ event: "messages", body: metaUndelivered(state, number, event) });
  } else {
    const native = metaPermissionReply(state, number, event);
    const flat = permissionEvent(event);
    if (native !== null) letters.push({ event: "messages", body: native });
    if (flat !== null) letters.push({ event: flat.event, body: flat });
  }
  return { numberId: number.id, callId: null, lane: pairKey(number.id, event.phone), letters };
}

/** Turns letters into the events that queue them, one for every subscription that wants them. */
class Queue {
  readonly events: WorldEvent[] = [];
  readonly #state: WorldState;
  #queued = 0;

  constructor(state: WorldState) {
    this.#state = state;
  }

  add({ numberId, callId, lane, letters }: Bundle, at: number): void {
    const subscriptions = [...this.#state.subscriptions.values()].filter((each) => each.numberId === numberId);
    for (const { event, body } of letters) {
      const wanted = subscriptions.filter((each) => wants(each, event));
      if (wanted.length === 0) continue;
      // Serialised once: all subscribers get, and every retry repeats, these very bytes.
      const payload = JSON.stringify(body);
      for (const { id: subscriptionId } of wanted) {
        if (!this.#hasRoom(this.#state.outbox)) {
          this.events.push({ type: "delivery.dropped", at, subscriptionId, event, callId });
          continue;
        }
        const ordinal = this.#state.ordinals.delivery + this.#queued++;
        const deliveryId = prefixedId("msg", this.#state.source, ordinal, at);
        const of = { deliveryId, subscriptionId, event, callId };
        this.events.push({ type: "delivery.queued", at, ...of, lane: `${subscriptionId}/${lane}`, payload });
      }
    }
  }

  #hasRoom({ waiting }: Outbox): boolean {
    return waiting.size + this.#queued < queuedAtMost;
  }
}
