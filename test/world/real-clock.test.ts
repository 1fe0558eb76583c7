import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DAY } from "../../mock/domain/time.ts";
import { WorldClock } from "../../mock/world/clock.ts";

/** The machine's count of milliseconds, which starts anywhere and has fractions. */
let machine = 500.25;

beforeEach(() => {
  machine = 500.25;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const real = (now: number) => new WorldClock({ mode: "real", now, machineTime: () => machine });

/** Lets the machine run, its timers included. */
function pass(milliseconds: number): void {
  machine += milliseconds;
  vi.advanceTimersByTime(milliseconds);
}

test("CLOCK-001: a real clock runs with the machine, in whole milliseconds", () => {
  const clock = real(1_000);
  expect(clock.now()).toBe(1_000);
  machine += 2.5;
  expect(clock.now()).toBe(1_002);
  expect(Number.isInteger(clock.now())).toBe(true);
});

test("a real clock does not follow a machine that steps back", () => {
  const clock = real(1_000);
  machine -= 300;
  expect(clock.now()).toBe(1_000);
});

test("timers of a real clock fire in order when their time has come, and not before", () => {
  const clock = real(0);
  const fired: string[] = [];
  clock.schedule(200, () => fired.push("second"));
  clock.schedule(100, () => fired.push("first"));
  clock.schedule(200, () => fired.push("third"));
  pass(99);
  expect(fired).toEqual([]);
  pass(1);
  expect(fired).toEqual(["first"]);
  pass(100);
  expect([fired, clock.waiting]).toEqual([["first", "second", "third"], 0]);
});

test("a timer longer than the machine's own timers can count fires at its time and not at once", () => {
  const clock = real(0);
  const fired: number[] = [];
  clock.schedule(40 * DAY, () => fired.push(clock.now()));
  pass(2 ** 31 - 1);
  expect(fired).toEqual([]);
  pass(40 * DAY - (2 ** 31 - 1));
  expect(fired).toEqual([40 * DAY]);
});

test("CLOCK-009: switching to virtual keeps the present world time and stops the timers of the machine", async () => {
  const clock = real(1_000);
  const fired: number[] = [];
  clock.schedule(1_500, () => fired.push(clock.now()));
  pass(300);
  expect(await clock.makeVirtual()).toBe(0);
  pass(10_000);
  expect([clock.mode, clock.now(), fired]).toEqual(["virtual", 1_300, []]);
  await clock.advance(200);
  expect(fired).toEqual([1_500]);
});

test("CLOCK-011: a now that lies ahead fires what falls due on the way", async () => {
  const clock = real(1_000);
  const fired: number[] = [];
  for (const at of [1_500, 2_000, 2_001]) clock.schedule(at, () => fired.push(at));
  expect(await clock.makeVirtual(2_000)).toBe(2);
  expect([clock.now(), fired, clock.waiting]).toEqual([2_000, [1_500, 2_000], 1]);
});

test("CLOCK-013: going back to real continues from the present world time", async () => {
  const clock = real(1_000);
  await clock.makeVirtual();
  await clock.advance(7 * DAY);
  const fired: number[] = [];
  clock.schedule(1_000 + 7 * DAY + 50, () => fired.push(clock.now()));
  pass(10_000);
  clock.makeReal();
  expect([clock.mode, clock.now()]).toEqual(["real", 1_000 + 7 * DAY]);
  pass(50);
  expect(fired).toEqual([1_000 + 7 * DAY + 50]);
});

test("world time never runs backwards, however the clock is switched", async () => {
  const clock = real(1_000);
  const seen: number[] = [clock.now()];
  const look = () => seen.push(clock.now());
  pass(500);
  look();
  await clock.makeVirtual(1_200);
  look();
  clock.makeReal();
  look();
  machine -= 100;
  look();
  clock.makeReal();
  look();
  await clock.makeVirtual(0);
  look();
  const advance = clock.advance(1_000);
  clock.makeReal();
  look();
  await advance;
  look();
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(seen.slice(0, 3)).toEqual([1_000, 1_500, 1_500]);
});

test("a closed real clock fires nothing any more", () => {
  const clock = real(0);
  const fired: string[] = [];
  clock.schedule(100, () => fired.push("before"));
  clock.close();
  clock.schedule(100, () => fired.push("after"));
  pass(1_000);
  expect([fired, clock.waiting, vi.getTimerCount()]).toEqual([[], 0, 0]);
});

test("WORLD-034: a timer that throws stops neither a real clock nor the timers behind it", () => {
  const clock = real(0);
  const fired: string[] = [];
  clock.schedule(10, () => {
    throw new Error("no");
  });
  clock.schedule(10, () => fired.push("same instant"));
  clock.schedule(20, () => fired.push("later"));
  expect(() => pass(10)).toThrow("no");
  pass(10);
  expect(fired).toEqual(["same instant", "later"]);
});

test("when much is due at once, sockets are read in between, and the order stays", () => {
  const clock = real(0);
  const log: string[] = [];
  for (const name of ["a", "b", "c", "d", "e"])
    clock.schedule(10, () => {
      log.push(name);
      // Each takes six milliseconds; what waits to be read comes with the next turn of the event loop.
      machine += 6;
      if (name === "a") setTimeout(() => log.push("read"), 0);
    });
  pass(10);
  vi.advanceTimersByTime(10);
  expect(log).toEqual(["a", "b", "read", "c", "d", "e"]);
});
