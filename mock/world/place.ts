import { evolve } from "../domain/evolve/evolve.ts";
import { emptyState } from "../domain/state.ts";
import type { Instant } from "../domain/time.ts";
import { FaultBook } from "../faults/fault-book.ts";
import type { SavedWorld, WorldArchive, WorldBirth } from "./archive.ts";
import type { ClockMode } from "./clock.ts";
import { RequestLog } from "./request-log.ts";
import { dumpState, loadState } from "./state-dump.ts";
import { Timeline } from "./timeline.ts";
import { World, type WorldOptions } from "./world.ts";

/** A world with what is remembered beside its state. */
export interface Place {
  readonly world: World;
  readonly requests: RequestLog;
  readonly timeline: Timeline;
  readonly faults: FaultBook;
}

/** What opening a world needs from outside. */
export interface PlaceOptions {
  /** Null keeps worlds in memory only. */
  readonly archive: WorldArchive | null;
  /** The machine's time of day, in milliseconds since 1970. */
  readonly timeOfDay: () => Instant;
}

/** Once a restart has replayed that many events, a snapshot is taken so that the next one need not. */
export const replayedAtMost = 20_000;

/** Opens a world in which nothing has happened yet. */
export function newPlace(birth: WorldBirth, clock: ClockMode, options: PlaceOptions): Place {
  options.archive?.saveBirth(birth, { mode: clock, now: birth.createdAt, timeOfDay: options.timeOfDay() });
  const world = new World({ ...common(birth, options), clock: clockOf(birth, clock, birth.createdAt, options) });
  return { world, requests: new RequestLog(), timeline: new Timeline(), faults: faultsOf(world) };
}

/** Opens a world that an earlier process left: its snapshot, the events since, and its clock, which never runs back. */
export function restoredPlace(saved: SavedWorld, options: PlaceOptions): Place {
  const { birth, clock } = saved;
  const state =
    saved.snapshot === null ? emptyState({ seed: birth.seed, worldId: birth.id }) : loadState(saved.snapshot);
  const timeline = new Timeline();
  let now = clock.mode === "virtual" ? clock.now : clock.now + Math.max(0, options.timeOfDay() - clock.timeOfDay);
  let replayed = 0;
  for (const event of saved.events) {
    evolve(state, event);
    timeline.hear(event);
    now = Math.max(now, event.at);
    replayed++;
  }
  if (replayed > replayedAtMost) options.archive?.saveSnapshot(birth.id, dumpState(state));
  const world = new World({
    ...common(birth, options),
    clock: clockOf(birth, clock.mode, now, options),
    restored: { state, createdAt: birth.createdAt },
  });
  return { world, requests: new RequestLog(), timeline, faults: faultsOf(world) };
}

/** Rules for failures are not part of the state: a reset lets them start anew, and nothing keeps them (CTRL-066). */
function faultsOf(world: World): FaultBook {
  const faults = new FaultBook({ source: world.state.source, now: () => world.clock.now() });
  world.subscribe((event) => {
    if (event.type === "world.reset") faults.reset();
  });
  return faults;
}

function common(birth: WorldBirth, { archive }: PlaceOptions): Omit<WorldOptions, "clock"> {
  const { id, seed, mode, rules } = birth;
  return { id, seed, mode, rules, ...(archive === null ? {} : { keep: (events) => archive.append(id, events) }) };
}

function clockOf(
  { id }: WorldBirth,
  mode: ClockMode,
  now: Instant,
  { archive, timeOfDay }: PlaceOptions,
): WorldOptions["clock"] {
  if (archive === null) return { mode, now };
  return { mode, now, onSet: (set, at) => archive.saveClock(id, { mode: set, now: at, timeOfDay: timeOfDay() }) };
}
