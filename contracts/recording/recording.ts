import type { Departure, Exchange } from "../exchange/exchange.ts";

/** What each file of a recording begins with. */
export const recordingFormat = "calls-sandbox-exchange";

/** Raised when a reader of the present format could not read the new one. */
export const recordingVersion = 1;

/** One redacted exchange of a recording, as its file holds it. */
export interface RecordedExchange extends Exchange {
  /** Counted from 1, in the order in which the requests came. */
  readonly number: number;
  /** The operation of the document; null where it has none. */
  readonly operation: string | null;
  /** Where it left the document when it was recorded. */
  readonly departures: readonly Departure[];
}

/** Exchanges with the Calls API in the order in which their requests came. */
export interface Recording {
  readonly exchanges: readonly RecordedExchange[];
}

/** A recording that can't be written or read; the message says what to do. */
export class RecordingError extends Error {
  override readonly name = "RecordingError";
}
