import { expect, onTestFinished, test, vi } from "vitest";
import { keys, type TestSandbox, testSandbox } from "../support/sandbox.ts";

const person = "+5511988887777";
const as = (key: string) => ({ "x-api-key": key });

async function place(sandbox: TestSandbox, key: string, to = person) {
  const { status, body } = await sandbox.request("POST", "/v1/calls", { headers: as(key), body: { to } });
  expect(status).toBe(201);
  return body;
}

async function twoWorlds() {
  const sandbox = testSandbox();
  const other = await sandbox.control.createWorld({ id: "other", clock: "virtual", now: "2026-01-01" });
  return { sandbox, other };
}

test("WORLD-002: calls of one world are invisible from every other", async () => {
  const { sandbox, other } = await twoWorlds();
  const mine = await place(sandbox, keys.evo);
  for (const id of [mine.id, mine.externalCallId]) {
    const refused = await sandbox.request("GET", `/v1/calls/${id}`, { headers: as(other.keys.evo) });
    expect([refused.status, refused.body.code]).toEqual([404, "CALL_NOT_FOUND"]);
    const timeline = await sandbox.request("GET", `/_sandbox/worlds/other/calls/${id}/timeline`);
    expect([timeline.status, timeline.body.code]).toEqual([404, "CALL_NOT_FOUND"]);
  }
  expect((await sandbox.request("GET", "/v1/calls", { headers: as(other.keys.evo) })).body).toEqual({ calls: [] });
});

test("WORLD-002: contacts, mode, numbers and log of one world are invisible from every other", async () => {
  const { sandbox, other } = await twoWorlds();
  await sandbox.control.putContact({ phone: person, script: "reject", permission: "permanent" });
  await sandbox.control.updateWorld({ mode: "manual" });
  await sandbox.control.updateNumber({ id: "551140000002", connected: false });
  await sandbox.api("meta", "GET", "/calls");
  const { body: call } = await sandbox.request("POST", "/v1/calls", {
    headers: as(other.keys.evo),
    body: { to: person },
  });
  await sandbox.control.advanceClock({ w: "other", by: "PT2S" });
  const seen = await sandbox.request("GET", `/v1/calls/${call.id}`, { headers: as(other.keys.evo) });
  expect(seen.body.status).toBe("ACCEPTED");
  const contact = await sandbox.control.putContact({ w: "other", phone: person });
  expect(contact).toMatchObject({ script: null, numbers: [{ permission: { status: "none" } }, {}] });
  const { requests } = await sandbox.control.listRequests({ w: "other" });
  expect(requests.map(({ operationId }) => operationId)).toEqual(["getCall", "startCall"]);
});

test("WORLD-012: a key of a removed world is refused with 401 UNAUTHORIZED", async () => {
  const { sandbox, other } = await twoWorlds();
  expect((await sandbox.request("GET", "/v1/calls", { headers: as(other.keys.evo) })).status).toBe(200);
  expect((await sandbox.request("DELETE", "/_sandbox/worlds/other")).status).toBe(204);
  for (const headers of [as(other.keys.evo), { "x-api-key-id": other.keys.evo.replace("ps_", "") }]) {
    const refused = await sandbox.request("GET", "/v1/calls", { headers });
    expect([refused.status, refused.body.code]).toEqual([401, "UNAUTHORIZED"]);
  }
  expect((await sandbox.request("GET", "/_sandbox/worlds/other")).status).toBe(404);
  expect((await sandbox.api("evo", "GET", "/calls")).status).toBe(200);
});

test("WORLD-013: a reset brings a world back to its seed, with the same keys", async () => {
  const sandbox = testSandbox();
  const before = await sandbox.control.getWorld();
  await place(sandbox, keys.evo);
  await sandbox.control.putContact({ phone: person, script: "reject", permission: "permanent", name: "Ana" });
  await sandbox.control.updateWorld({ mode: "manual" });
  await sandbox.control.updateNumber({ id: "551140000002", connected: false, name: "Changed" });
  const added = await sandbox.control.addNumber({ provider: "EVO_GO", number: "+551140009999" });
  await sandbox.api("meta", "PUT", "/calls/settings", { status: "DISABLED" });
  const { status, body } = await sandbox.request("POST", "/_sandbox/worlds/default/reset");
  expect(status).toBe(200);
  expect(body).toEqual(before);
  expect(await sandbox.control.getWorld()).toEqual(before);
  expect((await sandbox.api("evo", "GET", "/calls")).body).toEqual({ calls: [] });
  expect((await sandbox.api("meta", "GET", "/calls/settings")).body.calling.status).toBe("ENABLED");
  expect(await sandbox.control.putContact({ phone: person })).toMatchObject({
    name: null,
    script: null,
    numbers: [{ permission: { status: "none" } }, {}],
  });
  expect((await sandbox.request("GET", "/v1/calls", { headers: as(added.key) })).status).toBe(401);
  expect(sandbox.clock.waiting).toBe(0);
});

