import type { OperationSpec } from "../../spec/generated/operations.ts";
import type { Validator } from "../../spec/generated/validator.ts";
import type { ApiKey } from "../domain/key.ts";
import type { CallingNumber } from "../domain/number.ts";
import type { Place } from "../world/worlds.ts";
import type { ApiOperationId, BodyOf, PathOf, QueryOf, SuccessOf } from "./contract.ts";
import type { Outcome } from "./outcome.ts";

/** The operations that any key may use; all others need the key of one number. */
export type KeyOperationId = "listNumbers" | "getNumberStatus";
export type NumberOperationId = Exclude<ApiOperationId, KeyOperationId>;

/** A request that has passed every check of the spec. */
interface CheckedRequest<Id extends ApiOperationId> {
  readonly place: Place;
  readonly path: PathOf<Id>;
  readonly query: QueryOf<Id>;
  readonly body: BodyOf<Id>;
}

export interface NumberRequest<Id extends NumberOperationId> extends CheckedRequest<Id> {
  readonly number: CallingNumber;
}

export interface KeyRequest<Id extends KeyOperationId> extends CheckedRequest<Id> {
  readonly key: ApiKey;
}

export type NumberHandler<Id extends NumberOperationId> = (request: NumberRequest<Id>) => Outcome<SuccessOf<Id>>;
export type KeyHandler<Id extends KeyOperationId> = (request: KeyRequest<Id>) => Outcome<SuccessOf<Id>>;

/** One handler for every operation of the spec: a missing one doesn't compile. */
export type ApiHandlers = { readonly [Id in NumberOperationId]: NumberHandler<Id> } & {
  readonly [Id in KeyOperationId]: KeyHandler<Id>;
};

/** An operation as the server runs it. */
export interface Mounted {
  readonly operation: OperationSpec;
  readonly validator: Validator | undefined;
}
