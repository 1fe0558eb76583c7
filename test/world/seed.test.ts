import { expect, test } from "vitest";
import { callable, keys, offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";

const get = (sandbox: TestSandbox, key: string, path: string) =>
  sandbox.request("GET", `/v1${path}`, { headers: { "x-api-key": key } });

test("WORLD-001: the sandbox starts with one world named default", async () => {
  const sandbox = testSandbox();
  expect((await sandbox.control.getHealth()).worlds).toBe(1);
  const world = await sandbox.control.getWorld();
  expect(world).toMatchObject({ id: "default", mode: "scripted", createdAt: "2026-01-01T00:00:00.000Z", keys });
});

test("WORLD-003: a new world answers its id and fresh keys", async () => {
  const sandbox = testSandbox();
  const { status, body } = await sandbox.request("POST", "/_sandbox/worlds", { body: {} });
  expect(status).toBe(201);
  expect(Object.keys(body)).toEqual(["id", "keys"]);
  expect(Object.keys(body.keys)).toEqual(["meta", "evo", "evoOffline", "other", "metaLowTier", "tenant", "unbound"]);
  const fresh = Object.values<string>(body.keys);
  expect(new Set([...fresh, ...Object.values(keys)]).size).toBe(14);
  for (const key of fresh) expect(key).toMatch(/^ps_[A-Za-z0-9_-]+$/);
  expect((await get(sandbox, body.keys.meta, "/calls")).body).toEqual({ calls: [] });
});

test("WORLD-004: every world starts with the same numbers", async () => {
  const sandbox = testSandbox();
  const { id } = await sandbox.control.createWorld();
  const numbersOf = async (w: string) =>
    (await sandbox.control.getWorld({ w })).numbers.map(({ id: _id, key: _key, keyId: _keyId, ...rest }) => ({
      ...rest,
      createdAt: "",
    }));
  expect(await numbersOf(id)).toEqual(await numbersOf("default"));
  expect((await numbersOf(id)).map(({ provider, number }) => `${provider} ${number}`)).toEqual([
    "META 551140000001",
    "EVO_GO 551140000002",
    "EVO_GO 551140000003",
    "OTHER 551140000004",
    "META 551140000005",
  ]);
});

async function numberOf(sandbox: TestSandbox, key: string) {
  const { numbers } = await sandbox.control.getWorld();
  return numbers.find((number) => number.key === key);
}

test("WORLD-005: ps_sandbox_meta is a META number with calling enabled and a messaging limit of 10,000", async () => {
  const sandbox = testSandbox();
  expect(await numberOf(sandbox, "ps_sandbox_meta")).toMatchObject({
    provider: "META",
    number: "551140000001",
    messagingLimit: 10_000,
  });
  expect((await get(sandbox, "ps_sandbox_meta", "/calls/settings")).body.calling.status).toBe("ENABLED");
});

test("WORLD-006: ps_sandbox_evo is an EVO_GO number that is connected", async () => {
  const sandbox = testSandbox();
  expect(await numberOf(sandbox, "ps_sandbox_evo")).toMatchObject({
    provider: "EVO_GO",
    number: "551140000002",
    connected: true,
  });
  expect((await get(sandbox, "ps_sandbox_evo", "/numbers")).body[0]).toMatchObject({ state: "OPEN" });
});

test("WORLD-007: ps_sandbox_evo_offline is an EVO_GO number that is not connected", async () => {
  const sandbox = testSandbox();
  expect(await numberOf(sandbox, "ps_sandbox_evo_offline")).toMatchObject({ provider: "EVO_GO", connected: false });
  expect((await get(sandbox, "ps_sandbox_evo_offline", "/numbers")).body[0]).toMatchObject({ state: "CLOSE" });
});

test("WORLD-008: ps_sandbox_other is a number of a third provider", async () => {
  const sandbox = testSandbox();
  expect(await numberOf(sandbox, "ps_sandbox_other")).toMatchObject({ provider: "OTHER" });
  expect((await get(sandbox, "ps_sandbox_other", "/calls")).body.code).toBe("FEATURE_NOT_SUPPORTED");
});

test("WORLD-009: ps_sandbox_meta_low_tier can't enable calling (138015) and can't call (138000)", async () => {
  const sandbox = testSandbox();
  expect(await numberOf(sandbox, "ps_sandbox_meta_low_tier")).toMatchObject({ provider: "META", messagingLimit: 250 });
  const enabled = await sandbox.api("metaLowTier", "PUT", "/calls/settings", { status: "ENABLED" });
  expect(enabled.body).toMatchObject({ code: "META_MESSAGING_LIMIT_TOO_LOW", details: { meta: { code: 138015 } } });
  const called = await sandbox.api("metaLowTier", "POST", "/calls", { to: callable, sdp: offer, sdpType: "offer" });
  expect(called.body).toMatchObject({ code: "META_CALLING_NOT_ENABLED", details: { meta: { code: 138000 } } });
});

test("WORLD-010: ps_sandbox_tenant is scoped to the tenant and bound to no number", async () => {
  const sandbox = testSandbox();
  expect(await numberOf(sandbox, "ps_sandbox_tenant")).toBeUndefined();
  expect((await get(sandbox, "ps_sandbox_tenant", "/calls")).body.code).toBe("TENANT_SCOPE_NOT_ALLOWED");
  expect((await get(sandbox, "ps_sandbox_tenant", "/numbers")).body).toHaveLength(5);
});

test("WORLD-011: ps_sandbox_unbound is scoped to a number but bound to none", async () => {
  const sandbox = testSandbox();
  expect(await numberOf(sandbox, "ps_sandbox_unbound")).toBeUndefined();
  const refused = await get(sandbox, "ps_sandbox_unbound", "/calls");
  expect([refused.status, refused.body.code]).toEqual([400, "NUMBER_NOT_FOUND"]);
});
