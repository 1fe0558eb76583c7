import fc from "fast-check";
import { expect, test } from "vitest";
import { base64, hex, ulid } from "../../mock/domain/encoding.ts";

const bytes = fc.uint8Array({ maxLength: 64 });
const tenBytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 });

test("hex and base64 say what Node's own encoders say", () => {
  fc.assert(
    fc.property(bytes, (some) => {
      expect(hex(some)).toBe(Buffer.from(some).toString("hex"));
      expect(base64(some)).toBe(Buffer.from(some).toString("base64"));
    }),
    { numRuns: 50 },
  );
});

test("a ULID carries its time and its eighty random bits, and nothing else", () => {
  fc.assert(
    fc.property(instant, tenBytes, (at, random) => {
      const text = ulid(at, random);
      expect(text).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
      expect(numberOf(text.slice(0, 10))).toBe(BigInt(at));
      expect(numberOf(text.slice(10))).toBe(BigInt(`0x${Buffer.from(random).toString("hex")}`));
    }),
    { numRuns: 100 },
  );
});

test("ULIDs of later instants sort later", () => {
  fc.assert(
    fc.property(instant, instant, tenBytes, (one, other, random) => {
      fc.pre(one !== other);
      expect(ulid(one, random) < ulid(other, random)).toBe(one < other);
    }),
    { numRuns: 100 },
  );
});

test("the ULID of the specification's example time begins with its example letters", () => {
  expect(ulid(1_469_918_176_385, new Uint8Array(10))).toBe("01ARYZ6S410000000000000000");
});

/** Crockford's base 32, read the slow way. */
function numberOf(text: string): bigint {
  let value = 0n;
  for (const character of text) value = value * 32n + BigInt("0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(character));
  return value;
}
