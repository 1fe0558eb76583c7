import { SlidingWindow } from "../../mock/domain/sliding-window.ts";
import type { World } from "../../mock/world/world.ts";

/**
 * Everything a world knows, as JSON: two dumps are equal exactly when nothing changed in between.
 *
 * @example const before = dumpState(sandbox.world); …; expect(dumpState(sandbox.world)).toBe(before)
 */
export function dumpState({ state, clock }: World): string {
  const { calls, ...rest } = state;
  const kept = [...calls.all()].map((call) => ({ ...call, sdp: calls.sdp(call.id) }));
  return JSON.stringify({ ...rest, calls: kept, timers: clock.waiting }, (_key, value: unknown) =>
    plain(value, clock.now()),
  );
}

function plain(value: unknown, now: number): unknown {
  if (value instanceof Map) return [...value.entries()];
  if (value instanceof SlidingWindow) return { count: value.count(now), freesAt: value.freesAt(now) };
  return value;
}
