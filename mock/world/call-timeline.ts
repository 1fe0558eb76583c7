import type { TimelineEntry } from "./timeline.ts";

/** Of entries that say the same, so many of the oldest and so many of the newest are kept (WORLD-035). */
export const keptAtEachEnd = 100;

/** The entries of one call. However often somebody polls it, they stay few; what is left out is counted. */
export class CallTimeline {
  #entries: TimelineEntry[] = [];
  /** By what they say: where the first that was left out stood, and how many there were. */
  readonly #leftOut = new Map<string, TimelineEntry & { readonly detail: { readonly count: number } }>();
  #thinAt = 4 * keptAtEachEnd;

  add(entry: TimelineEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length >= this.#thinAt) this.#thin();
  }

  /** In causal order; one entry `leftOut` stands for all that are missing of a kind and name. */
  list(): readonly TimelineEntry[] {
    this.#thin();
    return [...this.#entries, ...this.#leftOut.values()].toSorted(bySeq);
  }

  #thin(): void {
    if (this.#entries.length > 2 * keptAtEachEnd) {
      const alike = Map.groupBy(this.#entries.toSorted(bySeq), ({ kind, name }) => `${kind}/${name}`);
      const gone = new Set([...alike].flatMap(([key, entries]) => this.#leaveOut(key, entries)));
      if (gone.size > 0) this.#entries = this.#entries.filter((entry) => !gone.has(entry));
    }
    this.#thinAt = Math.max(4 * keptAtEachEnd, 2 * this.#entries.length);
  }

  #leaveOut(key: string, alike: readonly TimelineEntry[]): readonly TimelineEntry[] {
    const gone = alike.slice(keptAtEachEnd, Math.max(keptAtEachEnd, alike.length - keptAtEachEnd));
    const [first] = gone;
    if (first === undefined) return gone;
    const { at, seq, kind } = this.#leftOut.get(key) ?? first;
    const count = (this.#leftOut.get(key)?.detail.count ?? 0) + gone.length;
    this.#leftOut.set(key, { at, seq, kind, name: "leftOut", detail: { name: first.name, count } });
    return gone;
  }
}

function bySeq(one: TimelineEntry, other: TimelineEntry): number {
  return one.seq - other.seq;
}
