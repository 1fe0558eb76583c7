import { expect, test } from "vitest";
import { runScenario, type Scenario, scenarios } from "../../mock/scenarios/index.ts";
import { testSandbox } from "../support/sandbox.ts";
import { receiver } from "../webhooks/receiver.ts";
import { client, type Quirk } from "./client.ts";

const named = (name: string): Scenario => {
  const scenario = scenarios.get(name);
  return scenario ?? expect.fail(`there is no scenario ${name}`);
};

test("there is one scenario for each of the twenty bugs, listed by number", () => {
  expect([...scenarios.values()].map(({ bug }) => bug)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

test.each([...scenarios.keys()])("CTRL-075: %s: a correct client passes", async (name) => {
  const sandbox = testSandbox();
  const { steps } = await runScenario(sandbox, named(name), await client(sandbox));
  expect(steps.filter(({ outcome }) => outcome === "fail" || outcome === "skipped")).toEqual([]);
  expect(steps.some(({ outcome }) => outcome === "pass")).toBe(true);
});

// Which step finds each mistake, by its kind and a word of what it says.
test.each<[string, Quirk, string, string]>([
  ["terminate-overtakes-connect", "answers-ended-calls", "expectRequest", "INVALID_CALL_STATE"],
  ["connect-is-not-pick-up", "connect-is-answer", "verdict", "callState"],
  ["call-status-is-not-a-message-status", "status-is-for-messages", "verdict", "callState"],
  ["unknown-status-breaks-parser", "strict-parser", "resend", "answered 422"],
  ["unknown-status-breaks-parser", "strict-parser", "expectDelivery", "answered 422"],
  ["missed-is-not-completed", "trusts-the-status", "verdict", '"completed"'],
  ["one-fingerprint-no-mdns", "three-fingerprints", "expectRequest", "META_SDP_INVALID"],
  ["one-fingerprint-no-mdns", "mdns-candidates", "expectRequest", "without .local"],
  ["accept-carries-an-answer", "sends-an-offer", "expectRequest", "VALIDATION_ERROR"],
  ["silence-cut-at-20-seconds", "failure-is-an-end", "verdict", "callState"],
  ["business-is-active", "stays-passive", "expectRequest", "META_SDP_INVALID"],
  ["answer-echoes-actpass", "keeps-actpass", "verdict", '"actpass"'],
  ["pre-accept-then-accept", "fires-both-at-once", "expectRequest", "after preAcceptCall"],
  ["permission-granted-on-messages", "deaf-to-messages", "expectRequest", "startCall"],
  ["ask-the-probe", "own-list", "expectRequest", "getCallPermission"],
  ["lockout-138009", "asks-each-time", "expectRequest", "META_CALL_PERMISSION_REQUEST_LIMIT"],
  ["duplicate-terminate", "last-end-wins", "verdict", "durationSeconds is 0"],
  ["two-agents-accept", "hangs-up-when-refused", "expectRequest", "terminateCall"],
  ["webhook-beats-answer", "drops-unknown-calls", "verdict", "callState"],
  ["field-calls-not-subscribed", "tries-again", "expectRequest", "at most once"],
  ["hang-up-after-hang-up", "hangs-up-twice", "expectRequest", "INVALID_CALL_STATE"],
  ["refusal-is-not-dialling", "refusal-is-dialling", "verdict", "callState"],
])("CTRL-075: %s: a client that %s fails at %s", async (name, quirk, kind, word) => {
  const sandbox = testSandbox();
  const { verdict, steps } = await runScenario(sandbox, named(name), await client(sandbox, quirk));
  expect(verdict).toBe("fail");
  const failed = steps.filter(({ outcome }) => outcome === "fail");
  expect(failed).toContainEqual(expect.objectContaining({ kind, text: expect.stringContaining(word) }));
});

test.each([...scenarios.keys()])("%s: without a client the scenario stands in for one", async (name) => {
  const { verdict, steps } = await runScenario(testSandbox(), named(name));
  expect(steps.filter(({ outcome }) => outcome === "fail")).toEqual([]);
  expect(verdict).not.toBe("fail");
});

test("terminate-overtakes-connect: the end of the call does reach the receiver before its beginning", async () => {
  const sandbox = testSandbox();
  const hook = await receiver();
  const run = await runScenario(sandbox, named("terminate-overtakes-connect"), { webhook: hook.url, settleMs: 0 });
  expect(run.verdict).toBe("look");
  const bodies = hook.received.map(({ body }) => body);
  const flat = bodies.filter(({ direction }) => direction !== undefined).map(({ event }) => event);
  const native = bodies.flatMap(({ entry }) => entry?.[0].changes[0].value.calls ?? []).map(({ event }) => event);
  expect({ flat, native }).toEqual({ flat: ["call.missed", "call.ringing"], native: ["terminate", "connect"] });
});

test("duplicate-terminate: the receiver gets the end twice with one id, and once more with the duration 0", async () => {
  const sandbox = testSandbox();
  const hook = await receiver();
  await runScenario(sandbox, named("duplicate-terminate"), { webhook: hook.url, client: false });
  const ends = hook.received.filter(({ body }) => body.event === "call.ended");
  expect(ends.map(({ body }) => body.durationSeconds)).toEqual([42, 42, 0]);
  expect(ends[1]?.id).toBe(ends[0]?.id);
  expect(ends[2]?.id).not.toBe(ends[0]?.id);
  expect(ends.every(({ verified }) => verified)).toBe(true);
});
