/** Gathers decoded audio as 16-bit mono, up to a length. */
export class Mono {
  readonly #pieces: Int16Array[] = [];
  readonly #most: number;
  #length = 0;
  #cut = false;

  /** @param most samples that are kept */
  constructor(most: number) {
    this.#most = most;
  }

  /** Whether nothing more is kept. */
  get full(): boolean {
    return this.#length >= this.#most;
  }

  /** Whether something was left out. */
  get cut(): boolean {
    return this.#cut;
  }

  /** Adds a stretch of all channels, each from -1 to 1; every channel counts alike. */
  add(channels: readonly Float32Array[], gain = 1): void {
    const given = Math.max(0, ...channels.map(({ length }) => length));
    const count = Math.min(given, this.#most - this.#length);
    if (count < given) this.#cut = true;
    const piece = new Int16Array(count);
    for (let index = 0; index < count; index++) {
      let sum = 0;
      for (const channel of channels) sum += channel[index] ?? 0;
      piece[index] = Math.max(-32_768, Math.min(32_767, Math.round((sum / channels.length) * gain * 32_768)));
    }
    this.#pieces.push(piece);
    this.#length += count;
  }

  /** Everything that was added. */
  samples(): Int16Array {
    const all = new Int16Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }
}

/** Lets everything else have its turn: decoding a long file must not hold up the calls that talk meanwhile. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
