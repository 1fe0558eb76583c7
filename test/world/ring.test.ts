import fc from "fast-check";
import { expect, test } from "vitest";
import { Ring } from "../../mock/world/ring.ts";

test("a ring keeps the newest and hands on the oldest, each once and in order", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(30), (capacity, count) => {
      const dropped: number[] = [];
      const ring = new Ring<number>(capacity, (item) => dropped.push(item));
      for (let item = 0; item < count; item++) ring.add(item);
      const items = Array.from({ length: count }, (_, item) => item);
      expect([...ring.newestFirst()]).toEqual(items.slice(-capacity).toReversed());
      expect(dropped).toEqual(items.slice(0, Math.max(0, count - capacity)));
    }),
    { numRuns: 100 },
  );
});
