import type { Instant } from "../domain/time.ts";

/** One waiting call; `fire` is forgotten when it is cancelled, so that what it holds can be freed at once. */
export interface HeapTimer {
  readonly at: Instant;
  readonly order: number;
  fire: () => void;
  live: boolean;
}

const nothing = () => undefined;

/** Waiting calls by time, and by the order in which they were set within one instant. */
export class TimerHeap {
  #heap: HeapTimer[] = [];
  #orders = 0;
  #live = 0;

  get size(): number {
    return this.#live;
  }

  add(at: Instant, fire: () => void): HeapTimer {
    const timer: HeapTimer = { at, order: this.#orders++, fire, live: true };
    this.#live++;
    this.#heap.push(timer);
    this.#rise(this.#heap.length - 1);
    return timer;
  }

  /** The earliest timer, left in its place. */
  next(): HeapTimer | null {
    for (let top = this.#heap[0]; top !== undefined; top = this.#heap[0]) {
      if (top.live) return top;
      this.#removeTop();
    }
    return null;
  }

  /** Takes out a timer that is about to fire. */
  take(timer: HeapTimer): void {
    if (timer.live) this.#live--;
    timer.live = false;
  }

  cancel(timer: HeapTimer): void {
    this.take(timer);
    timer.fire = nothing;
    // Cancelled timers leave when they reach the top; when they are the most, the heap is rebuilt without them.
    if (this.#heap.length > 64 && this.#live * 2 < this.#heap.length) this.#rebuild();
  }

  clear(): void {
    for (const timer of this.#heap) timer.live = false;
    this.#heap = [];
    this.#live = 0;
  }

  #rebuild(): void {
    this.#heap = this.#heap.filter(({ live }) => live).sort((a, b) => (before(a, b) ? -1 : 1));
  }

  #removeTop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #rise(start: number): void {
    for (let index = start; index > 0; ) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfEarlier(index, parent)) return;
      index = parent;
    }
  }

  #sink(start: number): void {
    for (let index = start; ; ) {
      const left = 2 * index + 1;
      const right = left + 1;
      const earlier = this.#isEarlier(right, left) ? right : left;
      if (!this.#swapIfEarlier(earlier, index)) return;
      index = earlier;
    }
  }

  #isEarlier(index: number, other: number): boolean {
    const a = this.#heap[index];
    const b = this.#heap[other];
    return a !== undefined && b !== undefined && before(a, b);
  }

  #swapIfEarlier(index: number, other: number): boolean {
    const a = this.#heap[index];
    const b = this.#heap[other];
    if (a === undefined || b === undefined || !before(a, b)) return false;
    this.#heap[index] = b;
    this.#heap[other] = a;
    return true;
  }
}

function before(a: HeapTimer, b: HeapTimer): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
