import type { Command } from "../domain/commands.ts";
import { decide } from "../domain/decide/decide.ts";
import type { Decision } from "../domain/decide/decision.ts";
import type { WorldEvent } from "../domain/events.ts";
import { evolve } from "../domain/evolve/evolve.ts";
import { ringTimer, type Timer } from "../domain/ring-timer.ts";
import {
  emptyState,
  type MutableWorldState,
  type WorldMode,
  type WorldRules,
  type WorldState,
} from "../domain/state.ts";
import type { Instant } from "../domain/time.ts";
import { type Cancel, type ClockMode, WorldClock } from "./clock.ts";
import { type Subject, subjectsIn, subjectsOf } from "./subject.ts";

/** Hears of everything that happens, after it has happened, in order. */
export type Listener = (event: WorldEvent) => void;

/** Derives, from the state alone, what has to happen when about one call or pair. */
export type TimerSource = (state: WorldState, subject: Subject) => readonly Timer[];

export interface WorldOptions {
  readonly id: string;
  readonly seed: string;
  readonly mode: WorldMode;
  readonly rules: WorldRules;
  readonly clock: { readonly mode: ClockMode; readonly now: Instant; readonly machineTime?: () => number };
}

/**
 * One isolated world: a state, a clock, and the one way to change either. Commands are decided and applied within one
 * synchronous step, so two requests that race for one call have exactly one winner.
 */
export class World {
  readonly id: string;
  readonly createdAt: Instant;
  readonly clock: WorldClock;
  readonly #state: MutableWorldState;
  readonly #listeners = new Set<Listener>();
  readonly #timerSources: TimerSource[] = [
    (state, subject) => (subject.kind === "call" ? ringTimer(state, subject.callId) : []),
  ];
  readonly #timers = new Map<string, readonly Cancel[]>();
  #unheard: WorldEvent[] = [];
  #telling = false;

  constructor(options: WorldOptions) {
    this.id = options.id;
    this.clock = new WorldClock(options.clock);
    this.createdAt = this.clock.now();
    this.#state = emptyState({ seed: options.seed, worldId: options.id });
    this.#commit([{ type: "world.started", at: this.createdAt, rules: options.rules, mode: options.mode }]);
  }

  /** What the world knows; readers share it and nobody else can change it. */
  get state(): WorldState {
    return this.#state;
  }

  /**
   * Decides a command and applies what follows from it, at once.
   *
   * @returns the events that happened, or the refusal, which changed nothing
   * @example world.dispatch({ type: "terminateCall", numberId, callRef: "call_01…" })
   */
  dispatch(command: Command): Decision {
    const decision = decide(this.#state, command, this.clock.now());
    if (decision.ok) this.#commit(decision.events);
    return decision;
  }

  /** Adds a listener; returns the way to remove it. */
  subscribe(listener: Listener): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Adds a source of timers, and sets those that follow from the present state. */
  addTimerSource(source: TimerSource): void {
    this.#timerSources.push(source);
    for (const subject of subjectsIn(this.#state)) this.#setTimers(subject);
  }

  close(): void {
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

  /** A listener may dispatch: what follows from that is heard after what is being told now. */
  #tell(): void {
    this.#telling = true;
    try {
      for (let event = this.#unheard.shift(); event !== undefined; event = this.#unheard.shift()) {
        for (const listener of this.#listeners) listener(event);
      }
    } finally {
      this.#telling = false;
      this.#unheard = [];
    }
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
        timers.map(({ at, command }) => this.clock.schedule(at, () => this.dispatch(command))),
      );
  }
}
