import { beforeEach, expect, test } from "vitest";
import { type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { subscribe } from "./hooked.ts";

const url = "http://localhost:3000/hook";
const new_ = { url, name: "mine", events: ["*"] };

let sandbox: TestSandbox;
let ids: { meta: string; evo: string };

beforeEach(async () => {
  sandbox = testSandbox();
  const { body: all } = await sandbox.api("tenant", "GET", "/numbers");
  const idOf = (number: string) => all.find((each: { number: string }) => each.number === number).id;
  ids = { meta: idOf("551140000001"), evo: idOf("551140000002") };
});

test("HOOK-SUB-001, HOOK-SUB-002, HOOK-SUB-054: a number's key creates a subscription of that number", async () => {
  const { status, body } = await sandbox.api("meta", "POST", "/webhooks", new_);
  expect(status).toBe(201);
  expect(body).toEqual({
    id: expect.stringMatching(/^wh_[0-9A-Z]{26}$/),
    tenantId: "tenant_default",
    name: "mine",
    url,
    environment: "LIVE",
    active: true,
    events: ["*"],
    apiKeys: [{ id: "sandbox_meta", name: "Sandbox META" }],
    lastTriggered: null,
    whatsappNumberIds: [ids.meta],
    whatsappInstanceIds: ["sandbox-sandbox-meta"],
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-01T00:00:00.000Z",
  });
  expect((await sandbox.api("meta", "GET", `/webhooks/${body.id}`)).body).toEqual(body);
});

test.each(["url", "name"])("HOOK-SUB-001: %s is required", async (field) => {
  const { [field as "url"]: _left, ...rest } = new_;
  const refused = await sandbox.api("meta", "POST", "/webhooks", rest);
  expect(refused).toMatchObject({
    status: 400,
    body: { code: "VALIDATION_ERROR", details: { issues: [{ path: field }] } },
  });
});

test("HOOK-SUB-003: the tenant's key names the number in the body or in a header", async () => {
  const inBody = await sandbox.api("tenant", "POST", "/webhooks", { ...new_, whatsappNumberId: ids.evo });
  expect(inBody.body.whatsappNumberIds).toEqual([ids.evo]);
  const headers = { "x-api-key": "ps_sandbox_tenant", "x-whatsapp-number-id": ids.meta };
  const inHeader = await sandbox.request("POST", "/v1/webhooks", { headers, body: new_ });
  expect(inHeader.body.whatsappNumberIds).toEqual([ids.meta]);
});

test("HOOK-SUB-002: a number's key may name its own number", async () => {
  const { status } = await sandbox.api("meta", "POST", "/webhooks", { ...new_, whatsappNumberId: ids.meta });
  expect(status).toBe(201);
});

test("HOOK-SUB-004: the tenant's key without a number is refused", async () => {
  const refused = await sandbox.api("tenant", "POST", "/webhooks", new_);
  expect(refused).toMatchObject({ status: 400, body: { code: "NUMBER_REQUIRED" }, behaviour: "HOOK-SUB-004" });
  expect(refused.body.error).toContain("whatsappNumberId");
});

test("HOOK-SUB-005: a number's key for another number is refused", async () => {
  const refused = await sandbox.api("meta", "POST", "/webhooks", { ...new_, whatsappNumberId: ids.evo });
  expect(refused).toMatchObject({ status: 400, body: { code: "NUMBER_MISMATCH" }, behaviour: "HOOK-SUB-005" });
});

test("HOOK-SUB-006: a number outside the tenant is not found", async () => {
  const refused = await sandbox.api("tenant", "POST", "/webhooks", { ...new_, whatsappNumberId: "num_unknown" });
  expect(refused).toMatchObject({ status: 404, body: { code: "NUMBER_NOT_FOUND" }, behaviour: "HOOK-SUB-006" });
});

test.each([
  ["GET", ""],
  ["PATCH", ""],
  ["DELETE", ""],
  ["GET", "/logs"],
])("HOOK-SUB-007: %s of a webhook that is unknown or another number's is refused", async (method, path) => {
  const { id } = await subscribe(sandbox, "evo", url, ["*"]);
  for (const one of [id, "wh_unknown"]) {
    const refused = await sandbox.api("meta", method, `/webhooks/${one}${path}`, method === "PATCH" ? {} : undefined);
    expect(refused).toMatchObject({ status: 404, body: { code: "WEBHOOK_NOT_FOUND" }, behaviour: "HOOK-SUB-007" });
    expect(refused.body.error).toContain(one);
  }
});

test("HOOK-SUB-008, HOOK-SUB-019, HOOK-SUB-024: keys list what they reach, as a bare array", async () => {
  const first = await subscribe(sandbox, "meta", url, ["*"]);
  const second = await subscribe(sandbox, "meta", url, []);
  const other = await subscribe(sandbox, "evo", url, ["*"]);
  const listed = async (key: "meta" | "evo" | "tenant") =>
    (await sandbox.api(key, "GET", "/webhooks")).body.map(({ id }: { id: string }) => id);
  expect(await listed("meta")).toEqual([first.id, second.id]);
  expect(await listed("evo")).toEqual([other.id]);
  expect(await listed("tenant")).toEqual([first.id, second.id, other.id]);
  expect((await sandbox.api("tenant", "GET", `/webhooks/${other.id}`)).status).toBe(200);
});

test("HOOK-SUB-009: an update leaves the number as it is", async () => {
  const { id } = await subscribe(sandbox, "meta", url, ["*"]);
  const change = { name: "renamed", whatsappNumberId: ids.evo };
  const { body } = await sandbox.api("tenant", "PATCH", `/webhooks/${id}`, change);
  expect(body).toMatchObject({ name: "renamed", whatsappNumberIds: [ids.meta] });
});

test("HOOK-SUB-016, HOOK-SUB-054: an update replaces the list, keeps the rest and answers with the whole object", async () => {
  const created = await subscribe(sandbox, "meta", url, ["call.ended", "call.missed"]);
  await sandbox.advance("PT1S");
  const { status, body } = await sandbox.api("meta", "PATCH", `/webhooks/${created.id}`, { events: ["calls"] });
  expect(status).toBe(200);
  expect(body).toEqual({ ...created, events: ["calls"], updatedAt: "2026-01-01T00:00:01.000Z" });
});

test("HOOK-SUB-012, HOOK-SUB-044: what the provider cannot emit is dropped from the list, repetitions too", async () => {
  const events = ["calls", "messages", "call.ended", "message.received", "number.disconnected", "call.ended"];
  expect((await subscribe(sandbox, "evo", url, events)).events).toEqual(["call.ended"]);
  expect((await subscribe(sandbox, "meta", url, events)).events).toEqual(["call.ended", "calls", "messages"]);
  expect((await subscribe(sandbox, "other", url, ["call.ended"])).events).toEqual([]);
});

test.each(["POST", "PATCH"])(
  "HOOK-SUB-013: %s with an event that nobody knows is refused with the list",
  async (method) => {
    const { id } = await subscribe(sandbox, "meta", url, ["*"]);
    const path = method === "POST" ? "/webhooks" : `/webhooks/${id}`;
    const refused = await sandbox.api("meta", method, path, { ...new_, events: ["call.ended", "call.started"] });
    expect(refused).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" }, behaviour: "HOOK-SUB-013" });
    expect(refused.body.details.issues).toMatchObject([{ path: "events[1]" }]);
    expect(refused.body.error).toContain(
      "call.ringing, call.connected, call.ended, call.missed, call.permission_updated",
    );
  },
);

test.each(["localhost:3000/hook", "ftp://localhost/hook", "/hook", "file:///etc/passwd", "http://"])(
  "HOOK-SUB-014: the url %s is refused",
  async (wrong) => {
    const refused = await sandbox.api("meta", "POST", "/webhooks", { ...new_, url: wrong });
    expect(refused).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" }, behaviour: "HOOK-SUB-014" });
    expect(refused.body.details.issues).toMatchObject([{ path: "url" }]);
  },
);

test("HOOK-SUB-020: no answer holds a secret", async () => {
  const { id } = await subscribe(sandbox, "meta", url, ["*"]);
  const paths = ["/v1/webhooks", `/v1/webhooks/${id}`, `/v1/webhooks/${id}/logs`];
  for (const path of [...paths, "/_sandbox/worlds/default", "/_sandbox/worlds/default/deliveries"]) {
    const { status, body } = await sandbox.request("GET", path, { headers: { "x-api-key": "ps_sandbox_meta" } });
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain(sandbox.secrets.webhookSecret.slice(6));
    expect(JSON.stringify(body)).not.toContain(sandbox.secrets.appSecret);
  }
});

test("HOOK-SUB-048: a key that is bound to no number is refused everywhere", async () => {
  const { id } = await subscribe(sandbox, "meta", url, ["*"]);
  const asked = [
    ["GET", "/webhooks"],
    ["POST", "/webhooks", new_],
    ["GET", `/webhooks/${id}`],
    ["PATCH", `/webhooks/${id}`, {}],
    ["DELETE", `/webhooks/${id}`],
    ["GET", `/webhooks/${id}/logs`],
  ] as const;
  for (const [method, path, body] of asked) {
    const refused = await sandbox.api("unbound", method, path, body);
    expect(refused).toMatchObject({ status: 400, body: { code: "NUMBER_NOT_FOUND" } });
  }
});

test.each(["evoOffline", "other", "metaLowTier"] as const)(
  "HOOK-SUB-056: the key %s can subscribe as well",
  async (key) => {
    expect((await subscribe(sandbox, key, url, ["*"])).events).toEqual(["*"]);
  },
);

test("HOOK-SUB-055: what was subscribed is gone after a reset, and what belongs to the seed is back", async () => {
  const seeded = testSandbox({ webhooks: [url] });
  const { body: before } = await seeded.api("meta", "GET", "/webhooks");
  expect(before).toMatchObject([{ url, events: ["*"], active: true }]);
  await subscribe(seeded, "meta", "http://localhost:4000/", ["*"]);
  await seeded.api("meta", "PATCH", `/webhooks/${before[0].id}`, { active: false });
  await seeded.control.resetWorld();
  expect((await seeded.api("meta", "GET", "/webhooks")).body).toEqual(before);
});
