import type { CommandOf } from "../commands.ts";
import { prefixedId } from "../ids.ts";
import type { BusinessNumber } from "../number.ts";
import { type Refusal, refuse } from "../refusals/refusal.ts";
import type { WorldState } from "../state.ts";
import { type EventChoice, eventChoices, readEvents, type Subscription } from "../subscription.ts";
import type { Instant } from "../time.ts";
import { type Checked, type Decision, happened, refused } from "./decision.ts";

/** Somebody wants to hear of what happens on a number. */
export function createSubscription(
  state: WorldState,
  command: CommandOf<"createSubscription">,
  now: Instant,
): Decision {
  const number = state.numbers.get(command.numberId);
  if (number === undefined) return refused(noSuchNumber(command.numberId));
  const checked = check(number, command);
  if (!checked.ok) return refused(checked.refusal);
  const subscription: Subscription = {
    id: prefixedId("wh", state.source, state.ordinals.subscription, now),
    numberId: number.id,
    name: command.name,
    url: command.url,
    events: checked.events,
    active: true,
    lastTriggeredAt: null,
    createdAt: now,
    updatedAt: now,
  };
  return happened({ type: "subscription.created", at: now, subscription });
}

/** A subscription changes; what is left out keeps its value. */
export function updateSubscription(
  state: WorldState,
  command: CommandOf<"updateSubscription">,
  now: Instant,
): Decision {
  const present = state.subscriptions.get(command.subscriptionId);
  const number = state.numbers.get(present?.numberId ?? "");
  if (present === undefined || number === undefined) return refused(noSuchSubscription(command.subscriptionId));
  const { name = present.name, url = present.url, events = present.events, active = present.active } = command.change;
  const checked = check(number, { url, events });
  if (!checked.ok) return refused(checked.refusal);
  const subscription = { ...present, name, url, events: checked.events, active, updatedAt: now };
  return happened({ type: "subscription.changed", at: now, subscription });
}

/** A subscription goes, with everything that waits for it and with its log (HOOK-SUB-018). */
export function deleteSubscription(
  state: WorldState,
  { subscriptionId }: CommandOf<"deleteSubscription">,
  now: Instant,
): Decision {
  if (!state.subscriptions.has(subscriptionId)) return refused(noSuchSubscription(subscriptionId));
  const waiting = [...state.outbox.waiting.values()].filter((delivery) => delivery.subscriptionId === subscriptionId);
  return happened({ type: "subscription.deleted", at: now, subscriptionId, waiting: waiting.map(({ id }) => id) });
}

/** The answer for a number that nobody has; elsewhere the same code has status 400 (pilot-status §8 row 19). */
export function noSuchNumber(id: string): Refusal {
  const refusal = refuse("NUMBER_NOT_FOUND", {
    message: `There is no number ${shown(id)} in this tenant. GET /v1/numbers lists those there are.`,
    behaviour: "HOOK-SUB-006",
  });
  return { ...refusal, status: 404 };
}

/** The answer for a subscription that is unknown, or out of the key's reach. */
export function noSuchSubscription(id: string): Refusal {
  return refuse("WEBHOOK_NOT_FOUND", {
    message: `This key reaches no webhook ${shown(id)}. GET /v1/webhooks lists those it does.`,
  });
}

function check(
  number: BusinessNumber,
  { url, events }: { url: string; events: readonly string[] },
): Checked<{ events: readonly EventChoice[] }> {
  if (!isHttp(url)) return { ok: false, refusal: refuseUrl(url) };
  const read = readEvents(events, number.provider);
  if (read.unknown.length > 0) return { ok: false, refusal: refuseEvents(events, read.unknown) };
  return { ok: true, events: read.events };
}

function isHttp(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol } = new URL(url);
  return protocol === "http:" || protocol === "https:";
}

function refuseUrl(url: string): Refusal {
  const message = `url must be an http:// or https:// address, but was ${shown(url)}.`;
  return refuse("VALIDATION_ERROR", {
    message: `${message} For example http://localhost:3000/hook.`,
    behaviour: "HOOK-SUB-014",
    details: { issues: [{ path: "url", message }] },
  });
}

function refuseEvents(events: readonly string[], unknown: readonly number[]): Refusal {
  const known = eventChoices.join(", ");
  const issues = unknown.map((index) => ({
    path: `events[${index}]`,
    message: `events[${index}] must be one of ${known}, but was ${shown(events[index] ?? "")}.`,
  }));
  return refuse("VALIDATION_ERROR", {
    message: `Unknown events: ${unknown.map((index) => shown(events[index] ?? "")).join(", ")}. There are ${known}.`,
    behaviour: "HOOK-SUB-013",
    details: { issues: issues.slice(0, 20) },
  });
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 120));
}
