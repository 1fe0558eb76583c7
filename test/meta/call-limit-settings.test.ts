import { describe, expect, test } from "vitest";
import { callable, offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { call, change, evoNumber, otherStranger, stranger } from "./support.ts";

const allow = (sandbox: TestSandbox, ...phones: readonly string[]) =>
  Promise.all(phones.map((phone) => sandbox.control.putContact({ phone, permission: "permanent" })));

const refusal = (status: number, code: number, name: string, behaviour: string) => ({
  status,
  behaviour,
  body: { code: name, details: { meta: { code } } },
});
const alreadyRunning = refusal(400, 138003, "META_CALL_ALREADY_IN_PROGRESS", "META-LIMIT-008");

describe("setting the limits", () => {
  test.each([
    ["connectedCallsPer24h", 138012],
    ["newCallsPer24h", 138005],
    ["concurrentCalls", 138002],
  ] as const)(
    "META-LIMIT-016: %s of 0 refuses the first call with %i, and only on that number",
    async (limit, code) => {
      const sandbox = testSandbox();
      await change(sandbox, { limits: { [limit]: 0 } });
      expect((await call(sandbox)).body.details.meta.code).toBe(code);
      const { key } = await sandbox.control.addNumber({ provider: "META", number: "+551140000099" });
      await allow(sandbox, callable);
      const sent = { headers: { "x-api-key": key }, body: { to: callable, sdp: offer } };
      expect((await sandbox.request("POST", "/v1/calls", sent)).status).toBe(201);
    },
  );

  test("META-LIMIT-016: a number can be born with its limits", async () => {
    const sandbox = testSandbox();
    await allow(sandbox, callable);
    const { key, limits } = await sandbox.control.addNumber({
      provider: "META",
      number: "+551140000099",
      limits: { newCallsPer24h: 0, bicScope: "pair" },
    });
    expect(limits).toMatchObject({ newCallsPer24h: 0, bicScope: "pair", connectedCallsPer24h: 100 });
    await allow(sandbox, callable);
    const sent = { headers: { "x-api-key": key }, body: { to: callable, sdp: offer } };
    expect((await sandbox.request("POST", "/v1/calls", sent)).body.code).toBe("META_CALL_RATE_LIMIT");
  });

  test("META-LIMIT-016: EVO_GO numbers know none of them", async () => {
    const sandbox = testSandbox();
    await change(sandbox, { limits: { newCallsPer24h: 0, connectedCallsPer24h: 0, concurrentCalls: 0 } }, evoNumber);
    expect((await sandbox.api("evo", "POST", "/calls", { to: callable })).status).toBe(201);
  });
});

describe("two requests at once", () => {
  test.each([
    ["newCallsPer24h", "META_CALL_RATE_LIMIT"],
    ["concurrentCalls", "META_CONCURRENT_CALL_LIMIT"],
  ] as const)("META-LIMIT-017: of the last call that %s permits exactly one is placed", async (limit, code) => {
    const sandbox = testSandbox();
    await allow(sandbox, stranger, otherStranger);
    await change(sandbox, { limits: { [limit]: 2 } });
    await call(sandbox, callable);
    const answers = await Promise.all([call(sandbox, stranger), call(sandbox, otherStranger)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 429]);
    expect(answers.find(({ status }) => status === 429)?.body.code).toBe(code);
    expect((await sandbox.api("meta", "GET", "/calls")).body.calls).toHaveLength(2);
  });

  test("META-LIMIT-018: of two calls to one person exactly one is placed", async () => {
    const sandbox = testSandbox();
    const answers = await Promise.all([call(sandbox), call(sandbox)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 400]);
    expect(answers.find(({ status }) => status === 400)).toMatchObject(alreadyRunning);
    expect((await sandbox.api("meta", "GET", "/calls")).body.calls).toHaveLength(1);
  });

  test("META-PERM-050: of two requests to one person exactly one is sent", async () => {
    const sandbox = testSandbox();
    const send = () => sandbox.api("meta", "POST", "/calls/permissions/request", { to: stranger });
    const answers = await Promise.all([send(), send()]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400]);
    expect(answers.find(({ status }) => status === 400)?.body.code).toBe("META_CALL_PERMISSION_REQUEST_LIMIT");
  });
});
