import type { RecordingRoom } from "./recording-room.ts";

/**
 * Samples that are kept together. Few large arrays instead of one for each frame: hundreds of calls for minutes would be
 * millions of them, and the garbage collector looks at each.
 */
const blockSamples = 16_384;

/** What one side of a call said, from its answer on; long silence takes no room. */
export class Recording {
  readonly #most: number;
  readonly #room: RecordingRoom;
  #blocks: (Int16Array | undefined)[] = [];
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
   * @returns false when recordings have no room left
   */
  add(at: number, samples: Int16Array, silent: boolean): boolean {
    if (at + samples.length > this.#most) return true;
    if (!silent && !this.#keep(at, samples)) return false;
    this.#end = at + samples.length;
    return true;
  }

  /** The samples of a stretch, silent where nothing was recorded. */
  stretch(from: number, to: number): Int16Array {
    const out = new Int16Array(to - from);
    for (let at = from; at < to; ) {
      const { index, start, count } = blockAt(at, to);
      const block = this.#blocks[index];
      if (block !== undefined) out.set(block.subarray(start, start + count), at - from);
      at += count;
    }
    return out;
  }

  /** Forgets what was said and gives the room back. */
  release(): void {
    this.#room.giveBack(this.#bytes);
    this.#bytes = 0;
    this.#blocks = [];
  }

  #keep(from: number, samples: Int16Array): boolean {
    const to = from + samples.length;
    for (let at = from; at < to; ) {
      const { index, start, count } = blockAt(at, to);
      const block = this.#blocks[index] ?? this.#newBlock(index);
      if (block === null) return false;
      block.set(count === samples.length ? samples : samples.subarray(at - from, at - from + count), start);
      at += count;
    }
    return true;
  }

  #newBlock(index: number): Int16Array | null {
    const bytes = 2 * blockSamples;
    if (!this.#room.take(bytes)) return null;
    const block = new Int16Array(blockSamples);
    this.#bytes += bytes;
    this.#blocks[index] = block;
    return block;
  }
}

/** The block of a place, and how much of what ends at `to` lies in it. */
function blockAt(at: number, to: number): { index: number; start: number; count: number } {
  const start = at % blockSamples;
  return { index: Math.floor(at / blockSamples), start, count: Math.min(blockSamples - start, to - at) };
}
