import type { Command } from "../domain/commands.ts";
import { decide } from "../domain/decide/decide.ts";
import type { Decision } from "../domain/decide/decision.ts";
import type { WorldEvent } from "../domain/events.ts";
import { evolve } from "../domain/evolve/evolve.ts";
import { refuse } from "../domain/refusals/refusal.ts";
import { ringTimer, type Timer } from "../domain/ring-timer.ts";
import {
  emptyState,
  type MutableWorldState,
  type WorldMode,
  type WorldRules,
  type WorldState,
} from "../domain/state.ts";
import type { Instant } from "../domain/time.ts";
import { type Cancel, type ClockMode, type OnClockSet, WorldClock } from "./clock.ts";
import { type Subject, subjectsIn, subjectsOf } from "./subject.ts";
import { tell, throwAny } from "./tell.ts";

/** Hears of everything that happens, after it has happened, in order. */
export type Listener = (event: WorldEvent) => void;

/** Derives, from the state alone, what has to happen when about one call or pair. */
export type TimerSource = (state: WorldState, subject: Subject) => readonly Timer[];

/**
 * Says what else happens because of events that have been decided and not applied yet, from those and the state before
 * them alone. Cause and consequence are kept and applied in one step.
 */
export type Reaction = (state: WorldState, events: readonly WorldEvent[]) => readonly WorldEvent[];

export interface WorldOptions {
  readonly id: string;
  readonly seed: string;
  readonly mode: WorldMode;
  readonly rules: WorldRules;
  readonly clock: {
    readonly mode: ClockMode;
    readonly now: Instant;
    readonly machineTime?: () => number;
    readonly onSet?: OnClockSet;
  };
  /** A world that goes on where an earlier process left it: its state, and when it was created. */
  readonly restored?: { readonly state: MutableWorldState; readonly createdAt: Instant };
  /** Keeps events before they are applied; false when there is no room for them. */
  readonly keep?: (events: readonly WorldEvent[]) => boolean;
}

/** When what could not be kept is tried again, in milliseconds of world time. */
const tryAgainAfter = 1_000;

/**
 * One isolated world: a state, a clock, and the one way to change either. Commands are decided and applied within one
 * synchronous step, so two requests that race for one call have exactly one winner.
 */
export class World {
  readonly id: string;
  readonly createdAt: Instant;
  readonly clock: WorldClock;
  readonly #state: MutableWorldState;
  readonly #keep: (events: readonly WorldEvent[]) => boolean;
  readonly #listeners = new Set<Listener>();
  readonly #reactions: Reaction[] = [];
  readonly #endings = new Set<() => void>();
  readonly #timerSources: TimerSource[] = [
    (state, subject) => (subject.kind === "call" ? ringTimer(state, subject.callId) : []),
  ];
  readonly #timers = new Map<string, readonly Cancel[]>();
  readonly #unheard: WorldEvent[] = [];
  #telling = false;

  constructor(options: WorldOptions) {
    this.id = options.id;
    this.clock = new WorldClock(options.clock);
    this.createdAt = options.restored?.createdAt ?? this.clock.now();
    this.#state = options.restored?.state ?? emptyState({ seed: options.seed, worldId: options.id });
    this.#keep = options.keep ?? (() => true);
    if (options.restored !== undefined) return;
    const started: WorldEvent = { type: "world.started", at: this.createdAt, rules: options.rules, mode: options.mode };
    this.#keep([started]);
    this.#commit([started]);
  }

  /** What the world knows; readers share it and nobody else can change it. */
  get state(): WorldState {
    return this.#state;
  }

  /**
   * Decides a command and applies what follows from it, at once.
   *
   * @returns the events that happened, or the refusal, which changed nothing
   * @throws whatever a listener threw; the events have happened all the same, and everybody has heard of them
   * @example world.dispatch({ type: "terminateCall", numberId, callRef: "call_01…" })
   */
  dispatch(command: Command): Decision {
    const decision = decide(this.#state, command, this.clock.now());
    if (!decision.ok || decision.events.length === 0) return decision;
    const events = [...decision.events, ...this.#reactions.flatMap((react) => react(this.#state, decision.events))];
    if (!this.#keep(events)) return { ok: false, refusal: storageFull() };
    this.#commit(events);
    return decision;
  }

  /** Adds a listener; returns the way to remove it. */
  subscribe(listener: Listener): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Adds a reaction to everything that happens from now on. */
  addReaction(reaction: Reaction): void {
    this.#reactions.push(reaction);
  }

  /** Adds a source of timers, and sets those that follow from the present state. */
  addTimerSource(source: TimerSource): void {
    this.#timerSources.push(source);
    for (const subject of subjectsIn(this.#state)) this.#setTimers(subject);
  }

  /**
   * Puts another state in place of this one, with its time. Listeners hear `world.reset`: what they knew is gone, and
   * what there is now has to be looked at anew.
   */
  restore(state: MutableWorldState, clock: { readonly mode: ClockMode; readonly now: Instant }): void {
    this.#cancelTimers();
    Object.assign(this.#state, state);
    this.clock.restore(clock.mode, clock.now);
    for (const subject of subjectsIn(this.#state)) this.#setTimers(subject);
    this.#unheard.push({ type: "world.reset", at: this.clock.now() });
    if (!this.#telling) this.#tell();
  }

  /** Adds a listener for the end of the world; returns the way to remove it. */
  onClose(listener: () => void): Cancel {
    this.#endings.add(listener);
    return () => this.#endings.delete(listener);
  }

  close(): void {
    for (const end of [...this.#endings]) end();
    this.clock.close();
    this.#listeners.clear();
    this.#timers.clear();
  }

  #commit(events: readonly WorldEvent[]): void {
    for (const event of events) {
      evolve(this.#state, event);
      if (event.type === "world.reset") this.#cancelTimers();
    }
    for (const subject of subjectsOf(events, this.#state)) this.#setTimers(subject);
    this.#unheard.push(...events);
    if (!this.#telling) this.#tell();
  }

  /**
   * A listener may dispatch: what follows from that is heard after what is being told now. Everybody hears of everything,
   * also behind a listener that throws; what it threw comes out once all have heard (WORLD-034).
   */
  #tell(): void {
    const failures: unknown[] = [];
    this.#telling = true;
    for (let event = this.#unheard.shift(); event !== undefined; event = this.#unheard.shift())
      tell(this.#listeners, event, failures);
    this.#telling = false;
    throwAny(failures);
  }

  #cancelTimers(): void {
    for (const cancels of this.#timers.values()) for (const cancel of cancels) cancel();
    this.#timers.clear();
  }

  #setTimers(subject: Subject): void {
    for (const cancel of this.#timers.get(subject.key) ?? []) cancel();
    const timers = this.#timerSources.flatMap((source) => source(this.#state, subject));
    if (timers.length === 0) this.#timers.delete(subject.key);
    else
      this.#timers.set(
        subject.key,
        timers.map(({ at, command }) => this.clock.schedule(at, () => this.#fire(command))),
      );
  }

  /** What falls due while the disk is full is not lost: it is tried again until there is room. */
  #fire(command: Command): void {
    const decision = this.dispatch(command);
    if (decision.ok || decision.refusal.code !== "STORAGE_FULL") return;
    this.clock.schedule(this.clock.now() + tryAgainAfter, () => this.#fire(command));
  }
}

function storageFull() {
  return refuse("STORAGE_FULL", {
    message:
      "Nothing was changed: the journal of the data directory can't be written, because its disk is full. Make room; what only reads goes on.",
  });
}
