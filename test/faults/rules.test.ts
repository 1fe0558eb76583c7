import { expect, test } from "vitest";
import { Journal } from "../../mock/journal/index.ts";
import { createSandbox } from "../../mock/sandbox.ts";
import { temporaryDirectory } from "../journal/support.ts";
import { keys, testNow, testSandbox } from "../support/sandbox.ts";
import { arm, callsIn, dial, strikes } from "./arm.ts";

const broken = { target: { operation: "listCalls" }, effect: { type: "status", status: 503 } } as const;

test("CTRL-048: rules are listed with what they are about and how often they have struck", async () => {
  const sandbox = testSandbox();
  const added = await sandbox.request("POST", "/_sandbox/worlds/default/faults", {
    body: { ...broken, trigger: { every: 2 } },
  });
  expect(added).toMatchObject({ status: 201, body: { id: "fault_1", armed: true, seen: 0, hits: 0, lastHitAt: null } });
  await arm(sandbox, { target: { event: "call.ended", to: "+55 11 98888-7777" }, effect: { type: "delay", ms: 5 } });
  await sandbox.advance("PT1M");
  expect(await strikes(sandbox, 5)).toEqual([false, true, false, true, false]);
  const { body } = await sandbox.request("GET", "/_sandbox/worlds/default/faults");
  expect(body.faults).toEqual([
    {
      id: "fault_1",
      target: { operation: "listCalls" },
      trigger: { every: 2 },
      effect: { type: "status", status: 503, body: "json" },
      armed: true,
      seen: 5,
      hits: 2,
      addedAt: testNow,
      lastHitAt: "2026-01-01T00:01:00.000Z",
    },
    {
      id: "fault_2",
      target: { event: "call.ended", to: "5511988887777" },
      trigger: { always: true },
      effect: { type: "delay", ms: 5 },
      armed: true,
      seen: 0,
      hits: 0,
      addedAt: testNow,
      lastHitAt: null,
    },
  ]);
});

test("CTRL-048: a removed rule strikes no more, and the others stay", async () => {
  const sandbox = testSandbox();
  const first = await arm(sandbox, broken);
  const second = await arm(sandbox, broken);
  const removed = await sandbox.request("DELETE", `/_sandbox/worlds/default/faults/${first}`);
  expect(removed.status).toBe(204);
  const struck = await sandbox.api("evo", "GET", "/calls");
  expect(struck.headers.get("x-sandbox-fault")).toBe(second);
  expect((await sandbox.request("DELETE", "/_sandbox/worlds/default/faults")).status).toBe(204);
  expect((await sandbox.control.listFaults()).faults).toEqual([]);
  expect((await sandbox.api("evo", "GET", "/calls")).status).toBe(200);
});

test("CTRL-053: a rule that the world doesn't have can't be removed", async () => {
  const sandbox = testSandbox();
  await arm(sandbox, broken);
  const refused = await sandbox.request("DELETE", "/_sandbox/worlds/default/faults/fault_2");
  expect(refused).toMatchObject({ status: 404, behaviour: "CTRL-053", body: { code: "FAULT_NOT_FOUND" } });
  expect(refused.body.error).toContain("fault_1");
});

test("CTRL-006: latest in a target is the call that is the newest when the rule is armed", async () => {
  const sandbox = testSandbox();
  const first = (await dial(sandbox)).body.id;
  const rule = await sandbox.control.addFault({
    target: { callId: "latest" },
    effect: { type: "status", status: 502 },
  });
  expect(rule.target).toEqual({ operation: "*", callId: first });
  const second = (await dial(sandbox, "+5511977776666")).body.id;
  expect((await sandbox.api("evo", "GET", `/calls/${first}`)).status).toBe(502);
  expect((await sandbox.api("evo", "GET", `/calls/${second}`)).status).toBe(200);
});

test("CTRL-066: a reset removes rules that were added and lets those of the start begin anew", async () => {
  const sandbox = testSandbox({ faults: [{ ...broken, trigger: { next: 1 } }] });
  await arm(sandbox, broken);
  expect(await strikes(sandbox, 3)).toEqual([true, true, true]);
  await sandbox.control.resetWorld();
  expect((await sandbox.control.listFaults()).faults).toMatchObject([{ id: "fault_1", armed: true, hits: 0 }]);
  expect(await strikes(sandbox, 2)).toEqual([true, false]);
  await sandbox.control.deleteFaults();
  await sandbox.control.resetWorld();
  expect(await strikes(sandbox, 2)).toEqual([true, false]);
});

test("CTRL-066: a restart keeps the calls of a world, and none of its rules but those of the start", async () => {
  const directory = temporaryDirectory();
  const start = () => createSandbox({ now: testNow, archive: new Journal(directory), faults: [broken] });
  const ask = async (sandbox: ReturnType<typeof start>) =>
    (await sandbox.app.request("/v1/calls", { headers: { "x-api-key": keys.evo } })).status;
  const before = start();
  await before.control.addFault({ target: { operation: "*" }, effect: { type: "reset" } });
  expect(await ask(before)).toBe(503);
  await before.close();
  const after = start();
  expect((await after.control.listFaults()).faults).toMatchObject([{ id: "fault_1", hits: 0 }]);
  expect(await ask(after)).toBe(503);
  await after.close();
});

test("the rules of one world don't touch another", async () => {
  const sandbox = testSandbox();
  const { id, keys: others } = await sandbox.control.createWorld({});
  await sandbox.control.addFault({ w: id, ...broken });
  expect((await sandbox.api("evo", "GET", "/calls")).status).toBe(200);
  const struck = await sandbox.request("GET", "/v1/calls", { headers: { "x-api-key": others.evo } });
  expect(struck.status).toBe(503);
  expect(callsIn(sandbox)).toBe(0);
});