test("WORLD-013: after a reset the person of the documented example allows calls again, from now", async () => {
  const sandbox = testSandbox();
  await sandbox.advance("P8D");
  await sandbox.control.resetWorld();
  const { body } = await sandbox.api("meta", "GET", "/calls/permissions?to=5511999999999");
  expect(body.permission).toEqual({
    status: "temporary",
    expiration_time: Date.parse("2026-01-16T00:00:00.000Z") / 1_000,
  });
});

test("WORLD-015: two worlds never give the same id", async () => {
  const { sandbox, other } = await twoWorlds();
  const ids = new Set<string>();
  const given: string[] = [];
  for (const [w, key] of [
    ["default", keys],
    ["other", other.keys],
  ] as const) {
    for (let count = 0; count < 20; count++) {
      const call = await place(sandbox, key.evo);
      const session = await sandbox.request("POST", `/v1/calls/${call.id}/realtime-session`, { headers: as(key.evo) });
      given.push(call.id, call.externalCallId, session.body.token);
    }
    const { numbers } = await sandbox.control.getWorld({ w });
    given.push(...numbers.flatMap(({ id, key: secret }) => [id, secret]));
    given.push((await sandbox.api("evo", "GET", "/calls")).body.calls[0].conversationId + w);
  }
  for (const id of given) ids.add(id);
  expect(ids.size).toBe(given.length);
});

test("no choice of a world's id gives it the keys of another world", async () => {
  const sandbox = testSandbox();
  const created = await sandbox.request("POST", "/_sandbox/worlds", { body: { id: "sandbox" } });
  expect([created.status, created.body.code]).toEqual([409, "WORLD_ALREADY_EXISTS"]);
  await place(sandbox, keys.evo);
  expect((await sandbox.control.listRequests()).requests).toHaveLength(1);
});

test("WORLD-017: at most 1,000 worlds exist at once", async () => {
  const sandbox = testSandbox();
  for (let count = 1; count < 1_000; count++) await sandbox.control.createWorld();
  expect((await sandbox.control.getHealth()).worlds).toBe(1_000);
  const refused = await sandbox.request("POST", "/_sandbox/worlds", { body: { id: "one-more" } });
  expect([refused.status, refused.body.code]).toEqual([429, "TOO_MANY_WORLDS"]);
  const { id } = await sandbox.control.getWorld();
  expect(id).toBe("default");
}, 30_000);

test("WORLD-018: a world that nobody used for an hour is removed; default stays", async () => {
  // Real time, which the sandbox reads to see how long a world was idle, is moved by hand; world time is not.
  vi.useFakeTimers({ toFake: ["performance", "setInterval", "clearInterval"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const { sandbox, other } = await twoWorlds();
  const busy = await sandbox.control.createWorld({ id: "busy" });
  const worlds = async () => (await sandbox.control.getHealth()).worlds;
  for (let minute = 0; minute < 60; minute += 10) {
    vi.advanceTimersByTime(10 * 60_000);
    expect((await sandbox.request("GET", "/v1/calls", { headers: as(busy.keys.evo) })).status).toBe(200);
  }
  expect(await worlds()).toBe(3);
  vi.advanceTimersByTime(10 * 60_000);
  expect(await worlds()).toBe(2);
  expect((await sandbox.request("GET", "/v1/calls", { headers: as(other.keys.evo) })).status).toBe(401);
  vi.advanceTimersByTime(24 * 60 * 60_000);
  expect(await worlds()).toBe(1);
  expect((await sandbox.api("evo", "GET", "/calls")).status).toBe(200);
});
