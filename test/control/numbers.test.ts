import { expect, test } from "vitest";
import { callable, offer, testSandbox } from "../support/sandbox.ts";
import { ask, outcome } from "./requests.ts";

test.each(["+551140000001", "55 (11) 4000-0005", "551140000004"])(
  "CTRL-014: %s, which the world already has, is refused with 409 NUMBER_ALREADY_EXISTS",
  async (number) => {
    const sandbox = testSandbox();
    const refused = await ask(sandbox, "POST", "/numbers", { provider: "EVO_GO", number });
    expect(outcome(refused)).toBe("409 NUMBER_ALREADY_EXISTS");
    expect((await sandbox.control.getWorld()).numbers).toHaveLength(5);
  },
);

test("CTRL-014: two worlds may have the same number", async () => {
  const sandbox = testSandbox();
  await sandbox.control.createWorld({ id: "other" });
  const number = { provider: "EVO_GO", number: "+551140009999" } as const;
  await sandbox.control.addNumber(number);
  expect((await sandbox.control.addNumber({ w: "other", ...number })).number).toBe("551140009999");
});

test("CTRL-015: a META number is added with all its switches, and answers its id and a key that works", async () => {
  const sandbox = testSandbox();
  const { status, body } = await ask(sandbox, "POST", "/numbers", {
    provider: "META",
    number: "+55 11 4000-9999",
    name: "Support",
    script: "busy",
    messagingLimit: 2_000,
    testNumber: true,
    allowList: ["+55 11 98888-7777"],
    limits: { concurrentCalls: 2, ringTimeoutSeconds: 20 },
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    id: expect.stringMatching(/^num_/),
    key: expect.stringMatching(/^ps_default_[0-9a-f]{16}$/),
    keyId: body.key.replace("ps_", ""),
    provider: "META",
    number: "551140009999",
    name: "Support",
    connected: true,
    script: "busy",
    messagingLimit: 2_000,
    callsSubscribed: true,
    testNumber: true,
    allowList: ["5511988887777"],
  });
  expect(body.limits).toMatchObject({ concurrentCalls: 2, ringTimeoutSeconds: 20, newCallsPer24h: 10_000 });
  const { body: own } = await sandbox.request("GET", "/v1/numbers", { headers: { "x-api-key": body.key } });
  expect(own).toMatchObject([{ id: body.id, number: "551140009999", name: "Support" }]);
});

test("CTRL-015: an EVO_GO number can be added unconnected, with a script and a ring timeout of its own", async () => {
  const sandbox = testSandbox();
  const { id, key, connected } = await sandbox.control.addNumber({
    provider: "EVO_GO",
    number: "551140009999",
    connected: false,
    script: "no-answer",
    limits: { ringTimeoutSeconds: 5 },
  });
  expect(connected).toBe(false);
  const request = (method: string, path: string, body?: unknown) =>
    sandbox.request(method, `/v1${path}`, { headers: { "x-api-key": key }, body });
  expect((await request("GET", "/calls")).status).toBe(409);
  await sandbox.control.updateNumber({ id, connected: true });
  const { body: call } = await request("POST", "/calls", { to: callable });
  await sandbox.advance("PT1M");
  expect((await request("GET", `/calls/${call.id}`)).body).toMatchObject({
    status: "COMPLETED",
    endedAt: "2026-01-01T00:00:05.000Z",
  });
});

test("CTRL-015: a META number whose messaging limit is too low begins without calling", async () => {
  const sandbox = testSandbox();
  const calling = async (number: string, messagingLimit: number) => {
    const { key } = await sandbox.control.addNumber({ provider: "META", number, messagingLimit });
    const { body } = await sandbox.request("GET", "/v1/calls/settings", { headers: { "x-api-key": key } });
    return body.calling.status;
  };
  expect(await calling("+551140009998", 1_999)).toBe("NOT_SET");
  expect(await calling("+551140009999", 2_000)).toBe("ENABLED");
});

test("CTRL-015: a number of a third provider can be added, and can't call", async () => {
  const sandbox = testSandbox();
  const { key } = await sandbox.control.addNumber({ provider: "OTHER", number: "+551140009999" });
  const refused = await sandbox.request("GET", "/v1/calls", { headers: { "x-api-key": key } });
  expect(outcome(refused)).toBe("400 FEATURE_NOT_SUPPORTED");
});

test("CTRL-016: a change applies at once, and only to the fields sent", async () => {
  const sandbox = testSandbox();
  const before = (await sandbox.control.getWorld()).numbers[0];
  const { status, body } = await ask(sandbox, "PATCH", `/numbers/${before?.id}`, { paymentMethod: false });
  expect(status).toBe(200);
  expect(body).toEqual({ ...before, paymentMethod: false });
  const called = await sandbox.api("meta", "POST", "/calls", { to: callable, sdp: offer, sdpType: "offer" });
  expect(called.body.code).toBe("META_PAYMENT_METHOD_REQUIRED");
  const limited = await ask(sandbox, "PATCH", `/numbers/${before?.id}`, { limits: { probesPerSecond: 1 } });
  expect(limited.body).toEqual({
    ...before,
    paymentMethod: false,
    limits: { ...before?.limits, probesPerSecond: 1 },
  });
});

test("CTRL-016: an empty change changes nothing, and the number can be named by its phone", async () => {
  const sandbox = testSandbox();
  const before = (await sandbox.control.getWorld()).numbers[1];
  expect((await ask(sandbox, "PATCH", "/numbers/+55%2011%204000-0002", {})).body).toEqual(before);
});

test("CTRL-016: a new ring timeout counts for calls that are already ringing", async () => {
  const sandbox = testSandbox({ mode: "manual" });
  await sandbox.api("evo", "POST", "/calls", { to: callable });
  await sandbox.control.updateNumber({ id: "551140000002", limits: { ringTimeoutSeconds: 10 } });
  await sandbox.advance("PT10S");
  expect((await sandbox.api("evo", "GET", "/calls")).body.calls[0]).toMatchObject({
    status: "COMPLETED",
    endedAt: "2026-01-01T00:00:10.000Z",
  });
});
