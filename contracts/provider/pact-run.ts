/** What Pact's own verifier is told, under its own names. */
export interface PactOptions {
  readonly providerBaseUrl: string;
  readonly logLevel: "error" | "info";
  /** Milliseconds for one request. */
  readonly timeout: number;
  readonly provider?: string;
  readonly pactUrls?: string[];
  readonly pactBrokerUrl?: string;
  readonly pactBrokerToken?: string;
  readonly pactBrokerUsername?: string;
  readonly pactBrokerPassword?: string;
  readonly consumerVersionSelectors?: ConsumerVersionSelector[];
  readonly enablePending?: boolean;
  readonly includeWipPactsSince?: string;
  readonly publishVerificationResult?: boolean;
  readonly providerVersion?: string;
  readonly providerVersionBranch?: string;
  readonly providerVersionTags?: string[];
  readonly buildUrl?: string;
}

/** Which versions of which consumers, as the broker takes it. */
export type ConsumerVersionSelector = Readonly<Record<string, string | boolean>>;

/** What the process that runs Pact is sent. */
export interface PactRun {
  readonly options: PactOptions;
  /** Where the sandbox answers Pact: its origin and `/_pact`. */
  readonly pactUrl: string;
  readonly controlToken: string | null;
  /** The descriptions of every message of the pacts. */
  readonly messages: readonly string[];
}

/** What the sandbox refused to do for an interaction. */
export interface Refused {
  /** The name of the state, or the description of the message. */
  readonly about: string;
  readonly message: string;
}

/**
 * What that process answers: Pact's report and what the sandbox refused meanwhile; or that Pact is not installed; or why
 * it could not begin.
 */
export type FromPact =
  | { readonly report: string; readonly refused: readonly Refused[] }
  | { readonly missing: true }
  | { readonly failed: string };
