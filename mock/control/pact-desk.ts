import type { BodyOf, SuccessOf } from "../api/contract.ts";
import type { Outcome } from "../api/outcome.ts";

/** Where the control API asks about Pact; who answers works by the control API itself. */
export interface PactDesk {
  readonly changeState: (change: BodyOf<"setUpProviderState">) => Promise<Outcome<SuccessOf<"setUpProviderState">>>;
  readonly provideMessage: (message: BodyOf<"provideMessage">) => Promise<Outcome<SuccessOf<"provideMessage">>>;
}
