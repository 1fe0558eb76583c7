import { draw } from "../domain/draw.ts";
import { hex } from "../domain/encoding.ts";
import { type Refusal, refuse } from "../domain/refusals/refusal.ts";
import type { WorldMode, WorldRules } from "../domain/state.ts";
import { HOUR, type Instant, MINUTE } from "../domain/time.ts";
import type { WorldArchive, WorldBirth } from "./archive.ts";
import type { Cancel, ClockMode } from "./clock.ts";
import { type FoundKey, KeyRing } from "./key-ring.ts";
import { newPlace, type Place, restoredPlace } from "./place.ts";
import { keysOf, seedDirectory, seedPeople } from "./seed.ts";
import { loadState, type StateDump } from "./state-dump.ts";
import type { World } from "./world.ts";

export type { FoundKey, Place };

/** Adds to a world whatever listens to it or acts in it; returns the way to take it away again. */
export type Equip = (place: Place) => Cancel;

export interface NewWorld {
  readonly id?: string;
  readonly seed?: string;
  readonly mode?: WorldMode;
  readonly clock?: ClockMode;
  readonly now?: Instant;
  readonly strict?: boolean;
  /** Adds numbers and keys of its own, before the seed is sealed: a reset comes back to them. */
  readonly furnish?: (place: Place) => void;
}

export interface WorldsOptions {
  readonly seed: string;
  readonly rules: WorldRules;
  readonly equip: Equip;
  /** The machine's time of day, in milliseconds since 1970: where a new world's clock begins. */
  readonly timeOfDay: () => Instant;
  /** Where worlds outlive the process; null keeps them in memory. */
  readonly archive: WorldArchive | null;
  /** Adds to every new world what belongs to its seed. */
  readonly furnish?: (world: World) => void;
  /** Adds people to a world that is new or was reset, after those that every world knows. */
  readonly populate?: (world: World) => void;
}

export const mostWorlds = 1_000;
const idleFor = HOUR;
const sweepEvery = 5 * MINUTE;

interface Inhabited extends Place {
  readonly leave: Cancel;
  lastUsedAt: number;
}

/** All worlds of a sandbox. The key is the tenant: it tells which world a request is for. */
export class Worlds {
  readonly #options: WorldsOptions;
  readonly #worlds = new Map<string, Inhabited>();
  readonly #keys = new KeyRing();
  readonly #sweeper: ReturnType<typeof setInterval>;
  #drawn = 0;

