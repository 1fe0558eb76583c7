import { draw } from "../domain/draw.ts";
import { hex } from "../domain/encoding.ts";
import type { WorldState } from "../domain/state.ts";

/** The key of an added number: starts with `ps_` like every key, and names its world (AUTH-013). */
export function randomKey(state: WorldState): string {
  return `ps_${state.source.worldId}_${hex(draw(state.source, "key", state.ordinals.num, 8))}`;
}
