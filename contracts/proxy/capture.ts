import type { Readable } from "node:stream";

/** A body is judged and recorded up to this size: twice what the API takes (1 MiB). */
export const mostCapturedBytes = 2 * 1024 * 1024;

/** All bodies that wait to be judged, together; beyond it they pass unjudged. */
const mostWaitingBytes = 64 * 1024 * 1024;

/** The memory that bodies may take while they wait to be judged. */
export class CaptureBudget {
  readonly #most: number;
  #taken = 0;

  /** @param most bytes in all; 0 keeps nothing */
  constructor(most = mostWaitingBytes) {
    this.#most = most;
  }

  take(bytes: number): boolean {
    if (this.#taken + bytes > this.#most) return false;
    this.#taken += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#taken -= bytes;
  }
}

/** A copy of what passes, up to a size. */
export interface Capture {
  /** What was kept. */
  readonly bytes: () => Buffer;
  /** Whether more passed than was kept. */
  readonly isCut: () => boolean;
  /** Gives the memory back. */
  readonly release: () => void;
}

/** Copies a stream as it passes; whoever reads it sets the pace. */
export function capture(stream: Readable, budget: CaptureBudget): Capture {
  const parts: Buffer[] = [];
  let length = 0;
  let cut = false;
  stream.on("data", (part: Buffer) => {
    if (cut) return;
    if (length + part.length > mostCapturedBytes || !budget.take(part.length)) {
      cut = true;
      return;
    }
    length += part.length;
    parts.push(part);
  });
  return {
    bytes: () => Buffer.concat(parts, length),
    isCut: () => cut,
    release: () => {
      budget.give(length);
      parts.length = 0;
      length = 0;
      cut = true;
    },
  };
}
