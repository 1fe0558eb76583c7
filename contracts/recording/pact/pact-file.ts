/** A Pact file of specification V4, as far as recordings need it (pact-foundation/pact-specification, version-4). */
export interface PactFile {
  readonly consumer: { readonly name: string };
  readonly provider: { readonly name: string };
  readonly interactions: readonly PactInteraction[];
  readonly metadata: { readonly pactSpecification: { readonly version: "4.0" } };
}

export interface PactInteraction {
  readonly type: "Synchronous/HTTP";
  readonly description: string;
  readonly pending: false;
  readonly providerStates?: readonly PactState[];
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query?: Readonly<Record<string, readonly string[]>>;
    readonly headers?: Readonly<Record<string, readonly string[]>>;
    readonly body?: PactBody;
    readonly matchingRules?: MatchingRules;
    readonly generators?: Generators;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, readonly string[]>>;
    readonly body?: PactBody;
    readonly matchingRules: MatchingRules;
  };
}

export interface PactState {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface PactBody {
  readonly contentType: "application/json";
  readonly encoded: false;
  readonly content: unknown;
}

export type Matcher =
  | { readonly match: "type"; readonly min?: number }
  | { readonly match: "integer" | "number" }
  | { readonly match: "regex"; readonly regex: string };

/** The matchers of one place. */
export interface Rule {
  readonly combinator: "AND";
  readonly matchers: readonly Matcher[];
}

export interface MatchingRules {
  readonly path?: Rule;
  readonly header?: Readonly<Record<string, Rule>>;
  readonly body?: Readonly<Record<string, Rule>>;
}

/** A value that the provider state gives at verification. */
export interface Generator {
  readonly type: "ProviderState";
  readonly expression: string;
}

export interface Generators {
  readonly path?: Generator;
  readonly header?: Readonly<Record<string, Generator>>;
}

/** One matcher as a rule. */
export function rule(matcher: Matcher): Rule {
  return { combinator: "AND", matchers: [matcher] };
}
