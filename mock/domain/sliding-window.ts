import type { Instant } from "./time.ts";

/**
 * Counts what happened in the last so-many milliseconds: instants in order, old ones forgotten as new ones come.
 * An instant exactly `lengthMs` old no longer counts.
 */
export class SlidingWindow {
  readonly lengthMs: number;
  #instants: Instant[] = [];
  #first = 0;

  constructor(lengthMs: number) {
    this.lengthMs = lengthMs;
  }

  /** Adds an instant, which must not be earlier than the last one. */
  add(at: Instant): void {
    this.#instants.push(at);
    this.#first = this.#firstSince(at);
    if (this.#first > 64 && this.#first * 2 > this.#instants.length) {
      this.#instants = this.#instants.slice(this.#first);
      this.#first = 0;
    }
  }

  /** How many instants are younger than `withinMs` at `now`; the whole window unless told. */
  count(now: Instant, withinMs = this.lengthMs): number {
    return this.#instants.length - this.#firstSince(now, withinMs);
  }

  /** When the oldest instant that counts stops counting: the next moment at which `count` falls. */
  freesAt(now: Instant, withinMs = this.lengthMs): Instant | null {
    const oldest = this.#instants[this.#firstSince(now, withinMs)];
    return oldest === undefined ? null : oldest + withinMs;
  }

  /** The instants that are kept, oldest first. */
  instants(): readonly Instant[] {
    return this.#instants.slice(this.#first);
  }

  /** A window that starts counting anew. */
  emptied(): SlidingWindow {
    return new SlidingWindow(this.lengthMs);
  }

  #firstSince(now: Instant, withinMs = this.lengthMs): number {
    let low = this.#first;
    let high = this.#instants.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#instants[middle] ?? 0) <= now - withinMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
