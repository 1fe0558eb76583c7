import { type Attempt, type Delivery, type DeliveryId, deliveryOf, firstOf, isFirst } from "../domain/delivery.ts";
import type { WorldEvent } from "../domain/events.ts";
import type { WorldState } from "../domain/state.ts";
import { SECOND } from "../domain/time.ts";
import type { Cancel } from "../world/clock.ts";
import type { Place } from "../world/place.ts";
import { type DeliveryStrike, recordStrike, strikeDelivery } from "./faults.ts";
import type { PayloadCheck } from "./payload-check.ts";
import type { PostOffice } from "./post-office.ts";
import { nextAttemptAt } from "./retries.ts";
import type { Sign } from "./sign.ts";

export interface Carrier {
  readonly postOffice: PostOffice;
  readonly sign: Sign;
  /** The waits between attempts, in milliseconds. */
  readonly retries: readonly number[];
  /** Compares payloads with the specification before they leave; null where nobody asked for it. */
  readonly check: PayloadCheck | null;
}

/** What came of an attempt, and what it means for the next one. */
interface Outcome {
  readonly attempt: Omit<Attempt, "at">;
  readonly retryAfterMs: number | null;
  readonly worthRepeating: boolean;
}

/** When the outcome of an attempt is noted again, if the disk was full. */
const noteAgainAfter = SECOND;

/**
 * Carries the deliveries of one world to their receivers. It starts with whatever an earlier process left under way,
 * then listens; what the state says decides what is sent, and all it keeps is what is on the wire right now, or held
 * back by a fault rule.
 *
 * @returns the way to stop: what is on the wire is cut off
 */
export function deliver(place: Place, carrier: Carrier): Cancel {
  const { world, faults } = place;
  const onTheWire = new Set<DeliveryId>();
  /** What lets the next of its lane go first, by lane. */
  const overtaken = new Map<string, DeliveryId>();
  const closing = new AbortController();

  const send = (delivery: Delivery | undefined) => {
    if (delivery === undefined || !goes(delivery) || onTheWire.has(delivery.id)) return;
    onTheWire.add(delivery.id);
    const strike = faults.isArmed ? strikeDelivery(place, delivery, overtaken.has(delivery.lane)) : null;
    if (strike !== null) recordStrike(place, delivery, strike);
    if (strike?.effect.type === "delay") return later(strike.effect.ms, () => go(delivery, null));
    if (strike?.effect.type === "reorder") return letPass(delivery, strike.effect.ms);
    go(delivery, strike);
  };

  const goes = (delivery: Delivery) => mayGo(world.state, delivery, overtaken.get(delivery.lane));

  const later = (milliseconds: number, then: () => void) => {
    world.clock.schedule(world.clock.now() + milliseconds, then);
  };

  // Between two timers an advance of the clock waits for what the first one sent.
  const go = (delivery: Delivery, strike: DeliveryStrike | null) => world.clock.await(carry(delivery, strike));

  const letPass = (delivery: Delivery, milliseconds: number) => {
    overtaken.set(delivery.lane, delivery.id);
    later(milliseconds, () => goAfterAll(delivery));
    const [, next = ""] = world.state.outbox.lanes.get(delivery.lane) ?? [];
    send(world.state.outbox.waiting.get(next));
  };

  const goAfterAll = (delivery: Delivery | undefined) => {
    if (delivery === undefined || overtaken.get(delivery.lane) !== delivery.id) return;
    overtaken.delete(delivery.lane);
    go(delivery, null);
  };

  const carry = async (delivery: Delivery, strike: DeliveryStrike | null) => {
    const at = world.clock.now();
    const outcome = await post(world.state, carrier, delivery, { goes, strike, cancelled: closing.signal });
    if (outcome === null) onTheWire.delete(delivery.id);
    else if (!closing.signal.aborted) note(delivery, at, outcome);
    const waiting = overtaken.get(delivery.lane);
    if (waiting !== undefined && waiting !== delivery.id) goAfterAll(world.state.outbox.waiting.get(waiting));
  };

  const note = (delivery: Delivery, at: number, outcome: Outcome) => {
    const now = world.clock.now();
    // It may have been sent again by hand while it was on the wire.
    const present = deliveryOf(world.state.outbox, delivery.id) ?? delivery;
    const nextAt = outcome.worthRepeating
      ? nextAttemptAt(world.state, present, carrier.retries, outcome.retryAfterMs, now)
      : null;
    onTheWire.delete(delivery.id);
    const attempt = { at, ...outcome.attempt };
    if (world.dispatch({ type: "recordAttempt", deliveryId: delivery.id, attempt, nextAt }).ok) return;
    onTheWire.add(delivery.id);
    world.clock.schedule(now + noteAgainAfter, () => note(delivery, at, outcome));
  };

  const stop = world.subscribe((event) => {
    for (const delivery of setFree(world.state, event)) send(delivery);
  });
  for (const lane of world.state.outbox.lanes.keys()) send(firstOf(world.state.outbox, lane));
  return () => {
    stop();
    closing.abort();
  };
}