  constructor(options: WorldsOptions) {
    this.#options = options;
    for (const saved of options.archive?.worlds() ?? []) {
      const { world } = this.#inhabit(restoredPlace(saved, options));
      // What fell due while a virtual clock's process was gone happens now; a real clock sees to it by itself.
      if (world.clock.mode === "virtual") void world.clock.advance(0);
    }
    this.#sweeper = setInterval(() => this.removeIdle(), sweepEvery);
    if (typeof this.#sweeper === "object") this.#sweeper.unref();
  }

  get size(): number {
    return this.#worlds.size;
  }

  /**
   * Creates a world with the numbers, keys and people that every world starts with.
   *
   * @returns the place, or a refusal when the id is taken or there are too many worlds
   */
  create(wanted: NewWorld): { ok: true; place: Place } | { ok: false; refusal: Refusal } {
    const seed = wanted.seed ?? this.#options.seed;
    const id = wanted.id ?? this.#drawId(seed);
    const refusal = this.#refuse(id);
    if (refusal !== null) return { ok: false, refusal };
    const birth = {
      id,
      seed,
      mode: wanted.mode ?? "scripted",
      rules: { ...this.#options.rules, strict: wanted.strict ?? this.#options.rules.strict },
      createdAt: wanted.now ?? this.#options.timeOfDay(),
    };
    const { archive } = this.#options;
    const bear = () => this.#bear(birth, wanted);
    return { ok: true, place: archive === null ? bear() : archive.atomically(bear) };
  }

  /** The world that is always there; requests without a valid key are logged in it. */
  get defaultPlace(): Place {
    const place = this.#worlds.get("default");
    if (place === undefined) throw new Error("The world default is gone: the sandbox was closed");
    return place;
  }

  get(id: string): Place | undefined {
    return this.#used(this.#worlds.get(id));
  }

  /** The world that a key opens, by the key itself. */
  bySecret(secret: string): FoundKey | undefined {
    const found = this.#keys.bySecret(secret);
    this.#used(this.#worlds.get(found?.place.world.id ?? ""));
    return found;
  }

  /** The world that a key opens, by the key's id. */
  byKeyId(id: string): FoundKey | undefined {
    const found = this.#keys.byKeyId(id);
    this.#used(this.#worlds.get(found?.place.world.id ?? ""));
    return found;
  }

  /** Brings a world back to its seed: same numbers, same keys, nothing else. */
  reset(place: Place): void {
    place.world.dispatch({ type: "resetWorld" });
    this.#populate(place);
  }

  /** Puts a state that was written down in place of a world's own. */
  restore(place: Place, dump: StateDump, clock: { readonly mode: ClockMode; readonly now: Instant }): void {
    const state = loadState(dump);
    this.#options.archive?.saveSnapshot(place.world.id, dump);
    place.world.restore(state, clock);
  }

  /** Removes a world for good; whatever waits in it never happens. */
  remove(id: string): void {
    this.#leave(id);
    this.#options.archive?.forget(id);
  }

  /** Removes the worlds that nobody used for an hour; `default` stays. */
  removeIdle(now = performance.now()): void {
    for (const [id, { lastUsedAt }] of this.#worlds) {
      if (id !== "default" && now - lastUsedAt > idleFor) this.remove(id);
    }
  }

  /** Stops every world; those in an archive are there again at the next start. */
  close(): void {
    clearInterval(this.#sweeper);
    for (const id of [...this.#worlds.keys()]) this.#leave(id);
    this.#options.archive?.close();
  }

  #bear(birth: WorldBirth, { clock = "real", furnish }: NewWorld): Place {
    const place = this.#inhabit(newPlace(birth, clock, this.#options));
    seedDirectory(place.world);
    furnish?.(place);
    this.#options.furnish?.(place.world);
    place.world.dispatch({ type: "sealSeed" });
    this.#populate(place);
    return place;
  }

  #populate({ world }: Place): void {
    seedPeople(world);
    this.#options.populate?.(world);
  }

  #refuse(id: string): Refusal | null {
    if (this.#worlds.has(id)) {
      return refuse("WORLD_ALREADY_EXISTS", {
        message: `There is a world ${id} already. Choose another id, or reset that world.`,
      });
    }
    if (Object.values(keysOf(id)).some((key) => this.#keys.bySecret(key) !== undefined)) {
      return refuse("WORLD_ALREADY_EXISTS", {
        message: `The keys of a world ${id} would be those of another world. Choose another id.`,
      });
    }
    if (this.#worlds.size < mostWorlds) return null;
    return refuse("TOO_MANY_WORLDS", {
      message: `There are ${mostWorlds} worlds already, as many as there may be. Delete one with DELETE /_sandbox/worlds/{id}.`,
    });
  }

  #drawId(seed: string): string {
    for (;;) {
      const id = `w${hex(draw({ seed, worldId: "" }, "world", this.#drawn++, 6))}`;
      if (!this.#worlds.has(id)) return id;
    }
  }

  #inhabit(place: Place): Place {
    const { world, timeline } = place;
    const effects = [timeline.attach(world), this.#keys.attach(place), this.#options.equip(place)];
    const leave = () => {
      for (const stop of effects) stop();
    };
    this.#worlds.set(world.id, { ...place, leave, lastUsedAt: performance.now() });
    return place;
  }

  #leave(id: string): void {
    const found = this.#worlds.get(id);
    if (found === undefined) return;
    this.#worlds.delete(id);
    found.leave();
    found.world.close();
  }

  #used<P extends Inhabited | undefined>(found: P): P {
    if (found !== undefined) found.lastUsedAt = performance.now();
    return found;
  }
}
