import type { RecordingRoom } from "./recording-room.ts";

/** What one side of a call said, from its answer on; silence takes no room. */
export class Recording {
  readonly #most: number;
  readonly #room: RecordingRoom;
  #pieces: { readonly at: number; readonly samples: Int16Array }[] = [];
  #end = 0;
  #bytes = 0;

  /**
   * @param most samples from the answer on that are kept; what comes later is not
   * @param room what it shares with all others
   */
  constructor(most: number, room: RecordingRoom) {
    this.#most = most;
    this.#room = room;
  }

  /** Samples from the answer to the end of what was recorded, silence included. */
  get length(): number {
    return this.#end;
  }

  /** How many bytes it holds. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * @param at samples since the answer
   * @param samples kept as they are: nobody may change them afterwards
   * @returns false when recordings have no room left
   */
  add(at: number, samples: Int16Array, silent: boolean): boolean {
    if (at + samples.length > this.#most) return true;
    if (!silent) {
      if (!this.#room.take(samples.byteLength)) return false;
      this.#bytes += samples.byteLength;
      this.#pieces.push({ at, samples });
    }
    this.#end = at + samples.length;
    return true;
  }

  /** Forgets what was said and gives the room back. */
  release(): void {
    this.#room.giveBack(this.#bytes);
    this.#bytes = 0;
    this.#pieces = [];
  }

  /** The samples of a stretch, silent where nothing was recorded. */
  stretch(from: number, to: number): Int16Array {
    const out = new Int16Array(to - from);
    for (let index = this.#firstFrom(from); index < this.#pieces.length; index++) {
      const piece = this.#pieces[index];
      if (piece === undefined || piece.at >= to) break;
      const start = Math.max(0, from - piece.at);
      out.set(piece.samples.subarray(start, Math.min(piece.samples.length, to - piece.at)), piece.at + start - from);
    }
    return out;
  }

  /** The first piece that ends after a place. */
  #firstFrom(place: number): number {
    let low = 0;
    let high = this.#pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const piece = this.#pieces[middle];
      if (piece !== undefined && piece.at + piece.samples.length <= place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
