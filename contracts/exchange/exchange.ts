/** A request as it went over the wire. Header names are in lower case. */
export interface SentRequest {
  readonly method: string;
  /** Path and query, from the first slash: `/v1/calls?limit=1`. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body's text; null when there was none. */
  readonly body: string | null;
}

/** An answer as it came over the wire. Header names are in lower case. */
export interface ReceivedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** One request to the Calls API and its answer, whoever made and whoever gave it. */
export interface Exchange {
  readonly request: SentRequest;
  readonly response: ReceivedResponse;
}

/** A place where an exchange leaves the document. */
export interface Departure {
  readonly in: "request" | "response";
  /** Where, as people write it: `calls[0].status`, `query.limit`; empty for the whole. */
  readonly path: string;
  /** What the document says, and what was there instead. */
  readonly message: string;
}
