import { expect, test } from "vitest";
import { type TestSandbox, testSandbox } from "../support/sandbox.ts";

type State = { name: string; params?: object };

/** What a verifier does for a message: its states, then the message itself. */
async function message(sandbox: TestSandbox, description: string, ...providerStates: readonly State[]) {
  for (const { name: state, params = {} } of providerStates) {
    const { status } = await sandbox.request("POST", "/_pact/provider-states", { body: { state, params } });
    expect([state, status]).toEqual([state, 200]);
  }
  return sandbox.request("POST", "/_pact/messages", { body: { description, providerStates } });
}

test.each([
  ["call.ringing for an inbound call", "a call rings", { direction: "INBOUND" }, { direction: "INBOUND" }],
  ["call.ringing", "a call rings", { direction: "OUTBOUND" }, { direction: "OUTBOUND", status: "RINGING" }],
  ["call.connected", "a call was answered", { direction: "OUTBOUND" }, { status: "ACCEPTED" }],
  ["call.ringing, before", "a call was answered", {}, { status: "RINGING" }],
  ["call.ended: answered", "a call ended", {}, { status: "COMPLETED", durationSeconds: 60 }],
  ["call.ended", "a call ended", { answered: false }, { status: "COMPLETED", connectedAt: null }],
  ["call.missed (nobody there)", "a call was missed", {}, { status: "MISSED" }],
] as const)("PACT-008: %s after %s %j is told of both providers", async (description, name, params, expected) => {
  for (const provider of ["META", "EVO_GO"]) {
    const sandbox = testSandbox();
    const { status, body } = await message(sandbox, description, { name, params: { provider, ...params } });
    expect([status, body.event]).toEqual([200, description.match(/^[a-z.]+/)?.[0]]);
    expect(body).toMatchObject(expected);
    const { deliveries } = await sandbox.control.listDeliveries();
    expect(deliveries.map(({ payload }) => payload)).toContainEqual(body);
  }
});

test.each([
  [{ response: "accept" }, "TEMPORARY"],
  [{ response: "accept", permanent: true }, "PERMANENT"],
  [{ response: "reject" }, "NO_PERMISSION"],
])("PACT-008: a permission reply %j is told as %s, and in Meta's own words", async (params, status) => {
  const name = "a person answered a permission request";
  const flat = await message(testSandbox(), "call.permission_updated", { name, params });
  expect(flat.body).toMatchObject({ event: "call.permission_updated", status, peerNumber: "5511977776666" });
  const native = await message(testSandbox(), "messages with the reply", { name, params });
  const reply = native.body.entry[0].changes[0].value.messages[0].interactive.call_permission_reply;
  expect(reply.response).toBe(params.response);
});

test.each([
  [{ event: "connect" }, "calls", { event: "connect", direction: "USER_INITIATED" }],
  [{ event: "connect", direction: "OUTBOUND" }, "calls", { event: "connect", direction: "BUSINESS_INITIATED" }],
  [{ event: "terminate" }, "calls", { event: "terminate", status: "COMPLETED" }],
  [{ event: "status" }, "statuses", { status: "RINGING" }],
  [{ event: "status", status: "ACCEPTED" }, "statuses", { status: "ACCEPTED" }],
  [{ event: "status", status: "REJECTED" }, "statuses", { status: "REJECTED" }],
])("PACT-008: Meta reports %j under %s", async (params, list, expected) => {
  const { body } = await message(testSandbox(), "calls: what happened", { name: "Meta reports a call", params });
  expect(body.entry[0].changes[0].value[list][0]).toMatchObject(expected);
});

test("PACT-008: the metadata of a message stands in its header, in base64", async () => {
  const { headers } = await message(testSandbox(), "call.missed");
  const metadata = Buffer.from(headers.get("pact-message-metadata") ?? "", "base64").toString();
  expect(JSON.parse(metadata)).toEqual({ contentType: "application/json" });
});

test.each([
  ["call.ringing", "call.ringing"],
  ["call.connected", "call.connected"],
  ["call.ended", "call.ended"],
  ["call.missed", "call.missed"],
  ["call.permission_updated", "call.permission_updated"],
  ["calls", undefined],
  ["messages", undefined],
])("PACT-009: %s without states is told after its usual state", async (description, event) => {
  const sandbox = testSandbox();
  // Once more: what the first one left must not be in the way.
  for (const _ of [1, 2]) {
    const { status, body } = await message(sandbox, description);
    expect([status, body.event]).toEqual([200, event]);
  }
});

test("PACT-010: what was not sent is refused with what was", async () => {
  const refused = await message(testSandbox(), "call.ended", {
    name: "a call was answered",
    params: { provider: "EVO_GO" },
  });
  expect([refused.status, refused.body.code, refused.behaviour]).toEqual([404, "MESSAGE_NOT_SENT", "PACT-010"]);
  expect(refused.body.error).toContain("no call.ended. It sent call.ringing, call.connected");
  expect(refused.body.error).toContain('"a call ended"');
  const nothing = await message(testSandbox(), "call.ended", { name: "no calls" });
  expect(nothing.body.error).toContain("It sent nothing");
});

test("PACT-010: a description without an event is refused with the nearest", async () => {
  const refused = await message(testSandbox(), "call.ringin for an inbound call");
  expect([refused.status, refused.body.code, refused.behaviour]).toEqual([400, "VALIDATION_ERROR", "PACT-010"]);
  expect(refused.body.error).toContain("Did you mean call.ringing?");
});

test("CTRL-051: a message is told of the world that its states were brought about in", async () => {
  const sandbox = testSandbox();
  await sandbox.control.createWorld({ id: "checkout", clock: "virtual" });
  const { body } = await message(sandbox, "call.missed", { name: "a call was missed", params: { world: "checkout" } });
  const { deliveries } = await sandbox.control.listDeliveries({ w: "checkout" });
  expect(deliveries.map(({ payload }) => payload)).toContainEqual(body);
});
