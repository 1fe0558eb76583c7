import fc from "fast-check";
import { expect, test } from "vitest";
import type { World } from "../../mock/world/world.ts";
import { callable, testSandbox } from "../support/sandbox.ts";
import { happen, story } from "./support/steps.ts";
import { numberOf, recordedWorld } from "./support/world.ts";

const limits = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });

/** All pages of a number, each with the next of the limits, `before` being the last call's createdAt. */
function pageThrough(world: World, numberId: string, sizes: readonly number[], between: () => void): string[] {
  const seen: string[] = [];
  let before: number | null = null;
  for (let page = 0; page < 1_000; page++) {
    const calls = world.state.calls.page(numberId, sizes[page % sizes.length] ?? 1, before);
    seen.push(...calls.map(({ id }) => id));
    const last = calls.at(-1);
    if (last === undefined) return seen;
    before = last.createdAt;
    between();
  }
  throw new Error("Paging never comes to an end");
}

test("CALL-LIST-017, CALL-LIST-019: pages of any sizes lose and repeat no call of a number", async () => {
  await fc.assert(
    fc.asyncProperty(story, limits, async (steps, sizes) => {
      const { world } = recordedWorld();
      for (const step of steps) await happen(world, step);
      for (const numberId of world.state.numbers.keys()) {
        const own = [...world.state.calls.all()].filter((call) => call.numberId === numberId).map(({ id }) => id);
        expect(pageThrough(world, numberId, sizes, () => undefined)).toEqual(own.toReversed());
      }
    }),
    { numRuns: 60 },
  );
});

test("CALL-LIST-017, CALL-LIST-018: calls that begin while somebody pages change no later page", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), limits, (count, sizes) => {
      const { world } = recordedWorld({ mode: "manual" });
      const numberId = numberOf(world, 2).id;
      const ring = () =>
        world.dispatch({ type: "startCall", numberId, to: "5511988887777", sdp: null, bizOpaqueCallbackData: null });
      for (let call = 0; call < count; call++) ring();
      const before = world.state.calls.page(numberId, 100, null).map(({ id }) => id);
      expect(pageThrough(world, numberId, sizes, ring)).toEqual(before);
    }),
    { numRuns: 40 },
  );
});

test("CALL-LIST-017: over the API, too, calls of one millisecond are neither lost nor repeated", async () => {
  const sandbox = testSandbox({ mode: "manual" });
  const started: string[] = [];
  for (let call = 0; call < 12; call++) {
    started.unshift((await sandbox.api("evo", "POST", "/calls", { to: callable })).body.id);
  }
  const seen: string[] = [];
  for (let before = "", page = 0; page < 10; page++) {
    const { body } = await sandbox.api("evo", "GET", `/calls?limit=5${before}`);
    if (body.calls.length === 0) break;
    seen.push(...body.calls.map(({ id }: { id: string }) => id));
    before = `&before=${body.calls.at(-1).createdAt}`;
  }
  expect(seen).toEqual(started);
});
