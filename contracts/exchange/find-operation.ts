import { apiOperations, type OperationSpec } from "../../spec/generated/operations.ts";

/** An operation of the document, and what a path puts in its parameters. */
export interface FoundOperation {
  readonly operation: OperationSpec;
  readonly path: Readonly<Record<string, string>>;
}

/** Whether a path has an operation, and if not, whether another method of it has one. */
export type Lookup = FoundOperation | { readonly operation: null; readonly methods: readonly string[] };

interface Route {
  readonly operation: OperationSpec;
  readonly parts: readonly string[];
}

/**
 * Routes by how many segments they have; fixed segments before parameters, as OpenAPI 3.1 has it: `/v1/calls/settings` is
 * no call.
 */
const routes: ReadonlyMap<number, readonly Route[]> = Map.groupBy(
  Object.values(apiOperations)
    .map((operation): Route => ({ operation, parts: operation.path.split("/") }))
    .sort((a, b) => parameters(a) - parameters(b)),
  ({ parts }) => parts.length,
);

/**
 * Finds the operation of a request, under `/v1` and under `/api/v1`.
 *
 * @param target path and query
 * @example findOperation("GET", "/api/v1/calls/call_01?includeSdp=1") // getCall, { callId: "call_01" }
 */
export function findOperation(method: string, target: string): Lookup {
  const given = pathOf(target).split("/");
  const here = (routes.get(given.length) ?? []).filter(({ parts }) => fits(parts, given));
  const found = here.find(({ operation }) => operation.method === method.toUpperCase());
  if (found === undefined) return { operation: null, methods: here.map(({ operation }) => operation.method) };
  const values = found.parts.flatMap((part, index) =>
    part.startsWith("{") ? [[part.slice(1, -1), decoded(given[index] ?? "")] as const] : [],
  );
  return { operation: found.operation, path: Object.fromEntries(values) };
}

/** The query of a target, without its question mark. */
export function queryOf(target: string): string {
  const at = target.indexOf("?");
  return at < 0 ? "" : target.slice(at + 1);
}

function pathOf(target: string): string {
  return (target.split("?")[0] ?? "").replace(/^\/api\/v1(?=\/|$)/, "/v1");
}

function fits(parts: readonly string[], given: readonly string[]): boolean {
  const same = (part: string, index: number) => (part.startsWith("{") ? given[index] !== "" : part === given[index]);
  return parts.every(same);
}

function parameters({ parts }: Route): number {
  return parts.filter((part) => part.startsWith("{")).length;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
