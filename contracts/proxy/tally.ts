import { type Finding, sideOf } from "./inspector.ts";

/** Departures of one kind: the same side, operation and place. */
export interface Place {
  readonly in: "client" | "service";
  /** The operation of the document; null where it has none. */
  readonly operation: string | null;
  /** Where, with positions in lists left out: `calls[].status`; empty for the whole. */
  readonly path: string;
  /** What the first of them said. */
  readonly message: string;
  readonly count: number;
}

/** What passed through a proxy, as `--json` prints it. */
export interface Summary {
  readonly target: string;
  /** Requests to the Calls API. */
  readonly requests: number;
  /** Requests to other paths, which nothing is known of. */
  readonly passedThrough: number;
  /** Exchanges that were not judged, by why. */
  readonly notJudged: Readonly<Record<string, number>>;
  readonly departures: { readonly client: number; readonly service: number };
  /** Departures by operation and place, the most frequent first. */
  readonly places: readonly Place[];
}

/** Places that are told apart; whatever comes then is only counted. */
const mostPlaces = 1_000;

/** Reasons that are told apart: some quote what a client sent. */
const mostReasons = 50;

/** Counts what passes. */
export class Tally {
  #requests = 0;
  #passedThrough = 0;
  readonly #notJudged = new Map<string, number>();
  readonly #departures = { client: 0, service: 0 };
  readonly #places = new Map<string, Place>();

  passThrough(): void {
    this.#passedThrough++;
  }

  /** @returns how often each departure of the finding has now been seen at its place */
  add({ operation, departures, notJudged }: Finding): readonly number[] {
    this.#requests++;
    if (notJudged !== null) this.#countUnjudged(notJudged);
    return departures.map((departure) => {
      const side = sideOf(departure);
      this.#departures[side]++;
      const path = departure.path.replaceAll(/\[\d+\]/g, "[]");
      const key = JSON.stringify([side, operation, path]);
      const before = this.#places.get(key);
      const count = (before?.count ?? 0) + 1;
      const { message } = before ?? departure;
      if (before !== undefined || this.#places.size < mostPlaces)
        this.#places.set(key, { in: side, operation, path, message, count });
      return count;
    });
  }

  #countUnjudged(why: string): void {
    const key = this.#notJudged.has(why) || this.#notJudged.size < mostReasons ? why : "other reasons";
    this.#notJudged.set(key, (this.#notJudged.get(key) ?? 0) + 1);
  }

  summary(target: string): Summary {
    return {
      target,
      requests: this.#requests,
      passedThrough: this.#passedThrough,
      notJudged: Object.fromEntries(this.#notJudged),
      departures: { ...this.#departures },
      places: [...this.#places.values()].sort((a, b) => b.count - a.count),
    };
  }
}
