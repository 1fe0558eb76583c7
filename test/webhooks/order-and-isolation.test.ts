import { expect, test } from "vitest";
import { testSandbox } from "../support/sandbox.ts";
import { call, flat, hooked, ring, settled } from "./hooked.ts";
import { receiver } from "./receiver.ts";

test("HOOK-SUB-038, HOOK-SUB-039: a retry holds up the later events of its call, not those of other calls", async () => {
  const failing = new Set<string>();
  const sandbox = await hooked({}, ({ body }) => (failing.has(body.callId) ? 500 : 200));
  const first = await call(sandbox, "evo", "+5511900000001");
  failing.add(first);
  const second = await call(sandbox, "evo", "+5511988887777");
  await sandbox.advance("PT1S");
  const seen = () => flat(sandbox.hook).map(({ event, callId }) => [callId === first ? 1 : 2, event]);
  expect(seen().filter(([which]) => which === 2)).toEqual([
    [2, "call.ringing"],
    [2, "call.connected"],
  ]);
  expect(new Set(seen().filter(([which]) => which === 1))).toEqual(new Set([[1, "call.ringing"]]));
  failing.clear();
  sandbox.hook.received.length = 0;
  await sandbox.advance("PT10S");
  expect(seen()).toEqual([
    [1, "call.ringing"],
    [1, "call.connected"],
    [1, "call.ended"],
  ]);
  expect(second).not.toBe(first);
});

test("HOOK-SUB-038: the next event of a call leaves only after the one before was answered", async () => {
  let open = 0;
  let most = 0;
  const sandbox = await hooked({ mode: "manual" }, (_received, response) => {
    most = Math.max(most, ++open);
    setImmediate(() => {
      open--;
      response.writeHead(200).end();
    });
    return undefined;
  });
  const callId = await call(sandbox, "evo");
  await sandbox.control.actAsPerson({ callId, action: "answer" });
  await sandbox.control.actAsPerson({ callId, action: "hang-up" });
  await settled(sandbox);
  expect(sandbox.hook.names()).toEqual(["call.ringing", "call.connected", "call.ended"]);
  expect(most).toBe(1);
});

test("HOOK-SUB-037: a receiver that never answers delays neither the API nor another receiver", async () => {
  const held: (() => void)[] = [];
  const dead = await receiver((_received, response) => {
    held.push(() => response.writeHead(200).end());
    return undefined;
  });
  const alive = await receiver();
  const sandbox = testSandbox({ webhooks: [dead.url, alive.url] });
  const ids = new Set<string>();
  for (let count = 0; count < 40; count++) {
    const { id } = await ring(sandbox, "evo", { from: `+55119888800${String(count).padStart(2, "0")}` });
    const { status } = await sandbox.api("evo", "GET", `/calls/${id}`);
    expect(status).toBe(200);
    ids.add(id);
  }
  while (alive.received.length < 40 || held.length < 16) await new Promise((resolve) => setImmediate(resolve));
  expect(new Set(flat(alive).map(({ callId }) => callId))).toEqual(ids);
  expect(dead.received).toHaveLength(16);
  for (let freed = 0; freed < 40; freed++) {
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    held.shift()?.();
  }
  await settled(sandbox);
  expect(new Set(flat(dead).map(({ callId }) => callId))).toEqual(ids);
});
