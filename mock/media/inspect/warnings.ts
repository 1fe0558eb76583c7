import type { JsonObject } from "../../domain/json.ts";
import type { Instant } from "../../domain/time.ts";

/** Something that a client does and that the real service may not take so calmly. */
export interface MediaWarning {
  readonly name: string;
  readonly message: string;
  readonly count: number;
  readonly firstAt: Instant;
}

/** The warnings about one call, each with how often it was given. */
export class Warnings {
  readonly #all = new Map<string, { name: string; message: string; count: number; firstAt: Instant }>();
  readonly #report: (name: string, detail: JsonObject) => void;

  /** @param report puts the first of each kind into the timeline */
  constructor(report: (name: string, detail: JsonObject) => void) {
    this.#report = report;
  }

  add(name: string, message: string, at: Instant, detail: JsonObject = {}): void {
    const known = this.#all.get(name);
    if (known !== undefined) {
      known.count++;
      return;
    }
    this.#all.set(name, { name, message, count: 1, firstAt: at });
    this.#report(name, { message, ...detail });
  }

  list(): readonly MediaWarning[] {
    return [...this.#all.values()];
  }
}
