import type { CallId } from "../domain/call.ts";
import type { DeliveryId } from "../domain/delivery.ts";
import type { WorldEvent } from "../domain/events.ts";
import type { NumberId } from "../domain/number.ts";
import { pairKey } from "../domain/pair.ts";
import type { Phone } from "../domain/phone.ts";
import type { WorldState } from "../domain/state.ts";

/** What a timer is about: one call, one number and person, or one webhook delivery. */
export type Subject = { readonly key: string } & (
  | { readonly kind: "call"; readonly callId: CallId }
  | { readonly kind: "pair"; readonly numberId: NumberId; readonly phone: Phone }
  | { readonly kind: "delivery"; readonly deliveryId: DeliveryId }
);

function callSubject(callId: CallId): Subject {
  return { kind: "call", key: callId, callId };
}

function pairSubject(numberId: NumberId, phone: Phone): Subject {
  return { kind: "pair", key: pairKey(numberId, phone), numberId, phone };
}

function deliverySubject(deliveryId: DeliveryId): Subject {
  return { kind: "delivery", key: deliveryId, deliveryId };
}

/** Everything in the world that timers can be about. */
export function* subjectsIn(state: WorldState): Generator<Subject> {
  for (const callId of state.live.keys()) yield callSubject(callId);
  for (const { numberId, phone } of state.pairs.values()) yield pairSubject(numberId, phone);
  for (const deliveryId of state.outbox.waiting.keys()) yield deliverySubject(deliveryId);
}

/** What some events were about, each subject once; a change of mode concerns everybody. */
export function subjectsOf(events: readonly WorldEvent[], state: WorldState): Iterable<Subject> {
  const subjects = new Map<string, Subject>();
  for (const event of events) {
    if (event.type === "world.modeSet" || event.type === "number.changed") return subjectsIn(state);
    for (const subject of subjectsOfOne(event, state)) subjects.set(subject.key, subject);
  }
  return subjects.values();
}

function subjectsOfOne(event: WorldEvent, state: WorldState): readonly Subject[] {
  if (event.type === "subscription.deleted") return event.waiting.map(deliverySubject);
  if (event.type === "subscription.changed") return waitingFor(state, event.subscription.id);
  if ("subscriptionId" in event) return "deliveryId" in event ? [deliverySubject(event.deliveryId)] : [];
  if ("callId" in event) return [callSubject(event.callId)];
  if ("phone" in event) return [pairSubject(event.numberId, event.phone)];
  if (event.type !== "contact.put") return [];
  return [...state.numbers.keys()].map((numberId) => pairSubject(numberId, event.contact.phone));
}

/** A subscription that is paused or goes on changes what happens when to everything that waits for it. */
function waitingFor({ outbox }: WorldState, subscriptionId: string): readonly Subject[] {
  return [...outbox.waiting.values()]
    .filter((delivery) => delivery.subscriptionId === subscriptionId)
    .map(({ id }) => deliverySubject(id));
}
