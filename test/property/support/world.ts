import type { WorldEvent } from "../../../mock/domain/events.ts";
import type { BusinessNumber } from "../../../mock/domain/number.ts";
import type { WorldMode, WorldRules } from "../../../mock/domain/state.ts";
import { attachTemplatePeer } from "../../../mock/media/template-peer.ts";
import { builtInScripts } from "../../../mock/people/built-in-scripts.ts";
import { people } from "../../../mock/people/people.ts";
import { seedDirectory, seedPeople } from "../../../mock/world/seed.ts";
import { World } from "../../../mock/world/world.ts";

const rules: WorldRules = { strict: false, sdpErrorCode: 138008 };

/** The instant at which every world of a property begins. */
export const start = Date.UTC(2026, 0, 1);

/** A world as a sandbox has it, with everything that ever happened in it. */
export interface Recorded {
  readonly world: World;
  /** From `world.started` on, in the order in which it was heard. */
  readonly events: readonly WorldEvent[];
}

export function recordedWorld(options: { id?: string; seed?: string; mode?: WorldMode } = {}): Recorded {
  const { id = "w", seed = "s", mode = "scripted" } = options;
  const world = new World({ id, seed, mode, rules, clock: { mode: "virtual", now: start } });
  const events: WorldEvent[] = [{ type: "world.started", at: start, rules, mode }];
  world.subscribe((event) => events.push(event));
  world.addTimerSource(people(builtInScripts));
  attachTemplatePeer(world);
  seedDirectory(world);
  world.dispatch({ type: "sealSeed" });
  seedPeople(world);
  return { world, events };
}

/** A seeded number of a world by the end of its phone number, for example 1 for the META one. */
export function numberOf(world: World, last: number): BusinessNumber {
  for (const number of world.state.numbers.values()) if (number.number.endsWith(`000${last}`)) return number;
  throw new Error(`There is no number ${last}`);
}
