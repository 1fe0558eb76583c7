import { expect, test } from "vitest";
import { callable, type TestSandbox, testSandbox } from "../support/sandbox.ts";

const change = (sandbox: TestSandbox, body: object, headers: Record<string, string> = {}) =>
  sandbox.request("POST", "/_pact/provider-states", { body, headers });
const everything = (sandbox: TestSandbox) => sandbox.control.getSnapshot();

test("CTRL-051: the callback acts on the world default unless params.world names another", async () => {
  const sandbox = testSandbox();
  await sandbox.control.createWorld({ id: "checkout", clock: "virtual" });
  const state = "a ringing inbound call";
  const elsewhere = await change(sandbox, { state, params: { provider: "EVO_GO", world: "checkout" } });
  expect(elsewhere.body.key).toBe("ps_checkout_evo");
  expect((await sandbox.api("evo", "GET", "/calls")).body.calls).toEqual([]);
  const here = await change(sandbox, { state, params: { provider: "EVO_GO" } });
  expect(here.body.key).toBe("ps_sandbox_evo");
  expect((await sandbox.api("evo", "GET", "/calls")).body.calls).toHaveLength(1);
  const nowhere = await change(sandbox, { state, params: { world: "nowhere" } });
  expect([nowhere.status, nowhere.body.code]).toEqual([404, "WORLD_NOT_FOUND"]);
  await change(sandbox, { state, params: { world: "checkout" }, action: "teardown" });
  expect((await sandbox.api("evo", "GET", "/calls")).body.calls).toHaveLength(1);
});

test.each([
  { state: "a ringing inbound call", action: "teardown" },
  { state: "", action: "setup" },
  { state: "", action: "teardown" },
  {},
])("PACT-002: %j puts the world back to its beginning", async (body) => {
  const sandbox = testSandbox();
  await change(sandbox, { state: "calls in the list", params: { provider: "EVO_GO" } });
  expect((await sandbox.api("evo", "GET", "/calls")).body.calls).toHaveLength(3);
  const answer = await change(sandbox, body);
  expect([answer.status, answer.body]).toEqual([200, {}]);
  expect((await sandbox.api("evo", "GET", "/calls")).body.calls).toEqual([]);
});

test.each([
  ["a ringing inbund call", "Did you mean a ringing inbound call?"],
  ["a call is ringing inbound", 'The nearest: "a ringing inbound call"'],
  ["xyz", "calls-sandbox verify --states"],
])("PACT-003: the unknown state %s is refused, which says %s, and changes nothing", async (state, said) => {
  const sandbox = testSandbox();
  const before = await everything(sandbox);
  const refused = await change(sandbox, { state });
  expect([refused.status, refused.body.code, refused.behaviour]).toEqual([404, "PROVIDER_STATE_NOT_FOUND", "PACT-003"]);
  expect(refused.body.error).toContain(said);
  expect(await everything(sandbox)).toEqual(before);
});

test.each([
  [{ provider: "WABA" }, "provider must be META or EVO_GO"],
  [{ provder: "META" }, "provder is not one of its parameters. Did you mean provider?"],
  [{ count: 0 }, "count must be a whole number from 1 to 100"],
  [{ count: "many" }, "count must be"],
  [{ world: 5 }, "world must be the name of a world"],
  [{ constructor: 5 }, "constructor is not one of its parameters"],
])("PACT-004: the parameters %j are refused, which says %s, and change nothing", async (params, said) => {
  const sandbox = testSandbox();
  const before = await everything(sandbox);
  const refused = await change(sandbox, { state: "calls in the list", params });
  expect([refused.status, refused.body.code, refused.behaviour]).toEqual([400, "VALIDATION_ERROR", "PACT-004"]);
  expect(refused.body.error).toContain(said);
  expect(await everything(sandbox)).toEqual(before);
});

test("PACT-004: a parameter that is null has its usual value, and one that no state can have is named", async () => {
  const sandbox = testSandbox();
  expect((await change(sandbox, { state: "no calls", params: { provider: null } })).body.key).toBe("ps_sandbox_meta");
  const phone = await change(sandbox, { state: "a person who allows calls", params: { phone: "12" } });
  expect(phone.body.error).toContain("phone must be a phone number of 8 to 15 digits");
});

test.each(["/_pact/provider-states", "/_pact/messages"])("PACT-005: %s stands behind the guard", async (path) => {
  const body = { state: "no calls", description: "call.ringing" };
  const open = testSandbox();
  const crossSite = await open.request("POST", path, { body, headers: { origin: "https://evil.example" } });
  expect([crossSite.status, crossSite.body.code]).toEqual([403, "CROSS_SITE_REFUSED"]);
  const foreign = await open.request("POST", path, { body, headers: { host: "evil.example" } });
  expect([foreign.status, foreign.body.code]).toEqual([403, "FOREIGN_HOST_REFUSED"]);
  const locked = testSandbox({ controlToken: "a-token-of-a-test" });
  expect((await locked.request("POST", path, { body })).body.code).toBe("CONTROL_TOKEN_REQUIRED");
  const authorization = "Bearer a-token-of-a-test";
  expect((await locked.request("POST", path, { body, headers: { authorization } })).status).toBe(200);
});

test("PACT-006: a state that can't be brought about says why and leaves the world at its beginning", async () => {
  const sandbox = testSandbox();
  await change(sandbox, { state: "a ringing inbound call", params: { provider: "EVO_GO" } });
  // Whoever dials this number is refused with the code in it.
  const refused = await change(sandbox, { state: "an outbound call that rings", params: { phone: "+5511900138006" } });
  expect([refused.status, refused.body.code]).toEqual([409, "PROVIDER_STATE_NOT_POSSIBLE"]);
  expect(refused.body.error).toMatch(/^The state an outbound call that rings can't be brought about: POST \/v1\/calls/);
  expect((await sandbox.api("evo", "GET", "/calls")).body.calls).toEqual([]);
  expect((await sandbox.control.getWorld()).mode).toBe("scripted");
});

test("PACT-001: states add up, and their values too", async () => {
  const sandbox = testSandbox();
  const states = ["a person who allows calls", "a webhook is registered"];
  const { body } = await change(sandbox, { states, params: {} });
  expect(body).toMatchObject({ phone: callable.slice(1), webhookId: expect.any(String) });
});
