import type { Instant } from "../../domain/time.ts";
import type { Cancel, WorldClock } from "../../world/clock.ts";

export interface WatchOptions {
  readonly clock: WorldClock;
  readonly atStartMs: number;
  readonly laterMs: number;
  readonly missing: (waitedMs: number) => void;
}

/** Notices that a client sends neither media nor RTCP. A virtual clock would outrun every client, so there it sleeps. */
export class MediaWatch {
  readonly #options: WatchOptions;
  #cancel: Cancel = () => undefined;
  #last: Instant | null = null;
  #from: Instant | null = null;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** From now on media is expected. */
  start(): void {
    const { clock, atStartMs } = this.#options;
    if (this.#from !== null || clock.mode !== "real") return;
    this.#from = clock.now();
    this.#wait(this.#last === null ? atStartMs : this.#options.laterMs, this.#from);
  }

  /** The client sent something. */
  seen(): void {
    const { clock, laterMs } = this.#options;
    const first = this.#last === null;
    this.#last = clock.now();
    if (!first || this.#from === null) return;
    this.#cancel();
    this.#wait(laterMs, this.#last);
  }

  stop(): void {
    this.#cancel();
    this.#from = 0;
  }

  #wait(waitMs: number, since: Instant): void {
    if (waitMs > 0) this.#cancel = this.#options.clock.schedule(since + waitMs, () => this.#check(waitMs, since));
  }

  #check(waitMs: number, since: Instant): void {
    const { clock, missing } = this.#options;
    if (clock.mode !== "real") return;
    if (this.#last === null || this.#last <= since) return missing(waitMs);
    this.#wait(waitMs, this.#last);
  }
}
