/** What Pact's own verifier is told, under its own names. What is undefined is not told: messages are JSON. */
export interface PactOptions {
  readonly providerBaseUrl: string;
  readonly logLevel: "error" | "info";
  /** Milliseconds for one request. */
  readonly timeout: number;
  readonly provider?: string | undefined;
  readonly pactUrls?: string[] | undefined;
  readonly pactBrokerUrl?: string | undefined;
  readonly pactBrokerToken?: string | undefined;
  readonly pactBrokerUsername?: string | undefined;
  readonly pactBrokerPassword?: string | undefined;
  readonly consumerVersionSelectors?: ConsumerVersionSelector[] | undefined;
  readonly enablePending?: boolean | undefined;
  readonly includeWipPactsSince?: string | undefined;
  readonly publishVerificationResult?: boolean | undefined;
  readonly providerVersion?: string | undefined;
  readonly providerVersionBranch?: string | undefined;
  readonly providerVersionTags?: string[] | undefined;
  readonly buildUrl?: string | undefined;
}

/** Which versions of which consumers, as the broker takes it. */
export type ConsumerVersionSelector = Readonly<Record<string, string | boolean>>;

/** What the process that runs Pact is sent. */
export interface PactRun {
  readonly options: PactOptions;
  /** Where the sandbox answers Pact: its origin and `/_pact`. */
  readonly pactUrl: string;
  readonly controlToken: string | null;
  /** How long the sandbox may take to answer there, in milliseconds. */
  readonly timeoutMs: number;
  /** The descriptions of every message of the pacts. */
  readonly messages: readonly string[];
}

/** What the sandbox refused to do for an interaction. */
export interface Refused {
  /** The name of the state, or the description of the message. */
  readonly about: string;
  readonly message: string;
}

/** What the API said when it answered an interaction's request with an error. */
export interface AnsweredWithError {
  /** Which interaction, counted from 0 in the order in which they were verified. */
  readonly interaction: number;
  /** The `code` and the `error` of the answer. */
  readonly said: string;
}

/** Everything that was heard beside Pact's report. */
export interface Heard {
  readonly refused: readonly Refused[];
  readonly errors: readonly AnsweredWithError[];
  /** How many interactions the errors were counted in. */
  readonly interactions: number;
}

/**
 * What that process answers: Pact's report and what was heard of the sandbox meanwhile; or that Pact is not installed; or why
 * it could not begin.
 */
export type FromPact = ({ readonly report: string } & Heard) | { readonly missing: true } | { readonly failed: string };
