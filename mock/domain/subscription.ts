import type { NumberId } from "./number.ts";
import type { Provider } from "./provider.ts";
import type { Instant } from "./time.ts";

export type SubscriptionId = string;

/** The events that a subscriber can ask for by name, each with the providers that have it. */
const emitters = {
  "call.ringing": ["META", "EVO_GO"],
  "call.connected": ["META", "EVO_GO"],
  "call.ended": ["META", "EVO_GO"],
  "call.missed": ["META", "EVO_GO"],
  // The seed page lists it for both providers, so EVO_GO numbers may ask for it; it never occurs there (HOOK-030).
  "call.permission_updated": ["META", "EVO_GO"],
  calls: ["META"],
  messages: ["META"],
} as const satisfies Record<string, readonly Provider[]>;

export type WebhookEvent = keyof typeof emitters;
/** What an events list holds: names of events, or `*` for all of them. */
export type EventChoice = WebhookEvent | "*";

/** Every name that an events list takes, in reading order. */
export const eventChoices: readonly EventChoice[] = [...(Object.keys(emitters) as WebhookEvent[]), "*"];

/** Somebody's wish to hear of what happens on one number. */
export interface Subscription {
  readonly id: SubscriptionId;
  /** Fixed when it is created (HOOK-SUB-009). */
  readonly numberId: NumberId;
  readonly name: string;
  readonly url: string;
  readonly events: readonly EventChoice[];
  /** A paused subscription misses what happens meanwhile; what already waits for it goes on when it is active again. */
  readonly active: boolean;
  /** When the last attempt at a delivery was made. */
  readonly lastTriggeredAt: Instant | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** What of a subscription can be changed; the list of events is replaced whole. */
export interface SubscriptionChange {
  readonly name?: string;
  readonly url?: string;
  readonly events?: readonly string[];
  readonly active?: boolean;
}

/**
 * Whether a subscription is to hear of an event. `*` stands for the documented six; Meta's own `messages` has to be
 * asked for by name, because the gateway turns it into `call.permission_updated` (HOOK-SUB-043).
 */
export function wants({ active, events }: Pick<Subscription, "active" | "events">, event: WebhookEvent): boolean {
  return active && (events.includes(event) || (event !== "messages" && events.includes("*")));
}

/**
 * Reads an events list as it was sent: what the number's provider cannot emit is dropped without a word, what nobody
 * knows is told (HOOK-SUB-012, -013, -044).
 *
 * @returns the events that are left, each once, and the places of the names that are unknown
 * @example readEvents(["call.ringing", "calls"], "EVO_GO") // { events: ["call.ringing"], unknown: [] }
 */
export function readEvents(
  names: readonly string[],
  provider: Provider,
): { readonly events: readonly EventChoice[]; readonly unknown: readonly number[] } {
  const events = eventChoices.filter((choice) => names.includes(choice) && (choice === "*" || emits(provider, choice)));
  const unknown = [...names.keys()].filter((index) => !isKnown(names[index] ?? ""));
  return { events, unknown };
}

function emits(provider: Provider, event: WebhookEvent): boolean {
  return emitters[event].some((emitter) => emitter === provider);
}

/** The gateway has families of events about messages and numbers, which no number of the sandbox can emit. */
function isKnown(name: string): boolean {
  return eventChoices.some((choice) => choice === name) || /^(message|number)\.[a-z_.]+$/.test(name);
}
