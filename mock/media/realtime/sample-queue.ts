/** Samples that wait to be heard, in order; the space grows with what waits. */
export class SampleQueue {
  #ring = new Int16Array(4_096);
  #start = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(samples: Int16Array): void {
    this.#makeRoom(samples.length);
    const end = (this.#start + this.#length) % this.#ring.length;
    const straight = Math.min(samples.length, this.#ring.length - end);
    if (straight === samples.length) this.#ring.set(samples, end);
    else {
      this.#ring.set(samples.subarray(0, straight), end);
      this.#ring.set(samples.subarray(straight), 0);
    }
    this.#length += samples.length;
  }

  /**
   * Takes the oldest samples.
   *
   * @param out filled from its start as far as there are samples
   * @returns how many there were
   */
  take(out: Int16Array): number {
    const count = Math.min(out.length, this.#length);
    const straight = Math.min(count, this.#ring.length - this.#start);
    out.set(this.#ring.subarray(this.#start, this.#start + straight));
    if (straight < count) out.set(this.#ring.subarray(0, count - straight), straight);
    this.#skip(count);
    return count;
  }

  /** Throws the oldest samples away; returns how many there were. */
  drop(count: number): number {
    const dropped = Math.min(count, this.#length);
    this.#skip(dropped);
    return dropped;
  }

  #skip(count: number): void {
    this.#start = (this.#start + count) % this.#ring.length;
    this.#length -= count;
  }

  #makeRoom(count: number): void {
    let size = this.#ring.length;
    while (size < this.#length + count) size *= 2;
    if (size === this.#ring.length) return;
    const larger = new Int16Array(size);
    const length = this.#length;
    this.take(larger);
    this.#ring = larger;
    this.#start = 0;
    this.#length = length;
  }
}
