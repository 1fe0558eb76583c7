import { draw } from "../domain/draw.ts";
import { hex } from "../domain/encoding.ts";
import type { ApiKey } from "../domain/key.ts";
import { type Refusal, refuse } from "../domain/refusals/refusal.ts";
import type { WorldMode, WorldRules } from "../domain/state.ts";
import { HOUR, type Instant, MINUTE } from "../domain/time.ts";
import type { Cancel, ClockMode } from "./clock.ts";
import { RequestLog } from "./request-log.ts";
import { seedDirectory, seedPeople } from "./seed.ts";
import { Timeline } from "./timeline.ts";
import { World } from "./world.ts";

/** A world with what is remembered beside its state. */
export interface Place {
  readonly world: World;
  readonly requests: RequestLog;
  readonly timeline: Timeline;
}

/** A key that was found, with the world it opens. */
export interface FoundKey {
  readonly place: Place;
  readonly key: ApiKey;
}

/** Adds to a fresh world whatever listens to it or acts in it; returns the way to take it away again. */
export type Equip = (place: Place) => Cancel;

export interface NewWorld {
  readonly id?: string;
  readonly seed?: string;
  readonly mode?: WorldMode;
  readonly clock?: ClockMode;
  readonly now?: Instant;
  readonly strict?: boolean;
}

export interface WorldsOptions {
  readonly seed: string;
  readonly rules: WorldRules;
  readonly equip: Equip;
  /** The machine's time of day, in milliseconds since 1970: where a new world's clock begins. */
  readonly timeOfDay: () => Instant;
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
  readonly #bySecret = new Map<string, FoundKey>();
  readonly #byKeyId = new Map<string, FoundKey>();
  readonly #sweeper: ReturnType<typeof setInterval>;
  #created = 0;

  constructor(options: WorldsOptions) {
    this.#options = options;
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
    if (this.#worlds.size >= mostWorlds) {
      return {
        ok: false,
        refusal: refuse("TOO_MANY_WORLDS", {
          message: `There are ${mostWorlds} worlds already, as many as there may be. Delete one with DELETE /_sandbox/worlds/{id}.`,
        }),
      };
    }
    const seed = wanted.seed ?? this.#options.seed;
    const id = wanted.id ?? `w${hex(draw({ seed, worldId: "" }, "world", this.#created, 6))}`;
    if (this.#worlds.has(id)) {
      return {
        ok: false,
        refusal: refuse("WORLD_ALREADY_EXISTS", {
          message: `There is a world ${id} already. Choose another id, or reset that world.`,
        }),
      };
    }
    this.#created++;
    const place = this.#open(id, seed, wanted);
    return { ok: true, place };
  }

  /** The world that is always there; requests without a valid key are logged in it. */
  get defaultPlace(): Place {
    const place = this.#worlds.get("default");
    if (place === undefined) throw new Error("The world default is gone: the sandbox was closed");
    return place;
  }

  get(id: string): Place | undefined {
    const found = this.#worlds.get(id);
    if (found !== undefined) found.lastUsedAt = performance.now();
    return found;
  }

  /** The world that a key opens, by the key itself. */
  bySecret(secret: string): FoundKey | undefined {
    return this.#used(this.#bySecret.get(secret));
  }

  /** The world that a key opens, by the key's id. */
  byKeyId(id: string): FoundKey | undefined {
    return this.#used(this.#byKeyId.get(id));
  }

  /** Brings a world back to its seed: same numbers, same keys, nothing else. */
  reset(place: Place): void {
    place.world.dispatch({ type: "resetWorld" });
    seedPeople(place.world);
  }

  /** Removes a world; whatever waits in it never happens. */
  remove(id: string): void {
    const found = this.#worlds.get(id);
    if (found === undefined) return;
    this.#worlds.delete(id);
    this.#forgetKeys(found);
    found.leave();
    found.world.close();
  }

  /** Removes the worlds that nobody used for an hour; `default` stays. */
  removeIdle(now = performance.now()): void {
    for (const [id, { lastUsedAt }] of this.#worlds) {
      if (id !== "default" && now - lastUsedAt > idleFor) this.remove(id);
    }
  }

  close(): void {
    clearInterval(this.#sweeper);
    for (const id of [...this.#worlds.keys()]) this.remove(id);
  }

  #open(id: string, seed: string, wanted: NewWorld): Place {
    const world = new World({
      id,
      seed,
      mode: wanted.mode ?? "scripted",
      rules: { ...this.#options.rules, strict: wanted.strict ?? this.#options.rules.strict },
      clock: { mode: wanted.clock ?? "real", now: wanted.now ?? this.#options.timeOfDay() },
    });
    const timeline = new Timeline();
    const place: Place = { world, requests: new RequestLog(), timeline };
    const effects = [timeline.attach(world), this.#rememberKeys(place), this.#options.equip(place)];
    const leave = () => {
      for (const stop of effects) stop();
    };
    this.#worlds.set(id, { ...place, leave, lastUsedAt: performance.now() });
    seedDirectory(world);
    world.dispatch({ type: "sealSeed" });
    seedPeople(world);
    return place;
  }

  #rememberKeys(place: Place): Cancel {
    return place.world.subscribe((event) => {
      if (event.type === "key.issued") this.#remember({ place, key: event.key });
      if (event.type === "world.reset") {
        this.#forgetKeys(place);
        for (const key of place.world.state.keys.values()) this.#remember({ place, key });
      }
    });
  }

  #remember(found: FoundKey): void {
    this.#bySecret.set(found.key.secret, found);
    this.#byKeyId.set(found.key.id, found);
  }

  #forgetKeys({ world }: Place): void {
    for (const [secret, { place, key }] of this.#bySecret) {
      if (place.world !== world) continue;
      this.#bySecret.delete(secret);
      this.#byKeyId.delete(key.id);
    }
  }

  #used(found: FoundKey | undefined): FoundKey | undefined {
    const inhabited = found === undefined ? undefined : this.#worlds.get(found.place.world.id);
    if (inhabited !== undefined) inhabited.lastUsedAt = performance.now();
    return found;
  }
}
