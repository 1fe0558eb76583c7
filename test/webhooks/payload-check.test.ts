import { expect, test } from "vitest";
import { payloadCheck } from "../../mock/webhooks/payload-check.ts";
import { webhookValidators } from "../../spec/generated/webhook-validators.js";
import { callable, testSandbox } from "../support/sandbox.ts";
import { call, hooked, ring } from "./hooked.ts";
import { receiver } from "./receiver.ts";

const check = payloadCheck(async () => webhookValidators);

test("HOOK-SUB-053: a payload that breaks the specification is found, and says where", async () => {
  expect(await check("call.missed", JSON.stringify({ event: "call.missed" }))).toContain("required");
  const { payload } = await missed();
  expect(await check("call.missed", payload)).toBeNull();
  expect(await check("call.missed", JSON.stringify({ ...JSON.parse(payload), status: "ENDED" }))).toContain("/status");
});

test("HOOK-SUB-053: such a payload is not sent and not tried again", async () => {
  const hook = await receiver();
  // Nothing that a user can do breaks a payload, so an event with a broken time stands in for a bug.
  const sandbox = testSandbox({ webhooks: [hook.url] });
  const { world } = sandbox;
  const numberId = [...world.state.numbers.values()].find(({ provider }) => provider === "EVO_GO")?.id ?? "";
  world.dispatch({
    type: "callBusiness",
    numberId,
    from: "not a phone number",
    script: "no-answer",
    sdp: null,
    deeplinkPayload: null,
    ctaPayload: null,
  });
  await sandbox.advance("PT5S");
  expect(hook.received).toEqual([]);
  const { entries } = await sandbox.control.getTimeline({ callId: "latest" });
  expect(entries.filter(({ kind }) => kind === "webhook").map(({ detail }) => detail)).toMatchObject([
    { status: null, result: "given-up", error: expect.stringContaining("breaks the specification (/peerNumber") },
  ]);
});

test("HOOK-SUB-053: every payload that calls lead to obeys the specification", async () => {
  const sandbox = await hooked();
  await sandbox.control.putContact({ phone: callable, script: "hang-up" });
  await call(sandbox, "meta", callable, "x".repeat(512));
  for (const to of ["01", "02", "03", "04"]) await call(sandbox, "evo", `+55119000000${to}`);
  await ring(sandbox, "meta");
  await sandbox.advance("PT2M");
  expect(sandbox.hook.received.length).toBeGreaterThan(15);
  for (const { body, text } of sandbox.hook.received) expect(await check(body.event ?? "calls", text)).toBeNull();
});

async function missed() {
  const sandbox = await hooked();
  await ring(sandbox, "evo");
  await sandbox.advance("PT60S");
  const received = sandbox.hook.received.find(({ body }) => body.event === "call.missed");
  return { payload: received?.text ?? "" };
}
