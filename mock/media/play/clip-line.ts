import type { RealtimeOptions } from "../../realtime-options.ts";
import type { Clip, ClipEnd } from "./clip.ts";

/** The files of one call: one is heard at a time, and those that wait for it follow in order. */
export class ClipLine {
  #clip: Clip | null = null;
  readonly #later: Clip[] = [];
  /** Samples of the present clip that were heard. */
  #at = 0;

  /** Whether there is a file to be heard. */
  get sounding(): boolean {
    return this.#clip !== null;
  }

  /**
   * Takes one more file, in place of the present one or behind it (realtime-media §3 row 29).
   *
   * @returns whether it is the one that is heard now
   */
  add(clip: Clip, secondPlay: RealtimeOptions["secondPlay"]): boolean {
    if (this.#clip !== null && secondPlay === "queue") {
      this.#later.push(clip);
      return false;
    }
    this.#end("replaced");
    this.#clip = clip;
    return true;
  }

  /** Fills a frame with what comes next of the present file, and with silence behind its end. */
  hear(frame: Int16Array): void {
    const piece = this.#clip?.samples.subarray(this.#at, this.#at + frame.length) ?? new Int16Array(0);
    frame.set(piece);
    frame.fill(0, piece.length);
    if (this.#at === 0) this.#clip?.began();
    this.#at += piece.length;
  }

  /** Goes on to the next file when the present one was heard to its end. */
  moveOn(): void {
    if (this.#clip !== null && this.#at >= this.#clip.samples.length) this.#end("finished");
  }

  /** The call is over, and every file of it. */
  end(): void {
    while (this.#clip !== null) this.#end("call ended");
  }

  /** Drops every file without a word. */
  forget(): void {
    this.#clip = null;
    this.#later.length = 0;
  }

  #end(how: ClipEnd): void {
    const clip = this.#clip;
    this.#clip = this.#later.shift() ?? null;
    this.#at = 0;
    clip?.over(how);
  }
}
