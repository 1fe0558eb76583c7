import type { ApiKey } from "../domain/key.ts";
import type { CallingNumber } from "../domain/number.ts";
import type { Place } from "../world/worlds.ts";
import type { ApiOperationId, BodyOf, HeaderOf, PathOf, QueryOf, SuccessOf } from "./contract.ts";
import type { Outcome } from "./outcome.ts";

/** The operations that any key may use; all others need the key of one number. */
export type KeyOperationId =
  | "listNumbers"
  | "getNumberStatus"
  | "listWebhooks"
  | "createWebhook"
  | "getWebhook"
  | "updateWebhook"
  | "deleteWebhook"
  | "listWebhookLogs";
export type NumberOperationId = Exclude<ApiOperationId, KeyOperationId>;

/** A request that has passed every check of the spec. */
interface CheckedRequest<Id extends ApiOperationId> {
  readonly place: Place;
  readonly path: PathOf<Id>;
  readonly query: QueryOf<Id>;
  readonly header: HeaderOf<Id>;
  readonly body: BodyOf<Id>;
}

export interface NumberRequest<Id extends NumberOperationId> extends CheckedRequest<Id> {
  readonly number: CallingNumber;
}

export interface KeyRequest<Id extends KeyOperationId> extends CheckedRequest<Id> {
  readonly key: ApiKey;
}

export type NumberHandler<Id extends NumberOperationId> = (request: NumberRequest<Id>) => Outcome<SuccessOf<Id>>;
/** One that first asks something outside of the world; what it decides, it decides in one go after that. */
export type WaitingHandler<Id extends NumberOperationId> = (
  request: NumberRequest<Id>,
) => Promise<Outcome<SuccessOf<Id>>>;
export type KeyHandler<Id extends KeyOperationId> = (request: KeyRequest<Id>) => Outcome<SuccessOf<Id>>;

/** One handler for every operation of the spec: a missing one doesn't compile. */
export type ApiHandlers = { readonly [Id in NumberOperationId]: NumberHandler<Id> | WaitingHandler<Id> } & {
  readonly [Id in KeyOperationId]: KeyHandler<Id>;
};
