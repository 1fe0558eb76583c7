/** Keeps the last so-many things; an older one is handed to `onDrop` as it goes. */
export class Ring<T> {
  readonly #capacity: number;
  readonly #onDrop: (item: T) => void;
  readonly #items: T[] = [];
  #next = 0;

  constructor(capacity: number, onDrop: (item: T) => void = () => undefined) {
    this.#capacity = capacity;
    this.#onDrop = onDrop;
  }

  add(item: T): void {
    const dropped = this.#items[this.#next];
    this.#items[this.#next] = item;
    this.#next = (this.#next + 1) % this.#capacity;
    if (dropped !== undefined) this.#onDrop(dropped);
  }

  /** What is kept, newest first. */
  *newestFirst(): Generator<T> {
    for (let back = 1; back <= this.#items.length; back++) {
      const item = this.#items[(this.#next - back + this.#capacity) % this.#capacity];
      if (item !== undefined) yield item;
    }
  }
}
