import { isMap } from "../../../mock/config/path.ts";
import type { WebhookEvent } from "../../../mock/domain/subscription.ts";
import { payloadCheck } from "../../../mock/webhooks/payload-check.ts";
import { webhookValidators } from "../../../spec/generated/webhook-validators.js";
import type { ReceiverStep, WebhookStep, WebhooksStep } from "../case.ts";
import { eventually } from "../eventually.ts";
import type { Play } from "../play.ts";
import type { Inbox, ReceivedWebhook } from "../receiver.ts";
import { StepFailed } from "../result.ts";
import { signatureMismatches } from "../signature.ts";

const check = payloadCheck(async () => webhookValidators);

/** How the receiver answers from now on. */
export async function receiver(play: Play, { receiver: answer }: ReceiverStep): Promise<void> {
  const { answer: status, times = Number.POSITIVE_INFINITY, headers = {} } = play.fill(answer);
  inboxOf(play).answerWith({ status, times, headers });
}

/** Looks for a webhook, and holds it against the case, the document and its signature. */
export async function webhook(play: Play, step: WebhookStep): Promise<void> {
  const { webhook: event, where, count = 1 } = step;
  const inbox = inboxOf(play);
  const fitting = async () => {
    const found: ReceivedWebhook[] = [];
    for (const each of inbox.received) {
      if (eventOf(each) !== event) continue;
      if (where === undefined || (await play.compare(where, each.json)).length === 0) found.push(each);
    }
    return found;
  };
  const found = await eventually(
    fitting,
    (list) => list.length >= Math.max(count, 1),
    count === 0 ? settle(play) : null,
  );
  if (found.length !== count) {
    const came = inbox.received.map(eventOf).join(", ") || "none";
    throw new StepFailed(`${event} should have come ${count} times, but came ${found.length} times. Came: ${came}.`);
  }
  const last = found.at(-1);
  if (last !== undefined) await examine(play, step, last);
}

/** Looks for everything that came since the last such step, in its order. */
export async function webhooks(play: Play, { webhooks: expected }: WebhooksStep): Promise<void> {
  const inbox = inboxOf(play);
  const since = async () => inbox.received.slice(play.webhooksSeen).map(eventOf);
  await eventually(since, (list) => list.length >= expected.length, null);
  await settle(play)();
  const came = await since();
  play.webhooksSeen = inbox.received.length;
  if (JSON.stringify(came) === JSON.stringify(expected)) return;
  throw new StepFailed(`The webhooks should be ${expected.join(", ")}, but were ${came.join(", ") || "none"}.`);
}

async function examine(play: Play, { webhook: event, body, headers, capture }: WebhookStep, got: ReceivedWebhook) {
  const inHeaders = headers === undefined ? [] : await play.compare({ ...headers }, got.headers);
  const mismatches = [
    ...(body === undefined ? [] : await play.compare(body, got.json)),
    ...inHeaders.map((each) => ({ ...each, path: `headers.${each.path}` })),
    ...(await signatureMismatches(got, play.stage.secrets)),
  ];
  if (mismatches.length > 0) throw new StepFailed(`${event} came, but not as expected.`, mismatches);
  const departure = isWebhookEvent(event) ? await check(event, got.text) : null;
  if (departure !== null) throw new StepFailed(`${event} departs from the OpenAPI document: ${departure}.`);
  if (capture !== undefined) play.capture(capture, got.json);
}

/** What moves the world on a little, so that everything due has been sent: only then has something not come. */
function settle({ world }: Play): () => Promise<unknown> {
  return () => world.control.advanceClock({ w: world.id, by: "PT0.001S" });
}

function isWebhookEvent(name: string): name is WebhookEvent {
  return Object.hasOwn(webhookValidators, name);
}

/** The event of a payload; Meta's envelopes carry it as their field (pilot-status §4.3). */
function eventOf({ json }: ReceivedWebhook): string {
  if (!isMap(json)) return "no JSON";
  if (typeof json["event"] === "string") return json["event"];
  const field = /"field":"(\w+)"/.exec(JSON.stringify(json))?.[1];
  return field ?? "unknown";
}

function inboxOf({ stage }: Play): Inbox {
  if (stage.inbox !== null) return stage.inbox;
  throw new StepFailed("This step needs a receiver, and the target can't reach one.");
}
