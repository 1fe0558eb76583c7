import { expect, test } from "vitest";
import { WorldClock } from "../../mock/world/clock.ts";

const virtual = (now = 0) => new WorldClock({ mode: "virtual", now });

/** A clock of the machine that a test moves by hand. */
function real(now: number) {
  let machine = 5_000;
  const clock = new WorldClock({ mode: "real", now, machineTime: () => machine });
  return {
    clock,
    pass: (milliseconds: number) => {
      machine += milliseconds;
    },
  };
}

test("CLOCK-001: a real clock runs with the machine, a virtual one doesn't", () => {
  const { clock, pass } = real(1_000);
  const standing = new WorldClock({ mode: "virtual", now: 1_000, machineTime: () => 9e9 });
  pass(250.9);
  expect(clock.now()).toBe(1_250);
  expect(standing.now()).toBe(1_000);
});

test("CLOCK-003: an advance fires in the order of time, and within one instant in the order of setting", async () => {
  const clock = virtual();
  const fired: string[] = [];
  for (const [at, name] of [
    [30, "d"],
    [10, "a"],
    [20, "b"],
    [20, "c"],
    [31, "too late"],
  ] as const)
    clock.schedule(at, () => fired.push(`${clock.now()} ${name}`));
  expect(await clock.advance(30)).toBe(4);
  expect(fired).toEqual(["10 a", "20 b", "20 c", "30 d"]);
  expect(clock.now()).toBe(30);
  expect(clock.waiting).toBe(1);
});

test("CLOCK-003: the order holds for many timers, cancelled ones among them", async () => {
  const clock = virtual();
  const fired: number[] = [];
  for (let index = 0; index < 2_000; index++) {
    const at = (index * 7_919) % 1_009;
    const cancel = clock.schedule(at, () => fired.push(at));
    if (index % 3 === 0) cancel();
  }
  await clock.advance(2_000);
  expect(fired).toHaveLength(1_333);
  expect(fired).toEqual(fired.toSorted((a, b) => a - b));
  expect(clock.waiting).toBe(0);
});

test("CLOCK-004: between two timers an advance waits for the effects of the first", async () => {
  const clock = virtual();
  const happened: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  clock.schedule(10, () => {
    happened.push("first timer");
    clock.await(promise.then(() => happened.push("its effect")));
  });
  clock.schedule(20, () => happened.push(`second timer at ${clock.now()}`));
  const advancing = clock.advance(100);
  await new Promise((next) => setImmediate(next));
  expect(clock.now()).toBe(10);
  resolve();
  await advancing;
  expect(happened).toEqual(["first timer", "its effect", "second timer at 20"]);
});

test("CLOCK-004: an effect that fails holds nothing up", async () => {
  const clock = virtual();
  clock.schedule(10, () => clock.await(Promise.reject(new Error("no answer"))));
  expect(await clock.advance(20)).toBe(1);
  expect(clock.now()).toBe(20);
});

test("CLOCK-005: what an advance sets off fires in the same advance when it falls due in it", async () => {
  const clock = virtual();
  const fired: number[] = [];
  const again = () => {
    fired.push(clock.now());
    clock.schedule(clock.now() + 10, again);
  };
  clock.schedule(10, again);
  expect(await clock.advance(45)).toBe(4);
  expect(fired).toEqual([10, 20, 30, 40]);
  expect(clock.waiting).toBe(1);
});

test("two advances at once take place one after the other", async () => {
  const clock = virtual();
  const seen: number[] = [];
  for (const at of [5, 15, 25]) clock.schedule(at, () => seen.push(clock.now()));
  expect(await Promise.all([clock.advance(10), clock.advance(10), clock.advance(10)])).toEqual([1, 1, 1]);
  expect(seen).toEqual([5, 15, 25]);
  expect(clock.now()).toBe(30);
});

test("sleep lasts as long as world time takes", async () => {
  const clock = virtual();
  let awake = false;
  const sleeping = clock.sleep(1_000).then(() => {
    awake = true;
  });
  await clock.advance(999);
  expect(awake).toBe(false);
  await clock.advance(1);
  await sleeping;
  expect(awake).toBe(true);
});

test("CLOCK-009: switching to virtual keeps the present world time", async () => {
  const { clock, pass } = real(1_000);
  pass(500);
  await clock.makeVirtual();
  pass(10_000);
  expect(clock.now()).toBe(1_500);
});

test("CLOCK-011: a jump ahead fires what falls due on the way, each at its own instant", async () => {
  const clock = virtual();
  const fired: number[] = [];
  for (const at of [100, 50]) clock.schedule(at, () => fired.push(clock.now()));
  expect(await clock.makeVirtual(75)).toBe(1);
  expect(clock.now()).toBe(75);
  await clock.makeVirtual(100);
  expect(fired).toEqual([50, 100]);
});

test("CLOCK-013: going back to real continues from the present world time", async () => {
  const { clock, pass } = real(0);
  await clock.makeVirtual(1_000_000);
  pass(60_000);
  clock.makeReal();
  expect(clock.now()).toBe(1_000_000);
  pass(250);
  expect(clock.now()).toBe(1_000_250);
});

test("a real clock fires by itself, and never keeps a process alive", async () => {
  const clock = new WorldClock({ mode: "real", now: 0 });
  await new Promise<void>((resolve) => clock.schedule(clock.now() + 5, resolve));
  expect(clock.now()).toBeGreaterThanOrEqual(5);
  expect(clock.waiting).toBe(0);
  clock.close();
});

test("a timer that was cancelled doesn't fire, and a closed clock fires nothing", async () => {
  const clock = virtual();
  let fired = 0;
  clock.schedule(10, () => fired++)();
  clock.schedule(10, () => fired++);
  expect(clock.waiting).toBe(1);
  clock.close();
  expect(clock.waiting).toBe(0);
  await clock.advance(100);
  expect(fired).toBe(0);
});
