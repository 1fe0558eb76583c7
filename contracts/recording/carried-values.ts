import { isMap, itemsOf } from "../../mock/config/path.ts";

/** Values that one answer gives and a later request hands back: ids, Meta's ids, instants of paging, stand-ins of phones. */
const handedBack =
  /^(?:(?:call|conv|num|wh)_[0-7][0-9A-HJKMNP-TV-Z]{25}|wacid\.\S+|wamid\.\S+|[0-9A-F]{32}|\d{4}-\d\d-\d\dT\S+Z|999\d{5,12})$/;

/**
 * Carries values forward through a replay: where an answer has a new value in the place of a recorded one, later requests
 * use the new one. The first pair counts: an id is learnt from the answer that made it, not from a list that others share.
 */
export class CarriedValues {
  readonly #pairs: Map<string, string>;

  /** @param known pairs to begin with: what stands in the recording, and what to send instead */
  constructor(known: Readonly<Record<string, string>> = {}) {
    this.#pairs = new Map(Object.entries(known));
  }

  /** A body with every known value in place of the recorded one. */
  inBody(text: string): string {
    return replaceAll(text, this.#pairs);
  }

  /** The same in path and query, where values may be percent-encoded. */
  inTarget(target: string): string {
    const encoded = [...this.#pairs].flatMap(([old, fresh]) => [
      [old, encodeURIComponent(fresh)] as const,
      [encodeURIComponent(old), encodeURIComponent(fresh)] as const,
    ]);
    return replaceAll(target, new Map(encoded));
  }

  /** Walks through both answers and remembers what is new. */
  learn(recorded: unknown, received: unknown): void {
    if (typeof recorded === "string" && typeof received === "string") return this.#learnOne(recorded, received);
    if (isMap(recorded) && isMap(received)) {
      for (const [name, value] of Object.entries(recorded)) {
        if (Object.hasOwn(received, name)) this.learn(value, received[name]);
      }
      return;
    }
    const others = itemsOf(received);
    itemsOf(recorded).forEach((value, index) => {
      if (index < others.length) this.learn(value, others[index]);
    });
  }

  #learnOne(recorded: string, received: string): void {
    if (!handedBack.test(recorded) || this.#pairs.has(recorded)) return;
    this.#pairs.set(recorded, received);
  }
}

/** One pass over the text: what was put in is not replaced once more. */
function replaceAll(text: string, pairs: ReadonlyMap<string, string>): string {
  if (pairs.size === 0) return text;
  const longestFirst = [...pairs.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map((old) => old.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"), "g");
  return text.replaceAll(pattern, (old) => pairs.get(old) ?? old);
}