/**
 * The first of its lane goes, unless it waits for a retry or its subscription is paused.
 *
 * @param overtaken the one of its lane that lets the next go first
 */
function mayGo({ subscriptions, outbox }: WorldState, delivery: Delivery, overtaken: DeliveryId | undefined): boolean {
  const active = subscriptions.get(delivery.subscriptionId)?.active === true;
  if (!active || delivery.nextAt !== null) return false;
  if (overtaken === undefined) return isFirst(outbox, delivery);
  return outbox.lanes.get(delivery.lane)?.find((id) => id !== overtaken) === delivery.id;
}

/** What decides about an attempt, beside the delivery itself. */
interface Circumstances {
  readonly goes: (delivery: Delivery) => boolean;
  readonly strike: DeliveryStrike | null;
  readonly cancelled: AbortSignal;
}

/** Which deliveries an event may have set free. */
function setFree({ outbox }: WorldState, event: WorldEvent): readonly (Delivery | undefined)[] {
  switch (event.type) {
    case "delivery.queued":
    case "delivery.due":
    case "delivery.requeued":
      return [outbox.waiting.get(event.deliveryId)];
    case "delivery.attempted":
      // The one behind it, if this one has left its lane.
      return [firstOf(outbox, deliveryOf(outbox, event.deliveryId)?.lane ?? "")];
    case "subscription.changed": {
      const lanes = [...outbox.lanes.keys()].filter((lane) => lane.startsWith(`${event.subscription.id}/`));
      return lanes.map((lane) => firstOf(outbox, lane));
    }
    default:
      return [];
  }
}

/** Posts a delivery; null when it was not to go any more by the time its receiver had a place for it. */
async function post(
  state: WorldState,
  { postOffice, sign, check }: Carrier,
  delivery: Delivery,
  { goes, strike, cancelled }: Circumstances,
): Promise<Outcome | null> {
  const { id, event, payload, subscriptionId } = delivery;
  const fault = (await check?.(event, payload)) ?? null;
  if (fault !== null) {
    return notSent(`the payload breaks the specification (${fault}). This is a bug of the sandbox; please report it`);
  }
  const url = state.subscriptions.get(subscriptionId)?.url;
  if (url === undefined) return null;
  if (strike?.effect.type === "lose") return lost(strike.id);
  // Other bytes than those that are sent: a signature of the right form that fits nothing.
  const signed = strike?.effect.type === "wrong-signature" ? `${payload} ` : payload;
  const headers = async () => {
    const present = state.outbox.waiting.get(id);
    return present === undefined || !goes(present) ? null : sign({ id, event, payload: signed, sentAt: new Date() });
  };
  const posted = await postOffice.post(url, headers, payload, cancelled);
  if (posted === null) return null;
  // What the receiver says to the second copy changes nothing: the first has told how it went.
  if (strike?.effect.type === "duplicate") await postOffice.post(url, headers, payload, cancelled);
  const { retryAfterMs, ...attempt } = posted;
  return { attempt, retryAfterMs, worthRepeating: true };
}

function notSent(reason: string): Outcome {
  const attempt = { status: null, error: `Not sent: ${reason}.`, response: null, durationMs: 0 };
  return { attempt, retryAfterMs: null, worthRepeating: false };
}

/** An attempt that a fault rule kept from its receiver; like every failed one it is followed by the next retry. */
function lost(rule: string): Outcome {
  const attempt = { status: null, error: `Lost on the way, by the fault rule ${rule}.`, response: null, durationMs: 0 };
  return { attempt, retryAfterMs: null, worthRepeating: true };
}
