import type { ReceivedResponse, SentRequest } from "../exchange/exchange.ts";

/** A state that an interaction is to be verified in. */
export interface WantedState {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** What all interactions have. */
interface Described {
  readonly description: string;
  readonly states: readonly WantedState[];
  /** The names of the values that it takes from what its states provide, such as `callId`. */
  readonly stateValues: readonly string[];
}

/** A request and the answer that the consumer expects: their examples, without the matchers. */
export interface HttpInteraction extends Described {
  readonly kind: "http";
  readonly request: SentRequest;
  readonly response: ReceivedResponse;
}

/** A webhook that the consumer expects; null contents when they are no JSON. */
export interface MessageInteraction extends Described {
  readonly kind: "message";
  readonly contents: unknown;
}

export type Interaction = HttpInteraction | MessageInteraction;

/** A pact of any specification, as far as it is looked into here. */
export interface Pact {
  /** The file or address that it was read from. */
  readonly source: string;
  readonly consumer: string;
  readonly provider: string;
  /** The major version of Pact's specification. */
  readonly version: 1 | 2 | 3 | 4;
  readonly interactions: readonly Interaction[];
}
