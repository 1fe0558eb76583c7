import fc from "fast-check";
import { expect, test } from "vitest";
import { SlidingWindow } from "../../mock/domain/sliding-window.ts";

test("an instant counts until exactly the window's length has passed", () => {
  const window = new SlidingWindow(1_000);
  window.add(5_000);
  expect(window.count(5_999)).toBe(1);
  expect(window.count(6_000)).toBe(0);
});

test("a full window frees a place when its oldest instant falls out", () => {
  const window = new SlidingWindow(1_000);
  expect(window.freesAt(0)).toBeNull();
  window.add(100);
  window.add(400);
  expect(window.freesAt(500)).toBe(1_100);
  expect(window.freesAt(1_100)).toBe(1_400);
  expect(window.freesAt(1_400)).toBeNull();
});

test("one window answers for a shorter time as well", () => {
  const window = new SlidingWindow(7_000);
  window.add(0);
  window.add(5_000);
  expect(window.count(5_500)).toBe(2);
  expect(window.count(5_500, 1_000)).toBe(1);
  expect(window.freesAt(5_500, 1_000)).toBe(6_000);
});

test("an emptied window counts nothing and leaves the old one as it was", () => {
  const window = new SlidingWindow(1_000);
  window.add(0);
  const fresh = window.emptied();
  expect([fresh.count(0), fresh.lengthMs, window.count(0)]).toEqual([0, 1_000, 1]);
});

test("a window counts what a plain list would count", () => {
  const steps = fc.array(fc.tuple(fc.nat(40), fc.nat(300), fc.nat(100)), { maxLength: 400 });
  fc.assert(
    fc.property(steps, (all) => {
      const window = new SlidingWindow(100);
      const list: number[] = [];
      let now = 0;
      for (const [pause, later, within] of all) {
        now += pause;
        window.add(now);
        list.push(now);
        const young = (at: number, length: number) => list.filter((instant) => instant > at - length);
        expect(window.count(now + later)).toBe(young(now + later, 100).length);
        expect(window.count(now + later, within)).toBe(young(now + later, within).length);
        const oldest = young(now + later, within)[0];
        expect(window.freesAt(now + later, within)).toBe(oldest === undefined ? null : oldest + within);
      }
    }),
    { numRuns: 30 },
  );
});
