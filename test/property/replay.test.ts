import fc from "fast-check";
import { expect, test } from "vitest";
import type { WorldEvent } from "../../mock/domain/events.ts";
import { evolve } from "../../mock/domain/evolve/evolve.ts";
import { emptyState, type MutableWorldState } from "../../mock/domain/state.ts";
import { builtInScripts } from "../../mock/people/built-in-scripts.ts";
import { people } from "../../mock/people/people.ts";
import { World } from "../../mock/world/world.ts";
import { dump } from "./support/dump.ts";
import { happen, type Step, story } from "./support/steps.ts";
import { recordedWorld } from "./support/world.ts";

/** The state that follows from events alone, each gone through JSON as a journal would have it. */
function replayed(events: readonly WorldEvent[]): MutableWorldState {
  const state = emptyState({ seed: "s", worldId: "w" });
  for (const event of events) evolve(state, JSON.parse(JSON.stringify(event)));
  return state;
}

async function play(steps: readonly Step[]) {
  const recorded = recordedWorld();
  for (const step of steps) await happen(recorded.world, step);
  return recorded;
}

/** A world that goes on from its events, as after a restart. */
function revived(events: readonly WorldEvent[], now: number): World {
  const world = new World({
    id: "w",
    seed: "s",
    mode: "scripted",
    rules: { strict: false, sdpErrorCode: 138008 },
    clock: { mode: "virtual", now },
    restored: { state: replayed(events), createdAt: now },
  });
  world.addTimerSource(people(builtInScripts));
  return world;
}

test("the events of a world, applied to an empty state, give the same state in every detail", async () => {
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const { world, events } = await play(steps);
      const now = world.clock.now();
      expect(dump(replayed(events), now)).toBe(dump(world.state, now));
    }),
    { numRuns: 100 },
  );
});

test("CLOCK-016: timers follow from the state, so that a revived world waits for exactly the same", async () => {
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      const { world, events } = await play(steps);
      const again = revived(events, world.clock.now());
      expect(again.clock.waiting).toBe(world.clock.waiting);
    }),
    { numRuns: 60 },
  );
});

test("CLOCK-016: a revived world goes on like one that never stopped", async () => {
  await fc.assert(
    fc.asyncProperty(story, fc.constantFrom(0, 1, 700, 61_000, 8 * 86_400_000), async (steps, later) => {
      const { world, events } = await play(steps);
      const again = revived(events, world.clock.now());
      await world.clock.advance(later);
      await again.clock.advance(later);
      expect(dump(again.state, again.clock.now())).toBe(dump(world.state, world.clock.now()));
    }),
    { numRuns: 60 },
  );
});
