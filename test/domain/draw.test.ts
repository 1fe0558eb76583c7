import fc from "fast-check";
import { expect, test } from "vitest";
import { draw, drawFraction } from "../../mock/domain/draw.ts";
import { hex } from "../../mock/domain/encoding.ts";

const source = { seed: "calls-sandbox", worldId: "default" };

test("a draw is a pure function of its arguments", () => {
  expect(hex(draw(source, "call", 3, 16))).toBe(hex(draw({ ...source }, "call", 3, 16)));
  expect(drawFraction(source, "jitter", 3)).toBe(drawFraction({ ...source }, "jitter", 3));
});

// Written down once, so that a change of the generator can't slip in: it would change every id of every saved world.
test("the bytes of a draw never change from version to version", () => {
  expect(hex(draw(source, "call", 0, 10))).toMatchInlineSnapshot(`"4e096b4ea6d6884635e7"`);
});

test("a draw has as many bytes as were asked for, and a longer one begins with the shorter one", () => {
  fc.assert(
    fc.property(fc.nat(40), fc.nat(40), (one, other) => {
      const [short, long] = [Math.min(one, other), Math.max(one, other)];
      expect(draw(source, "x", 1, long)).toHaveLength(long);
      expect(hex(draw(source, "x", 1, long)).startsWith(hex(draw(source, "x", 1, short)))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test("worlds, seeds, purposes and ordinals never share a draw", () => {
  const drawn = new Set<string>();
  for (const seed of ["1", "2", "seed-1"]) {
    for (const worldId of ["default", "w1", "w2", "w10"]) {
      for (const purpose of ["call", "conv", "num", "wacid"]) {
        for (let ordinal = 0; ordinal < 600; ordinal++) drawn.add(hex(draw({ seed, worldId }, purpose, ordinal, 10)));
      }
    }
  }
  expect(drawn.size).toBe(3 * 4 * 4 * 600);
});

test("every value of a byte is drawn about equally often", () => {
  const counts = new Array<number>(256).fill(0);
  for (let ordinal = 0; ordinal < 2_000; ordinal++) {
    for (const byte of draw(source, "even", ordinal, 32)) counts[byte] = (counts[byte] ?? 0) + 1;
  }
  const expected = (2_000 * 32) / 256;
  const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // 255 degrees of freedom: 340 is passed by chance once in 3,000 times, and these draws are fixed.
  expect(chiSquared).toBeLessThan(340);
});

test("a fraction lies in [0, 1) and half of them below a half", () => {
  const fractions = Array.from({ length: 2_000 }, (_, ordinal) => drawFraction(source, "jitter", ordinal));
  expect(Math.min(...fractions)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...fractions)).toBeLessThan(1);
  const low = fractions.filter((fraction) => fraction < 0.5).length;
  expect(low).toBeGreaterThan(900);
  expect(low).toBeLessThan(1_100);
});
