import { describe, expect, test } from "vitest";
import { keys, testSandbox } from "../support/sandbox.ts";

const calls = (headers: Record<string, string>) => testSandbox().request("GET", "/v1/calls", { headers });

describe("a request is let in", () => {
  test("AUTH-001: x-api-key with a number's key opens that number and no other", async () => {
    const sandbox = testSandbox();
    const { body: started } = await sandbox.api("evo", "POST", "/calls", { to: "+5511988887777" });
    const own = await sandbox.request("GET", "/v1/calls", { headers: { "x-api-key": "ps_sandbox_evo" } });
    const other = await sandbox.request("GET", "/v1/calls", { headers: { "x-api-key": "ps_sandbox_meta" } });
    expect(own.body.calls).toMatchObject([{ id: started.id, fromNumber: "551140000002" }]);
    expect(other.body).toEqual({ calls: [] });
  });

  test.each(["meta", "evo", "metaLowTier"] as const)(
    "AUTH-002, AUTH-003: x-api-key-id takes the part of the key %s after ps_, and opens the same number",
    async (name) => {
      const sandbox = testSandbox();
      const byKey = await sandbox.request("GET", "/v1/numbers", { headers: { "x-api-key": keys[name] } });
      const byId = await sandbox.request("GET", "/v1/numbers", {
        headers: { "x-api-key-id": keys[name].replace(/^ps_/, "") },
      });
      expect(byId.status).toBe(200);
      expect(byId.body).toHaveLength(1);
      expect(byId.body).toEqual(byKey.body);
    },
  );

  test("AUTH-003: sandbox_meta is the id of ps_sandbox_meta, and the whole key is no id", async () => {
    expect((await calls({ "x-api-key-id": "sandbox_meta" })).status).toBe(200);
    expect((await calls({ "x-api-key-id": "ps_sandbox_meta" })).status).toBe(401);
    expect((await calls({ "x-api-key": "sandbox_meta" })).status).toBe(401);
  });

  test("AUTH-009: both headers naming one key are accepted", async () => {
    const answer = await calls({ "x-api-key": "ps_sandbox_evo", "x-api-key-id": "sandbox_evo" });
    expect(answer).toMatchObject({ status: 200, body: { calls: [] } });
  });

  test("AUTH-013: every key of every world starts with ps_", async () => {
    const sandbox = testSandbox();
    const created = await sandbox.control.createWorld();
    const { key } = await sandbox.control.addNumber({ provider: "EVO_GO", number: "+5511400000099" });
    const all = [...Object.values(keys), ...Object.values(created.keys), key];
    expect(all).toHaveLength(15);
    expect(all.filter((secret) => !secret.startsWith("ps_"))).toEqual([]);
  });

  test("AUTH-022: x-whatsapp-number-id chooses nothing, the key alone does", async () => {
    const sandbox = testSandbox();
    const [meta] = (await sandbox.api("meta", "GET", "/numbers")).body;
    const { body: started } = await sandbox.request("POST", "/v1/calls", {
      headers: { "x-api-key": keys.evo, "x-whatsapp-number-id": meta.id },
      body: { to: "+5511988887777" },
    });
    const call = await sandbox.api("evo", "GET", `/calls/${started.id}`);
    expect(call.body.fromNumber).toBe("551140000002");
  });

  test("AUTH-023: headers that the API does not know change nothing", async () => {
    const answer = await calls({ "x-api-key": keys.evo, "x-request-id": "1", "x-api-version": "9", te: "trailers" });
    expect(answer).toMatchObject({ status: 200, body: { calls: [] } });
  });
});

describe("a request is turned away with 401 UNAUTHORIZED", () => {
  const refused: readonly { title: string; headers: Record<string, string>; behaviour: string }[] = [
    { title: "AUTH-004: no key header at all", headers: {}, behaviour: "AUTH-004" },
    { title: "AUTH-005: an unknown key", headers: { "x-api-key": "live_abc" }, behaviour: "AUTH-005" },
    { title: "AUTH-006: an unknown key id", headers: { "x-api-key-id": "nobody" }, behaviour: "AUTH-006" },
    { title: "AUTH-007: an empty key", headers: { "x-api-key": "" }, behaviour: "AUTH-007" },
    { title: "AUTH-007: an empty key id", headers: { "x-api-key-id": "" }, behaviour: "AUTH-007" },
    { title: "AUTH-008: an unknown key that starts with ps_", headers: { "x-api-key": "ps_x" }, behaviour: "AUTH-008" },
    {
      title: "AUTH-010: two headers that name different keys",
      headers: { "x-api-key": "ps_sandbox_meta", "x-api-key-id": "sandbox_evo" },
      behaviour: "AUTH-010",
    },
    {
      title: "AUTH-010: a good key beside an unknown key id",
      headers: { "x-api-key": "ps_sandbox_meta", "x-api-key-id": "nobody" },
      behaviour: "AUTH-006",
    },
    {
      title: "AUTH-012: a bearer token alone",
      headers: { authorization: "Bearer ps_sandbox_meta" },
      behaviour: "AUTH-012",
    },
  ];
  test.each(refused)("$title", async ({ headers, behaviour }) => {
    const answer = await calls(headers);
    expect(answer).toMatchObject({ status: 401, behaviour, body: { code: "UNAUTHORIZED" } });
  });

  test.each(["x-api-key", "x-api-key-id"])("AUTH-011: %s twice, with different values", async (name) => {
    const prefix = name === "x-api-key" ? "ps_" : "";
    const headers = new Headers([
      [name, `${prefix}sandbox_meta`],
      [name, `${prefix}sandbox_evo`],
    ]);
    const response = await testSandbox().app.request("/v1/calls", { headers });
    expect(response.status).toBe(401);
    expect(response.headers.get("x-sandbox-behaviour")).toBe("AUTH-011");
    expect(await response.json()).toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("AUTH-008: the answer lists every key of the sandbox, and not the one that was sent", async () => {
    const { body } = await calls({ "x-api-key": "ps_live_0123456789abcdef" });
    for (const key of Object.values(keys)) expect(body.error).toContain(key);
    expect(body.error).not.toContain("0123456789abcdef");
  });

  test("AUTH-005: a key of a world that was removed is unknown", async () => {
    const sandbox = testSandbox();
    const world = await sandbox.control.createWorld();
    const ask = () => sandbox.request("GET", "/v1/calls", { headers: { "x-api-key": world.keys.evo } });
    expect((await ask()).status).toBe(200);
    await sandbox.control.deleteWorld({ w: world.id });
    expect(await ask()).toMatchObject({ status: 401, body: { code: "UNAUTHORIZED" } });
  });
});
