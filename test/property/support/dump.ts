import type { SlidingWindow } from "../../../mock/domain/sliding-window.ts";
import type { WorldState } from "../../../mock/domain/state.ts";
import type { Instant } from "../../../mock/domain/time.ts";

/** Everything a world knows as one text; two states with the same text behave the same from `now` on. */
export function dump(state: WorldState, now: Instant): string {
  const windows = (_key: string, value: unknown) => (isWindow(value) ? instantsIn(value, now) : value);
  return JSON.stringify(
    {
      ...state,
      seed: { ...state.seed, numbers: [...state.seed.numbers], keys: [...state.seed.keys] },
      numbers: [...state.numbers],
      traffic: [...state.traffic],
      keys: [...state.keys],
      contacts: [...state.contacts],
      pairs: [...state.pairs],
      calls: [...state.calls.all()].map((call) => ({ ...call, ...state.calls.sdp(call.id) })),
      pages: [...state.numbers.keys()].map((id) => state.calls.page(id, 10_000, null).map((call) => call.id)),
      latest: state.calls.latest()?.id ?? null,
      live: [...state.live],
      tokens: [...state.tokens],
    },
    windows,
  );
}

function isWindow(value: unknown): value is SlidingWindow {
  return typeof value === "object" && value !== null && "freesAt" in value;
}

/** The instants that a window still counts, oldest first. */
export function instantsIn(window: SlidingWindow, now: Instant): readonly Instant[] {
  return window.instants().filter((at) => at > now - window.lengthMs);
}
