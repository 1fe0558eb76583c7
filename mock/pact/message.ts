import type { components } from "../../spec/generated/control.ts";
import { answered, declined, type Outcome } from "../api/outcome.ts";
import { isMap, valueAt } from "../config/path.ts";
import { didYouMean } from "../config/words.ts";
import { refuse } from "../domain/refusals/refusal.ts";
import type { WebhookEvent } from "../domain/subscription.ts";
import { changeState, orRefused } from "./callback.ts";
import { worldParameter } from "./mistakes.ts";
import type { StateTarget } from "./stage.ts";
import { metaReports } from "./states/messages.ts";

type Delivery = components["schemas"]["Delivery"];
type NamedState = { readonly name: string; readonly params?: Readonly<Record<string, unknown>> | null };

/** A message as a verifier asks for it. */
export interface WantedMessage {
  readonly description: string;
  readonly providerStates?: readonly NamedState[];
}

/** The state that tells each event when a message names none (PACT-009). */
const usualStates: Readonly<Record<WebhookEvent, string>> = {
  "call.ringing": "a call rings",
  "call.connected": "a call was answered",
  "call.ended": "a call ended",
  "call.missed": "a call was missed",
  "call.permission_updated": "a person answered a permission request",
  calls: metaReports,
  messages: "a person answered a permission request",
};

/** The events that a message can be about. */
export const messageEvents = Object.keys(usualStates) as readonly WebhookEvent[];

/**
 * The event that the description of a message begins with; undefined when it begins with none.
 *
 * @example eventOf("call.ringing for an inbound call") // "call.ringing"
 */
export function eventOf(description: string): WebhookEvent | undefined {
  const first = description.trimStart().split(/[\s:,;(]/, 1)[0];
  return messageEvents.find((event) => event === first);
}

/** The payload that the sandbox has sent for a message (PACT-008). */
export async function provideMessage(
  target: StateTarget,
  wanted: WantedMessage,
): Promise<Outcome<Delivery["payload"]>> {
  const { description, providerStates = [] } = wanted;
  const event = eventOf(description);
  if (event === undefined) return declined(noEvent(description));
  const states = providerStates.filter(({ name }) => name !== "");
  const world = String(
    states.map(({ params }) => params?.[worldParameter]).find((name) => name !== undefined) ?? "default",
  );
  if (states.length === 0) {
    for (const state of ["", usualStates[event]]) {
      const change = await changeState(target, { state });
      if (!change.ok) return change;
    }
  }
  return orRefused(async () => {
    const { deliveries } = await target.control.listDeliveries({ w: world, limit: 1_000 });
    const reported = states.find(({ name }) => name === metaReports)?.params?.["event"];
    const found = deliveries.find(
      (delivery) => delivery.event === event && (event !== "calls" || reports(delivery, reported)),
    );
    return found === undefined ? declined(notSent(event, deliveries)) : answered(found.payload);
  });
}

/** Whether a native `calls` has what a state says that Meta reports. */
function reports({ payload }: Delivery, reported: unknown): boolean {
  const value = valueAt(payload, ["entry", 0, "changes", 0, "value"]);
  if (reported === undefined || reported === null || !isMap(value)) return true;
  return reported === "status" ? "statuses" in value : valueAt(value, ["calls", 0, "event"]) === reported;
}

function noEvent(description: string) {
  const near = didYouMean(description.split(" ", 1)[0] ?? "", messageEvents);
  const message = `The description ${JSON.stringify(description.slice(0, 200))} begins with no webhook event.`;
  return refuse("VALIDATION_ERROR", {
    message: `${message} ${near}It must begin with one of ${messageEvents.join(", ")}.`,
    behaviour: "PACT-010",
    details: { issues: [{ path: "description", message }] },
  });
}

function notSent(event: WebhookEvent, deliveries: readonly Delivery[]) {
  const sent = [...new Set(deliveries.map((delivery) => delivery.event))].toReversed();
  return refuse("MESSAGE_NOT_SENT", {
    message: `In this state the sandbox sent no ${event}. ${
      sent.length === 0 ? "It sent nothing" : `It sent ${sent.join(", ")}`
    }; the state that leads to it is ${JSON.stringify(usualStates[event])}.`,
  });
}
