import { expect, test } from "vitest";
import { testSandbox } from "../support/sandbox.ts";
import { arm } from "./arm.ts";

const calls = { operation: "listCalls" };
const reset = { type: "reset" };

test.each<[unknown, string]>([
  [{ target: {}, effect: reset }, "target"],
  [{ effect: reset }, "target"],
  [{ target: calls }, "effect"],
  [{ target: calls, effect: { type: "explode" } }, "effect.type"],
  [{ target: { ...calls, path: "/v1" }, effect: reset }, "target.path"],
  [{ target: calls, effect: reset, extra: 1 }, "extra"],
  [{ target: calls, trigger: {}, effect: reset }, "trigger"],
  [{ target: calls, trigger: { next: 1, every: 2 }, effect: reset }, "trigger"],
  [{ target: calls, trigger: { next: 0 }, effect: reset }, "trigger.next"],
  [{ target: calls, trigger: { every: 1.5 }, effect: reset }, "trigger.every"],
  [{ target: calls, trigger: { probability: 0 }, effect: reset }, "trigger.probability"],
  [{ target: calls, trigger: { probability: 1.1 }, effect: reset }, "trigger.probability"],
  [{ target: calls, trigger: { always: false }, effect: reset }, "trigger.always"],
  [{ target: calls, effect: { type: "status", status: 418 } }, "effect.status"],
  [{ target: calls, effect: { type: "latency", ms: 0 } }, "effect.ms"],
  [{ target: calls, effect: { type: "drip", everyMs: 60_001 } }, "effect.everyMs"],
  [{ target: { media: "video" }, effect: { type: "stall", ms: 1 } }, "target.media"],
  [{ target: { ...calls, to: "nobody" }, effect: reset }, "target.to"],
])("CTRL-008: the rule %j is refused at %s", async (body, where) => {
  const sandbox = testSandbox();
  const refused = await sandbox.request("POST", "/_sandbox/worlds/default/faults", { body });
  expect(refused).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" } });
  expect(refused.body.details.issues.map((issue: { path: string }) => issue.path)).toContain(where);
});

