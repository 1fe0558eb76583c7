import type { BodyOf, ControlOperationId, PathOf, QueryOf, SuccessOf } from "../api/contract.ts";
import type { Outcome } from "../api/outcome.ts";
import type { Refusal } from "../domain/refusals/refusal.ts";
import type { ScriptBook } from "../people/script.ts";
import type { Place, Worlds } from "../world/worlds.ts";
import type { MediaDesk } from "./media-desk.ts";
import type { PactDesk } from "./pact-desk.ts";

/** What the control operations work on. */
export interface Sandboxed {
  readonly worlds: Worlds;
  readonly scripts: ScriptBook;
  readonly media: MediaDesk;
  readonly pact: PactDesk;
  readonly version: string;
  /** The machine's steady time, in milliseconds, when the sandbox was created. */
  readonly startedAt: number;
}

/** A control request that has passed the checks of spec/control.yaml. */
export interface ControlRequest<Id extends ControlOperationId> {
  readonly path: PathOf<Id>;
  readonly query: QueryOf<Id>;
  readonly body: BodyOf<Id>;
}

export type ControlHandler<Id extends ControlOperationId> = (
  sandbox: Sandboxed,
  request: ControlRequest<Id>,
) => Outcome<SuccessOf<Id>> | Promise<Outcome<SuccessOf<Id>>>;

/** One handler for every operation of spec/control.yaml: a missing one doesn't compile. */
export type ControlHandlers = { readonly [Id in ControlOperationId]: ControlHandler<Id> };

export type FoundPlace =
  | { readonly ok: true; readonly place: Place }
  | { readonly ok: false; readonly refusal: Refusal };
