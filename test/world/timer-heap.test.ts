import fc from "fast-check";
import { expect, test } from "vitest";
import { type HeapTimer, TimerHeap } from "../../mock/world/timer-heap.ts";

const nothing = () => undefined;

test("the earliest timer is next, and of one instant the one that was set first", () => {
  const heap = new TimerHeap();
  const [, first, second] = [heap.add(20, nothing), heap.add(10, nothing), heap.add(10, nothing)];
  expect(heap.next()).toBe(first);
  expect(heap.size).toBe(3);
  heap.take(first);
  expect(heap.next()).toBe(second);
  expect(heap.size).toBe(2);
});

test("a cancelled timer lets go of what it holds, and cancelling twice counts once", () => {
  const heap = new TimerHeap();
  const fire = () => undefined;
  const timer = heap.add(10, fire);
  heap.add(20, nothing);
  heap.cancel(timer);
  heap.cancel(timer);
  expect(timer.fire).not.toBe(fire);
  expect(heap.size).toBe(1);
});

test("cancelling a timer of a heap that was cleared changes nothing", () => {
  const heap = new TimerHeap();
  const timer = heap.add(10, nothing);
  heap.clear();
  heap.cancel(timer);
  expect([heap.size, heap.next()]).toEqual([0, null]);
});

type Step = { readonly do: "add"; readonly at: number } | { readonly do: "cancel" | "take"; readonly pick: number };

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant("add" as const), at: fc.nat(50) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("cancel" as const), pick: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("take" as const), pick: fc.nat() }) },
  ),
  { maxLength: 400, size: "max" },
);

test("a heap gives what a sorted array would give", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const heap = new TimerHeap();
      let sorted: HeapTimer[] = [];
      for (const step of all) {
        sorted = play(heap, sorted, step);
        expect(heap.size).toBe(sorted.length);
        expect(heap.next()).toBe(sorted[0] ?? null);
      }
      for (const timer of sorted) {
        expect(heap.next()).toBe(timer);
        heap.take(timer);
      }
      expect([heap.next(), heap.size]).toEqual([null, 0]);
    }),
    { numRuns: 60 },
  );
});

/** Does the same to both; returns the array as it is then. */
function play(heap: TimerHeap, sorted: readonly HeapTimer[], step: Step): HeapTimer[] {
  if (step.do === "add") {
    const timer = heap.add(step.at, nothing);
    return [...sorted, timer].toSorted((a, b) => a.at - b.at || a.order - b.order);
  }
  const timer = step.do === "take" ? heap.next() : (sorted[step.pick % sorted.length] ?? null);
  if (timer === null) return [...sorted];
  if (step.do === "take") heap.take(timer);
  else heap.cancel(timer);
  return sorted.filter((other) => other !== timer);
}
