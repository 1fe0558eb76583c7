import { expect, test } from "vitest";
import type { Command } from "../../mock/domain/commands.ts";
import type { WorldEvent } from "../../mock/domain/events.ts";
import { World } from "../../mock/world/world.ts";

const now = Date.UTC(2026, 0, 1);

/** A bare world with one EVO_GO number: no people, no peer, nothing seeded. */
function bareWorld() {
  const world = new World({
    id: "w",
    seed: "s",
    mode: "manual",
    rules: { strict: false, sdpErrorCode: 138008 },
    clock: { mode: "virtual", now },
  });
  world.dispatch({ type: "addNumber", provider: "EVO_GO", number: "551140000002", secret: "ps_k", change: {} });
  const numberId = [...world.state.numbers.keys()][0] ?? "";
  const start: Command = { type: "startCall", numberId, to: "5511988887777", sdp: null, bizOpaqueCallbackData: null };
  return { world, numberId, start };
}

test("a listener hears of everything in the order in which it happened, and finds it done already", () => {
  const { world, start } = bareWorld();
  const heard: [string, number][] = [];
  world.subscribe((event) => heard.push([event.type, world.state.calls.size]));
  world.dispatch(start);
  expect(heard).toEqual([
    ["pair.met", 1],
    ["call.started", 1],
  ]);
});

test("what a listener sets off is heard after what is being told, by every listener in one order", () => {
  const { world, start } = bareWorld();
  const logs: [string[], string[]] = [[], []];
  world.subscribe((event) => {
    logs[0].push(event.type);
    if (event.type === "call.started")
      world.dispatch({ type: "actAsPerson", callId: event.callId, action: { do: "answer" }, step: null });
  });
  world.subscribe((event) => logs[1].push(event.type));
  world.dispatch(start);
  expect(logs[0]).toEqual(["pair.met", "call.started", "call.rang", "call.answered"]);
  expect(logs[1]).toEqual(logs[0]);
});

test("WORLD-034: behind a listener that throws everybody hears of everything, and what it threw comes out", () => {
  const { world, numberId, start } = bareWorld();
  const heard: string[] = [];
  world.subscribe((event) => {
    throw new Error(`no ${event.type}`);
  });
  world.subscribe((event) => heard.push(event.type));
  expect(() => world.dispatch(start)).toThrow("2 listeners failed: no pair.met; no call.started");
  expect(heard).toEqual(["pair.met", "call.started"]);
  expect(world.state.calls.size).toBe(1);
  const callRef = world.state.calls.latest()?.id ?? "";
  expect(() => world.dispatch({ type: "terminateCall", numberId, callRef })).toThrow(new Error("no call.ended"));
  expect(heard).toEqual(["pair.met", "call.started", "call.ended"]);
});

test("a listener that was removed hears nothing any more", () => {
  const { world, start } = bareWorld();
  const heard: WorldEvent[] = [];
  const stop = world.subscribe((event) => heard.push(event));
  stop();
  world.dispatch(start);
  expect(heard).toEqual([]);
});

test("a refused command is told to nobody", () => {
  const { world, numberId } = bareWorld();
  const heard: WorldEvent[] = [];
  world.subscribe((event) => heard.push(event));
  const decision = world.dispatch({ type: "rejectCall", numberId, callRef: "call_nope" });
  expect(decision).toMatchObject({ ok: false, refusal: { code: "CALL_NOT_FOUND" } });
  expect(heard).toEqual([]);
});

test("a call that ends leaves no timer behind, and its ring timeout never comes", async () => {
  const { world, numberId, start } = bareWorld();
  world.dispatch(start);
  expect(world.clock.waiting).toBe(1);
  const call = world.state.calls.latest();
  world.dispatch({ type: "terminateCall", numberId, callRef: call?.id ?? "" });
  expect(world.clock.waiting).toBe(0);
  expect(await world.clock.advance(120_000)).toBe(0);
  expect(world.state.calls.latest()?.endedAt).toBe(now);
});

test("CALL-046, CALL-047: a call that is up follows a changed ring timeout", async () => {
  const { world, numberId, start } = bareWorld();
  world.dispatch(start);
  world.dispatch({ type: "updateNumber", numberId, change: { limits: { ringTimeoutSeconds: 20 } } });
  await world.clock.advance(19_999);
  expect(world.state.calls.latest()?.status).toBe("INITIATED");
  await world.clock.advance(1);
  expect(world.state.calls.latest()).toMatchObject({ status: "COMPLETED", endedAt: now + 20_000 });
});

test("a reset takes every timer away with the calls they were for", async () => {
  const { world, start } = bareWorld();
  world.dispatch({ type: "sealSeed" });
  world.dispatch(start);
  world.dispatch({ type: "resetWorld" });
  expect([world.clock.waiting, world.state.calls.size]).toEqual([0, 0]);
});

test("a closed world waits for nothing and tells nobody", () => {
  const { world, start } = bareWorld();
  const heard: WorldEvent[] = [];
  world.subscribe((event) => heard.push(event));
  world.dispatch(start);
  heard.length = 0;
  world.close();
  world.dispatch({ type: "setMode", mode: "scripted" });
  expect([world.clock.waiting, heard]).toEqual([0, []]);
});
