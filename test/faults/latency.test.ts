import { expect, test } from "vitest";
import { drawFraction } from "../../mock/domain/draw.ts";
import { drawLatency } from "../../mock/faults/draw-latency.ts";
import { FaultBook } from "../../mock/faults/fault-book.ts";
import type { Latency } from "../../mock/faults/rule.ts";

const request = { kind: "request", name: "listCalls", callId: null, numberId: null, to: null } as const;
const target = { ...request, name: "*" } as const;

/** Two thousand latencies between 1 s and 2 s. */
function latencies(distribution: Latency["distribution"], seed = "seed"): number[] {
  const source = { seed, worldId: "w" };
  const book = new FaultBook({ source, now: () => 0 });
  book.add({
    target,
    trigger: { type: "always" },
    effect: { type: "latency", minMs: 1_000, maxMs: 2_000, distribution },
  });
  return Array.from({ length: 2_000 }, () => {
    const effect = book.strike(request)?.effect;
    return effect?.type === "latency" ? effect.ms : Number.NaN;
  });
}

const shareBelow = (values: readonly number[], bound: number) =>
  values.filter((value) => value < bound).length / values.length;

test.each([
  ["uniform", 0.25, 0.5, 0.75],
  ["normal", 0.067, 0.5, 0.933],
  ["exponential", 0.713, 0.918, 0.976],
] as const)("CTRL-064: %s latencies lie in their range as they should", (distribution, quarter, half, most) => {
  const drawn = latencies(distribution);
  expect(drawn.every((ms) => Number.isInteger(ms) && ms >= 1_000 && ms <= 2_000)).toBe(true);
  expect(Math.abs(shareBelow(drawn, 1_250) - quarter)).toBeLessThan(0.04);
  expect(Math.abs(shareBelow(drawn, 1_500) - half)).toBeLessThan(0.04);
  expect(Math.abs(shareBelow(drawn, 1_750) - most)).toBeLessThan(0.04);
});

test("CTRL-064: the same seed draws the same latencies, another seed others", () => {
  expect(latencies("normal")).toEqual(latencies("normal"));
  expect(latencies("normal")).not.toEqual(latencies("normal", "other"));
});

test("CTRL-064: the ends of a range are in it, and a fixed latency is never anything else", () => {
  const source = { seed: "s", worldId: "w" };
  for (const distribution of ["uniform", "normal", "exponential"] as const) {
    for (const extreme of [0, 1 - 2 ** -32]) {
      const ms = drawLatency({ type: "latency", minMs: 10, maxMs: 20, distribution }, () => extreme);
      expect(ms).toBeGreaterThanOrEqual(10);
      expect(ms).toBeLessThanOrEqual(20);
    }
    const draw = (part: number) => drawFraction(source, "fixed", part);
    expect(drawLatency({ type: "latency", minMs: 7, maxMs: 7, distribution }, draw)).toBe(7);
  }
});
