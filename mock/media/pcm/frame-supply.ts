/** So many frames share one piece of memory; it stays as long as any of them is kept. */
const framesPerPiece = 8;

/** Silent frames to fill. They are cut from larger pieces, because making every one by itself takes twice as long. */
export class FrameSupply {
  readonly #samples: number;
  #piece = new Int16Array(0);
  #used = 0;

  /** @param samples the length of a frame */
  constructor(samples: number) {
    this.#samples = samples;
  }

  /** A frame that nobody else has, all zeros. */
  next(): Int16Array {
    if (this.#used === this.#piece.length) {
      this.#piece = new Int16Array(this.#samples * framesPerPiece);
      this.#used = 0;
    }
    this.#used += this.#samples;
    return this.#piece.subarray(this.#used - this.#samples, this.#used);
  }
}
