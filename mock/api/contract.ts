import type { operations as ControlTypes } from "../../spec/generated/control.ts";
import type { operations as ApiTypes } from "../../spec/generated/openapi.ts";
import type { ApiOperationId, ControlOperationId } from "../../spec/generated/operations.ts";

// The types of every operation, read off the generated ones: a handler that forgets a field doesn't compile.

type AnyOperations = ApiTypes & ControlTypes;

export type { ApiOperationId, ControlOperationId };
export type OperationId = ApiOperationId | ControlOperationId;

/** The JSON body that a request to an operation may carry; undefined where it has none. */
export type BodyOf<Id extends OperationId> = AnyOperations[Id] extends {
  requestBody?: { content: { "application/json": infer Body } };
}
  ? Body | (AnyOperations[Id] extends { requestBody: unknown } ? never : undefined)
  : undefined;

/** The query parameters of an operation, parsed. */
export type QueryOf<Id extends OperationId> = AnyOperations[Id]["parameters"] extends { query?: infer Query }
  ? [NonNullable<Query>] extends [never]
    ? unknown
    : NonNullable<Query>
  : unknown;

/** The headers that are parameters of an operation. */
export type HeaderOf<Id extends OperationId> = AnyOperations[Id]["parameters"] extends { header?: infer Header }
  ? [NonNullable<Header>] extends [never]
    ? unknown
    : NonNullable<Header>
  : unknown;

/** The path parameters of an operation. */
export type PathOf<Id extends OperationId> = AnyOperations[Id]["parameters"] extends { path: infer Path }
  ? Path
  : Record<never, never>;

/** The body of an operation's success; a stream or a file is answered as a whole `Response`. */
export type SuccessOf<Id extends OperationId> = AnyOperations[Id]["responses"] extends
  | { 200: { content: { "application/json": infer Body } } }
  | { 201: { content: { "application/json": infer Body } } }
  ? Body
  : AnyOperations[Id]["responses"] extends { 200: unknown }
    ? Response
    : null;
