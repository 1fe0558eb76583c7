import { expect, expectTypeOf, test } from "vitest";
import {
  type CallEndedEvent,
  type MetaCallsEnvelope,
  parseWebhook,
  readWebhook,
  verifyWebhook,
  WebhookBodyError,
  type WebhookEvent,
  WebhookSignatureError,
} from "../../../contracts/client/index.ts";
import document from "../../../spec/generated/openapi.json" with { type: "json" };
import { hooked, ring, settled } from "../../webhooks/hooked.ts";
import { secrets } from "../../webhooks/receiver.ts";

/** What a sandbox posted about an inbound META call: flat events and Meta's own envelopes. */
async function deliveries() {
  const sandbox = await hooked();
  await ring(sandbox, "meta");
  await settled(sandbox);
  const { received } = sandbox.hook;
  const flat = received.find(({ body }) => body.event === "call.ringing");
  const native = received.find(({ body }) => body.entry !== undefined);
  if (flat === undefined || native === undefined) throw new Error("the sandbox did not post both kinds");
  return { received, flat, native };
}

test("CLIENT-015: what the sandbox posts is verified and read, as text, as bytes and with any kind of headers", async () => {
  const { received } = await deliveries();
  for (const { text, headers } of received) {
    const event = await readWebhook(text, headers, secrets);
    expect(event.type).not.toBe("unknown");
    expect(event.payload).toEqual(JSON.parse(text));
    const upper = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]));
    expect(await readWebhook(new TextEncoder().encode(text), upper, secrets)).toEqual(event);
    expect(await readWebhook(text, new Headers(headers), secrets)).toEqual(event);
  }
});

test("CLIENT-016: a body that was changed is not accepted, nor a wrong secret, nor missing headers", async () => {
  const { flat } = await deliveries();
  const { text, headers } = flat;
  const { webhookSecret } = secrets;
  const refused = (body: string, given: Record<string, string>, secret = webhookSecret) =>
    expect(verifyWebhook(body, given, { webhookSecret: secret })).rejects;
  await refused(`${text} `, headers).toThrow("no matching signature");
  await refused(text, headers, `whsec_${btoa("another secret")}`).toThrow(WebhookSignatureError);
  await refused(text, { ...headers, "webhook-id": "msg_other" }).toThrow(WebhookSignatureError);
  await refused(text, {}).toThrow("webhook-id and webhook-timestamp and webhook-signature are missing");
});

test("CLIENT-016: a webhook that is recorded and sent again after five minutes is not accepted", async () => {
  const { flat } = await deliveries();
  const old = String(Number(flat.headers["webhook-timestamp"]) - 301);
  const verified = verifyWebhook(flat.text, { ...flat.headers, "webhook-timestamp": old }, secrets);
  await expect(verified).rejects.toThrow("too old");
});

test("CLIENT-017: Meta's signature is checked with the app secret, alone or beside the other", async () => {
  const { flat, native } = await deliveries();
  const { appSecret } = secrets;
  await verifyWebhook(native.text, native.headers, { appSecret });
  const forged = { ...native.headers, "x-hub-signature-256": `sha256=${"0".repeat(64)}` };
  await expect(verifyWebhook(native.text, forged, { appSecret })).rejects.toThrow("does not fit the body");
  await expect(verifyWebhook(native.text, forged, secrets)).rejects.toThrow(WebhookSignatureError);
  await expect(verifyWebhook(`${native.text} `, native.headers, { appSecret })).rejects.toThrow(WebhookSignatureError);
  await expect(verifyWebhook(flat.text, flat.headers, { appSecret })).rejects.toThrow("is missing");
  await verifyWebhook(flat.text, flat.headers, secrets);
});

test("CLIENT-018: the signature is looked at before the body", async () => {
  await expect(readWebhook("no JSON", {}, secrets)).rejects.toThrow(WebhookSignatureError);
});

test.for([
  [{}, "there was none"],
  [{ webhookSecret: "" }, "there was none"],
  [{ webhookSecret: "whsec_!!" }, "whsec_ and base64"],
] as const)("CLIENT-019: without a usable secret nothing is verified: %j", async ([given, text]) => {
  await expect(verifyWebhook("{}", {}, given)).rejects.toThrow(text);
});

const examples = Object.entries(document.webhooks).flatMap(([name, { post }]) =>
  Object.entries(post.requestBody.content["application/json"].examples).map(
    ([title, example]) => [name, title, (example as { value: object }).value] as const,
  ),
);

test.for(examples)("CLIENT-020: the document's example %s %s is told by its type", ([name, , value]) => {
  expect(parseWebhook(JSON.stringify(value))).toEqual({ type: name, payload: value });
});

test.for([
  ["an event", { event: "message.received", data: { id: "msg_1" } }, "message.received"],
  ["a field of Meta's", { entry: [{ changes: [{ field: "account_update", value: { a: 1 } }] }] }, "account_update"],
  [
    "a text message",
    { entry: [{ changes: [{ field: "messages", value: { messages: [{ type: "text" }] } }] }] },
    "messages",
  ],
  ["several fields", { entry: [{ changes: [{ field: "calls" }, { field: "messages" }] }] }, null],
  ["neither", { ok: true }, null],
  ["an odd envelope", { entry: [null, { changes: 7 }] }, null],
  ["an inherited name", { event: "constructor" }, "constructor"],
] as const)("CLIENT-021: %s that is not known comes whole", ([, body, name]) => {
  expect(parseWebhook(JSON.stringify(body))).toEqual({ type: "unknown", name, payload: body });
});

test("CLIENT-022: a flat event is read from the wrapper that one of the vendor's pages shows", () => {
  const { event, payload } = { event: "call.ended", payload: { id: "call_1", status: "COMPLETED" } };
  expect(parseWebhook(JSON.stringify({ event, data: payload }))).toEqual({
    type: event,
    payload: { event, ...payload },
  });
});

test("CLIENT-021: fields and values that the document doesn't have stay", () => {
  const body = { event: "call.ended", status: "TRANSFERRED", extra: [1] };
  expect(parseWebhook(JSON.stringify(body))).toEqual({ type: "call.ended", payload: body });
});

test.for(["", "no JSON", "[]", "null", '"text"'])(
  "CLIENT-023: a body that is no JSON object is refused: %j",
  (body) => {
    expect(() => parseWebhook(body)).toThrow(WebhookBodyError);
    expect(() => parseWebhook(body)).toThrow("a JSON object was expected");
  },
);

test("the type of an event follows from its name", () => {
  const event = parseWebhook('{"event":"call.ended"}') as WebhookEvent;
  if (event.type === "call.ended") expectTypeOf(event.payload).toEqualTypeOf<CallEndedEvent>();
  if (event.type === "calls") expectTypeOf(event.payload).toEqualTypeOf<MetaCallsEnvelope>();
  if (event.type === "unknown") expectTypeOf(event.name).toEqualTypeOf<string | null>();
  expectTypeOf<Extract<WebhookEvent, { type: "call.missed" }>["payload"]["direction"]>().toEqualTypeOf<"INBOUND">();
});
