import type { Instant } from "../../domain/time.ts";
import type { Cancel, WorldClock } from "../../world/clock.ts";

/** One advance of a virtual clock puts so much audio into a socket and then jumps (CLOCK-017). */
export const mostMsPerAdvance = 10_000;

/** A machine that was asleep for longer than this goes on with the present instead of catching up. */
const mostMsBehind = 10_000;

/**
 * On a real clock all calls whose frames end within so many milliseconds wake together: a hundred writes in a row cost
 * a third less than one by one, because whoever reads them wakes once. A call's own rhythm stays as even as before.
 */
const sharedMs = 10;

export interface BeatOptions {
  readonly clock: WorldClock;
  /** The first frame begins here. */
  readonly from: Instant;
  readonly frameMs: number;
  /** Called at the end of each frame's stretch, with the frame's number and how many milliseconds later than intended. */
  readonly beat: (frame: number, lateMs: number) => void;
  /** Frames were left out. */
  readonly jumped: () => void;
}

/**
 * The rhythm of one call. Each frame has an absolute deadline, its own end, so that lateness never adds up
 * (realtime-media §3). Every beat of a world waits in the one timer of its clock.
 */
export class Beat {
  readonly #options: BeatOptions;
  readonly #onTime = () => this.#fire();
  #frame: number;
  #cancel: Cancel = () => undefined;
  #advance: Instant | null = null;
  #emittedMs = 0;
  #running = true;

  constructor(options: BeatOptions) {
    this.#options = options;
    this.#frame = this.#frameAt(options.clock.now());
    this.#wait();
  }

  stop(): void {
    this.#running = false;
    this.#cancel();
  }

  #frameAt(at: Instant): number {
    return Math.max(0, Math.floor((at - this.#options.from) / this.#options.frameMs));
  }

  #due(): Instant {
    return this.#options.from + (this.#frame + 1) * this.#options.frameMs;
  }

  #wakes(): Instant {
    const due = this.#due();
    return this.#options.clock.mode === "virtual" ? due : Math.ceil(due / sharedMs) * sharedMs;
  }

  #wait(): void {
    if (this.#running) this.#cancel = this.#options.clock.schedule(this.#wakes(), this.#onTime);
  }

  #fire(): void {
    const { clock, beat, jumped } = this.#options;
    const now = clock.now();
    this.#followAdvance();
    if (now - this.#due() > mostMsBehind) {
      this.#frame = this.#frameAt(now);
      jumped();
    }
    while (this.#running && this.#due() <= now) {
      beat(this.#frame, Math.max(0, now - this.#wakes()));
      this.#frame++;
    }
    this.#jump();
    // Sockets get a turn between two frames, so that an answer of the client's can be part of the same advance.
    if (clock.mode === "virtual") clock.await(turnOfLoop());
    this.#wait();
  }

  #followAdvance(): void {
    const { heading } = this.#options.clock;
    if (heading === this.#advance) return;
    this.#advance = heading;
    this.#emittedMs = 0;
  }

  #jump(): void {
    if (this.#advance === null) return;
    this.#emittedMs += this.#options.frameMs;
    if (this.#emittedMs < mostMsPerAdvance || this.#due() > this.#advance) return;
    this.#frame = this.#frameAt(this.#advance);
    this.#options.jumped();
  }
}

/** Resolves when everything that waits to be read or written has had its turn; browsers have no `setImmediate`. */
function turnOfLoop(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
