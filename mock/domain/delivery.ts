import type { CallId } from "./call.ts";
import type { SubscriptionId, WebhookEvent } from "./subscription.ts";
import type { Instant } from "./time.ts";

/** The `webhook-id` of a delivery: the same on every attempt, never given twice. */
export type DeliveryId = string;

/** One try to hand a delivery over, and what came of it. */
export interface Attempt {
  readonly at: Instant;
  /** The receiver's HTTP status; null when there was no answer. */
  readonly status: number | null;
  /** Why there was no answer. */
  readonly error: string | null;
  /** The beginning of the answer's body. */
  readonly response: string | null;
  /** In real time. */
  readonly durationMs: number;
}

/** One event on its way to one subscription. The payload is serialised once: these very bytes are signed and sent. */
export interface Delivery {
  readonly id: DeliveryId;
  /** Deliveries of a world are numbered in the order in which they were queued. */
  readonly ordinal: number;
  readonly subscriptionId: SubscriptionId;
  readonly event: WebhookEvent;
  readonly payload: string;
  readonly callId: CallId | null;
  /** Deliveries of one lane go one after the other: what concerns one call and one subscription (HOOK-SUB-038). */
  readonly lane: string;
  readonly queuedAt: Instant;
  readonly result: "waiting" | "delivered" | "given-up";
  /** When it is tried again; null: as soon as it is the first of its lane. */
  readonly nextAt: Instant | null;
  /** Attempts since it was queued or sent again by hand: which retry comes next. */
  readonly tries: number;
  /** Attempts altogether. */
  readonly attempted: number;
  /** The last attempts, oldest first. */
  readonly attempts: readonly Attempt[];
}

/** Everything on its way, and what went last. Plain values, so that it can be written down as it is. */
export interface Outbox {
  /** In the order in which they were queued. */
  readonly waiting: ReadonlyMap<DeliveryId, Delivery>;
  readonly finished: ReadonlyMap<DeliveryId, Delivery>;
  /** What waits in each lane, the next one first. */
  readonly lanes: ReadonlyMap<string, readonly DeliveryId[]>;
  /** How many events found the queue full, and were never sent. */
  readonly dropped: number;
}

export interface MutableOutbox extends Outbox {
  readonly waiting: Map<DeliveryId, Delivery>;
  readonly finished: Map<DeliveryId, Delivery>;
  readonly lanes: Map<string, readonly DeliveryId[]>;
  dropped: number;
}

/** A world queues that many deliveries; what comes then is dropped and counted (HOOK-SUB-045). */
export const queuedAtMost = 10_000;
/** Of finished deliveries a world keeps that many (HOOK-SUB-046). */
export const finishedKept = 1_000;
/** A delivery remembers its last attempts; nine is what the usual list of retries makes. */
export const attemptsKept = 20;

export function emptyOutbox(): MutableOutbox {
  return { waiting: new Map(), finished: new Map(), lanes: new Map(), dropped: 0 };
}

/** Whether a delivery is the one of its lane that may be sent. */
export function isFirst(outbox: Outbox, { lane, id }: Delivery): boolean {
  return outbox.lanes.get(lane)?.[0] === id;
}

/** The delivery that its lane waits for. */
export function firstOf(outbox: Outbox, lane: string): Delivery | undefined {
  return outbox.waiting.get(outbox.lanes.get(lane)?.[0] ?? "");
}

/** A delivery that a world still remembers. */
export function deliveryOf(outbox: Outbox, id: DeliveryId): Delivery | undefined {
  return outbox.waiting.get(id) ?? outbox.finished.get(id);
}

export function isSuccess(status: number | null): boolean {
  return status !== null && status >= 200 && status <= 299;
}
