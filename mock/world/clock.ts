import type { Instant } from "../domain/time.ts";
import { TimerHeap } from "./timer-heap.ts";

export type ClockMode = "real" | "virtual";

/** Takes a scheduled call back; harmless when it has already fired. */
export type Cancel = () => void;

/** Hears of every change of mode and every advance, with the world's time afterwards. */
export type OnClockSet = (mode: ClockMode, now: Instant) => void;

// `setTimeout` holds a signed 32-bit count of milliseconds; longer waits are cut into pieces.
const longestTimeout = 2 ** 31 - 1;

/** An advance that has waited for so many milliseconds of real time is taken to wait for whoever asks for the next one. */
const stuckAfterMs = 1_000;

/** After so many milliseconds of firing, sockets get a turn: a machine that is behind must not stop reading as well. */
const mostFiringMs = 10;

/**
 * The clock of one world. `real` runs with the machine, `virtual` stands still until it is advanced. World time never
 * runs backwards: going back to real continues from the present world time.
 */
export class WorldClock {
  readonly #timers = new TimerHeap();
  readonly #effects = new Set<Promise<unknown>>();
  readonly #machineTime: () => number;
  readonly #onSet: OnClockSet;
  #mode: ClockMode;
  /** World time when the clock was last set, and the machine's time at that moment. */
  #setTo: Instant;
  #setAt: number;
  #timeout: ReturnType<typeof setTimeout> | null = null;
  /** What the timeout waits for. */
  #armedFor: Instant = Number.POSITIVE_INFINITY;
  #firing = false;
  #advancing: Promise<unknown> = Promise.resolve();
  /** The machine's time since which an advance waits for the effects of one timer. */
  #settlingSince: number | null = null;
  #heading: Instant | null = null;
  #closed = false;

  /**
   * @param options `mode`; `now` in milliseconds since 1970; `machineTime` a steady count of milliseconds; `onSet` hears
   *   of every change of mode and every advance
   */
  constructor(options: { mode: ClockMode; now: Instant; machineTime?: () => number; onSet?: OnClockSet }) {
    this.#onSet = options.onSet ?? (() => undefined);
    this.#machineTime = options.machineTime ?? (() => performance.now());
    this.#mode = options.mode;
    this.#setTo = options.now;
    this.#setAt = this.#machineTime();
  }

  get mode(): ClockMode {
    return this.#mode;
  }