test.each<[unknown, string]>([
  [{ target: { operation: "startCalls" }, effect: reset }, "target.operation"],
  [{ target: { event: "call.started" }, effect: { type: "lose" } }, "target.event"],
  [{ target: { ...calls, event: "*" }, effect: reset }, "target.event"],
  [{ target: { event: "*", media: "*" }, effect: { type: "lose" } }, "target.media"],
  [{ target: { numberId: "num_1", number: "+551140000001" }, effect: reset }, "target.number"],
  [{ target: { ...calls, callId: "call_1" }, effect: reset }, "target.callId"],
  [{ target: { ...calls, to: "+5511988887777" }, effect: reset }, "target.to"],
  [{ target: { event: "call.permission_updated", callId: "call_1" }, effect: { type: "lose" } }, "target.callId"],
  [{ target: calls, effect: { type: "lose" } }, "effect.type"],
  [{ target: calls, effect: { type: "stall", ms: 10 } }, "effect.type"],
  [{ target: { event: "*" }, effect: { type: "status", status: 500 } }, "effect.type"],
  [{ target: { media: "*" }, effect: { type: "duplicate" } }, "effect.type"],
  [{ target: calls, effect: { ...reset, ms: 10 } }, "effect.ms"],
  [{ target: calls, effect: { type: "half-body", status: 500 } }, "effect.status"],
  [{ target: calls, effect: { type: "latency" } }, "effect.ms"],
  [{ target: calls, effect: { type: "latency", minMs: 5 } }, "effect.maxMs"],
  [{ target: calls, effect: { type: "latency", maxMs: 5 } }, "effect.minMs"],
  [{ target: calls, effect: { type: "latency", minMs: 6, maxMs: 5 } }, "effect.minMs"],
  [{ target: calls, effect: { type: "latency", ms: 5, maxMs: 6 } }, "effect.maxMs"],
  [{ target: calls, effect: { type: "latency", ms: 5, distribution: "normal" } }, "effect.distribution"],
  [{ target: calls, effect: { type: "latency", ms: 600_001 } }, "effect.ms"],
  [{ target: calls, effect: { type: "status" } }, "effect.status"],
  [{ target: calls, effect: { type: "refusal" } }, "effect.code"],
  [{ target: calls, effect: { type: "refusal", code: "TEAPOT" } }, "effect.code"],
  [{ target: calls, effect: { type: "refusal", code: "WORLD_NOT_FOUND" } }, "effect.code"],
  [{ target: calls, effect: { type: "refusal", code: "SANDBOX_RESPONSE_INVALID" } }, "effect.code"],
  [{ target: calls, effect: { type: "refusal", code: 138010 } }, "effect.code"],
  [{ target: calls, effect: { type: "refusal", code: "138021" } }, "effect.code"],
  [{ target: calls, effect: { type: "refusal", code: "CALL_NOT_FOUND", style: "user" } }, "effect.style"],
  [{ target: { operation: "playAudio" }, effect: { type: "refusal", code: 138012 } }, "effect.code"],
  [{ target: { event: "*" }, effect: { type: "delay" } }, "effect.ms"],
])("CTRL-047: the rule %j contradicts itself and is refused at %s", async (body, where) => {
  const sandbox = testSandbox();
  const refused = await sandbox.request("POST", "/_sandbox/worlds/default/faults", { body });
  expect(refused).toMatchObject({ status: 400, behaviour: "CTRL-047", body: { code: "VALIDATION_ERROR" } });
  expect(refused.body.details.issues.map((issue: { path: string }) => issue.path)).toContain(where);
  expect(refused.body.error).toContain(where);
  expect((await sandbox.control.listFaults()).faults).toEqual([]);
});

test.each<[object, string]>([
  [{ number: "+551140009999" }, "NUMBER_NOT_FOUND"],
  [{ numberId: "num_1" }, "NUMBER_NOT_FOUND"],
  [{ callId: "latest" }, "CALL_NOT_FOUND"],
  [{ callId: "call_1" }, "CALL_NOT_FOUND"],
])("CTRL-004, CTRL-005: a target %j that the world doesn't have is refused with 404 %s", async (target, code) => {
  const sandbox = testSandbox();
  const body = { target, effect: reset };
  const refused = await sandbox.request("POST", "/_sandbox/worlds/default/faults", { body });
  expect(refused).toMatchObject({ status: 404, body: { code } });
});

test.each(["GET", "POST", "DELETE"])("CTRL-003: %s for the rules of an unknown world is refused", async (method) => {
  const sandbox = testSandbox();
  const body = method === "POST" ? { target: calls, effect: reset } : undefined;
  const refused = await sandbox.request(method, "/_sandbox/worlds/nowhere/faults", { body });
  expect(refused).toMatchObject({ status: 404, body: { code: "WORLD_NOT_FOUND" } });
});

test("CTRL-068: the hundred and first rule is refused", async () => {
  const sandbox = testSandbox();
  for (let rule = 0; rule < 100; rule++) await arm(sandbox, { target: calls, effect: { type: "reset" } });
  const body = { target: calls, effect: reset };
  const refused = await sandbox.request("POST", "/_sandbox/worlds/default/faults", { body });
  expect(refused).toMatchObject({ status: 400, behaviour: "CTRL-068", body: { code: "VALIDATION_ERROR" } });
  expect((await sandbox.control.listFaults()).faults).toHaveLength(100);
});

test("CTRL-047: a rule that a sandbox is to start with, and that contradicts itself, keeps it from starting", () => {
  const faults = [{ target: calls, effect: { type: "lose" } as const }];
  expect(() => testSandbox({ faults })).toThrow(/faults\[0\].*effect\.type is lose, which only happens to webhooks/);
});
