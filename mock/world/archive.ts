import type { WorldEvent } from "../domain/events.ts";
import type { WorldMode, WorldRules } from "../domain/state.ts";
import type { Instant } from "../domain/time.ts";
import type { ClockMode } from "./clock.ts";
import type { StateDump } from "./state-dump.ts";

/** What a world was created with. */
export interface WorldBirth {
  readonly id: string;
  readonly seed: string;
  readonly mode: WorldMode;
  readonly rules: WorldRules;
  readonly createdAt: Instant;
}

/** Where a clock stood, and what time of day it was then: a real clock goes on while the sandbox is down. */
export interface SavedClock {
  readonly mode: ClockMode;
  readonly now: Instant;
  readonly timeOfDay: Instant;
}

export interface SavedWorld {
  readonly birth: WorldBirth;
  readonly clock: SavedClock;
  /** The state up to some moment, and every event after it. */
  readonly snapshot: StateDump | null;
  readonly events: Iterable<WorldEvent>;
}

/** Where worlds outlive the process. `mock/journal` is one in SQLite; a sandbox without a data directory has none. */
export interface WorldArchive {
  /** Keeps all that `work` hands in, or nothing: a world is born in one step. */
  atomically<T>(work: () => T): T;
  /** Keeps events before they are applied; false when there is no room, and then nothing was kept. */
  append(worldId: string, events: readonly WorldEvent[]): boolean;
  saveBirth(birth: WorldBirth, clock: SavedClock): void;
  saveClock(worldId: string, clock: SavedClock): void;
  saveSnapshot(worldId: string, dump: StateDump): void;
  forget(worldId: string): void;
  /** Everything that was kept, oldest world first. Each world is read while it is asked for. */
  worlds(): Iterable<SavedWorld>;
  close(): void;
}