  /** The world's time, in whole milliseconds since 1970. */
  now(): Instant {
    if (this.#mode === "virtual") return this.#setTo;
    return this.#setTo + Math.max(0, Math.floor(this.#machineTime() - this.#setAt));
  }

  /**
   * Calls `fire` once, when world time reaches `at`; timers of one instant fire in the order they were set. A closed
   * clock takes no timers: whatever waits in a removed world never happens.
   */
  schedule(at: Instant, fire: () => void): Cancel {
    if (this.#closed) return () => undefined;
    const timer = this.#timers.add(at, fire);
    if (at < this.#armedFor && !this.#firing) this.#arm();
    return () => this.#timers.cancel(timer);
  }

  /** Resolves when so many milliseconds of world time have passed. */
  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.schedule(this.now() + milliseconds, resolve));
  }

  /** Has an advance wait, between two timers, until this work is done: a webhook delivery is real I/O. */
  await(effect: Promise<unknown>): void {
    this.#effects.add(effect);
    const done = () => this.#effects.delete(effect);
    effect.then(done, done);
  }

  /**
   * Moves a virtual clock ahead and fires everything that falls due, in order; what fires may set timers that fall due
   * within the same advance.
   *
   * @param milliseconds how far, at least 0
   * @returns how many timers fired
   */
  advance(milliseconds: number): Promise<number> {
    return this.#inTurn(() => this.#headFor(this.#setTo + milliseconds));
  }

  /** Stops the clock of the machine; world time stays, or jumps ahead to `now` and fires what falls due on the way. */
  makeVirtual(now?: Instant): Promise<number> {
    this.#setTo = this.now();
    this.#mode = "virtual";
    this.#disarm();
    return this.#inTurn(() => this.#headFor(Math.max(now ?? this.#setTo, this.#setTo)));
  }

  /** Lets the clock run with the machine again, from the present world time. */
  makeReal(): void {
    this.#setTo = this.now();
    this.#setAt = this.#machineTime();
    this.#mode = "real";
    this.#arm();
    this.#onSet("real", this.#setTo);
  }

  /**
   * Moves the clock once the advance before is done, unless that one is stuck: it waits for an answer from outside, and
   * whoever is to give it may be the one who asks for this move (CLOCK-019).
   *
   * @returns what the move returns; null when it was not made
   * @example const fired = await clock.unlessStuck(() => clock.advance(1_000));
   */
  async unlessStuck<T>(move: () => Promise<T>): Promise<T | null> {
    for (let before = this.#advancing; ; before = this.#advancing) {
      if (await this.#sticks(before)) return null;
      if (before === this.#advancing) return move();
    }
  }

  /** Where the advance that is under way ends; null when none is. Sound jumps there after 10 s (CLOCK-017). */
  get heading(): Instant | null {
    return this.#heading;
  }

  /** Takes over the time of a restored world, the one case in which world time may run backwards. */
  restore(mode: ClockMode, now: Instant): void {
    this.#disarm();
    this.#mode = mode;
    this.#setTo = now;
    this.#setAt = this.#machineTime();
    this.#arm();
    this.#onSet(mode, now);
  }

  /** How many timers are waiting; a closed world has none. */
  get waiting(): number {
    return this.#timers.size;
  }

  close(): void {
    this.#closed = true;
    this.#disarm();
    this.#timers.clear();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#advancing.then(work);
    this.#advancing = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves with false when a turn is over, with true when it has waited for too long. */
  #sticks(turn: Promise<unknown>): Promise<boolean> {
    return new Promise((resolve) => {
      let timeout: ReturnType<typeof setTimeout>;
      const look = () => {
        const waited = this.#settlingSince === null ? 0 : this.#machineTime() - this.#settlingSince;
        if (waited >= stuckAfterMs) resolve(true);
        else timeout = setTimeout(look, stuckAfterMs - waited);
      };
      void turn.then(() => {
        clearTimeout(timeout);
        resolve(false);
      });
      look();
    });
  }

  async #headFor(target: Instant): Promise<number> {
    this.#heading = target;
    try {
      return await this.#advanceTo(target);
    } finally {
      this.#heading = null;
    }
  }

  async #advanceTo(target: Instant): Promise<number> {
    let fired = 0;
    await this.#settle();
    for (let timer = this.#timers.next(); timer !== null && timer.at <= target; timer = this.#timers.next()) {
      // Somebody may have let the clock run again meanwhile; then the machine's time decides.
      if (this.#mode === "real") return fired;
      this.#setTo = Math.max(this.#setTo, timer.at);
      this.#timers.take(timer);
      timer.fire();
      fired++;
      await this.#settle();
    }
    if (this.#mode === "real") return fired;
    this.#setTo = Math.max(this.#setTo, target);
    this.#onSet("virtual", this.#setTo);
    return fired;
  }

  async #settle(): Promise<void> {
    while (this.#effects.size > 0) {
      this.#settlingSince = this.#machineTime();
      await Promise.allSettled(this.#effects);
    }
    this.#settlingSince = null;
  }

  #arm(): void {
    if (this.#mode === "virtual" || this.#closed) return;
    this.#disarm();
    const next = this.#timers.next();
    if (next === null) return;
    this.#armedFor = next.at;
    const wait = Math.min(Math.max(0, next.at - this.now()), longestTimeout);
    this.#timeout = setTimeout(() => this.#fireDue(), wait);
    // A sandbox inside somebody's test must not keep the process alive; browsers have numbers here, without `unref`.
    if (typeof this.#timeout === "object") this.#timeout.unref();
  }

  #disarm(): void {
    if (this.#timeout !== null) clearTimeout(this.#timeout);
    this.#timeout = null;
    this.#armedFor = Number.POSITIVE_INFINITY;
  }

  #fireDue(): void {
    const until = this.#machineTime() + mostFiringMs;
    this.#firing = true;
    try {
      for (let timer = this.#timers.next(); timer !== null && timer.at <= this.now(); timer = this.#timers.next()) {
        if (this.#machineTime() > until) return;
        this.#timers.take(timer);
        timer.fire();
      }
    } finally {
      // What one timer throws must not stop the clock for all others.
      this.#firing = false;
      this.#arm();
    }
  }
}
