import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { keys, testSandbox } from "../support/sandbox.ts";

const documented: unknown = JSON.parse(
  readFileSync(new URL("../../spec/generated/openapi.json", import.meta.url), "utf8"),
);

describe("the list of numbers", () => {
  test("NUM-001, NUM-002, NUM-003, NUM-006: a bare array of numbers, with every field and no whole key", async () => {
    const answer = await testSandbox().api("meta", "GET", "/numbers");
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual([
      {
        id: expect.stringMatching(/^num_[0-9A-HJKMNP-TV-Z]{26}$/),
        instanceName: "sandbox-sandbox-meta",
        number: "551140000001",
        name: "Sandbox META",
        provider: "META",
        apiKeys: [{ name: "Sandbox META", keyPrefix: "ps_sand", keyLast4: "meta" }],
        state: "OPEN",
        isFullyConnected: true,
        createdAt: "2026-01-01T00:00:00.000Z",
        updatedAt: "2026-01-01T00:00:00.000Z",
      },
    ]);
    expect(JSON.stringify(answer.body)).not.toContain(keys.meta);
  });

  test.each([
    ["meta", "META", "551140000001"],
    ["evo", "PILOT_STATUS", "551140000002"],
    ["evoOffline", "PILOT_STATUS", "551140000003"],
    ["other", "EVOLUTION", "551140000004"],
    ["metaLowTier", "META", "551140000005"],
  ] as const)(
    "NUM-004, NUM-005, NUM-009, NUM-011: the key %s lists its own %s number and no other",
    async (key, provider, number) => {
      const answer = await testSandbox().api(key, "GET", "/numbers");
      expect(answer).toMatchObject({ status: 200, body: [{ provider, number }] });
      expect(answer.body).toHaveLength(1);
    },
  );

  test("NUM-010: the tenant's key lists every number of its world, added ones included", async () => {
    const sandbox = testSandbox();
    await sandbox.control.addNumber({ provider: "EVO_GO", number: "+55 11 4000-0099" });
    const { body } = await sandbox.api("tenant", "GET", "/numbers");
    expect(body.map((number: { number: string }) => number.number)).toEqual([
      "551140000001",
      "551140000002",
      "551140000003",
      "551140000004",
      "551140000005",
      "551140000099",
    ]);
  });

  test("NUM-010: and no number of another tenant", async () => {
    const sandbox = testSandbox();
    const world = await sandbox.control.createWorld({ clock: "virtual" });
    const ask = (key: string) => sandbox.request("GET", "/v1/numbers", { headers: { "x-api-key": key } });
    const ids = async (key: string) => (await ask(key)).body.map(({ id }: { id: string }) => id);
    const [here, there] = [await ids(keys.tenant), await ids(world.keys.tenant)];
    expect([here.length, there.length]).toEqual([5, 5]);
    expect(new Set([...here, ...there]).size).toBe(10);
  });

  test("NUM-014: a key that is bound to no number is refused", async () => {
    for (const path of ["/numbers", "/numbers/num_1/status"]) {
      expect(await testSandbox().api("unbound", "GET", path)).toMatchObject({
        status: 400,
        body: { code: "NUMBER_NOT_FOUND" },
      });
    }
  });
});

describe("the connection of a number", () => {
  const own = async (key: keyof typeof keys, sandbox = testSandbox()) => {
    const [number] = (await sandbox.api(key, "GET", "/numbers")).body;
    return { sandbox, number, status: await sandbox.api(key, "GET", `/numbers/${number.id}/status`) };
  };

  test("NUM-007, NUM-008: OPEN and connected, or CLOSE and not, of the three documented states", async () => {
    for (const [key, state] of [
      ["evo", "OPEN"],
      ["evoOffline", "CLOSE"],
      ["meta", "OPEN"],
    ] as const) {
      const { number } = await own(key);
      expect(number).toMatchObject({ state, isFullyConnected: state === "OPEN" });
    }
    expect(documented).toMatchObject({
      components: { schemas: { ConnectionState: { enum: ["OPEN", "CONNECTING", "CLOSE"] } } },
    });
  });

  test("NUM-012: the status has the id and both documented forms", async () => {
    const { number, status } = await own("evo");
    expect(status).toMatchObject({ status: 200, body: { id: number.id, state: "OPEN", isFullyConnected: true } });
    expect(Object.keys(status.body)).toHaveLength(3);
  });

  test.each(["evoOffline", "other"] as const)(
    "NUM-015, NUM-016: the key %s, which can't call, still reads its number",
    async (key) => {
      const { sandbox, number, status } = await own(key);
      expect(status).toMatchObject({ status: 200, body: { id: number.id } });
      expect((await sandbox.api(key, "GET", "/calls")).status).toBeGreaterThanOrEqual(400);
    },
  );

  test("NUM-015: a client sees the connection go and come back", async () => {
    const { sandbox, number } = await own("evo");
    const state = async () => (await sandbox.api("evo", "GET", `/numbers/${number.id}/status`)).body.state;
    await sandbox.control.updateNumber({ id: number.id, connected: false });
    expect(await state()).toBe("CLOSE");
    await sandbox.control.updateNumber({ id: number.id, connected: true });
    expect(await state()).toBe("OPEN");
  });

  test("NUM-013: an unknown number, and another number of the same tenant, are a 404", async () => {
    const { sandbox, number } = await own("meta");
    for (const [key, id] of [
      ["evo", number.id],
      ["evo", "num_unknown"],
      ["evo", "551140000002"],
      ["tenant", "num_unknown"],
      ["evo", "..%2Fnumbers"],
    ] as const) {
      expect(await sandbox.api(key, "GET", `/numbers/${id}/status`)).toMatchObject({
        status: 404,
        behaviour: "NUM-013",
        body: { code: "NUMBER_NOT_FOUND" },
      });
    }
    expect((await sandbox.api("tenant", "GET", `/numbers/${number.id}/status`)).status).toBe(200);
  });
});
