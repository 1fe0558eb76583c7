import type { Context, Hono } from "hono";
import type { OperationSpec } from "../../spec/generated/operations.ts";
import { refuse } from "../domain/refusals/refusal.ts";
import { errorBody } from "./error-body.ts";
import { jsonResponse } from "./json-response.ts";

export type Serve = (context: Context, operation: OperationSpec) => Promise<Response>;

/**
 * Gives the router every operation of a document, straight from the generated table: fixed segments before parameters,
 * and behind the methods of each path one answer for all others.
 *
 * @param prefix put before every path, for example `/api`
 */
export function mountOperations(app: Hono, prefix: string, operations: readonly OperationSpec[], serve: Serve): void {
  const byPath = Map.groupBy(operations, ({ path }) => path);
  const paths = [...byPath.keys()].sort((a, b) => parameterCount(a) - parameterCount(b));
  for (const path of paths) {
    const route = prefix + path.replaceAll(/\{(\w+)\}/g, ":$1");
    const here = byPath.get(path) ?? [];
    for (const operation of here) app.on(operation.method, route, (context) => serve(context, operation));
    app.all(route, (context) =>
      wrongMethod(
        context,
        here.map(({ method }) => method),
      ),
    );
  }
}

function parameterCount(path: string): number {
  return path.split("{").length;
}

function wrongMethod(context: Context, methods: readonly string[]): Response {
  const allow = methods.join(", ");
  const refusal = refuse("METHOD_NOT_ALLOWED", {
    message: `${context.req.method} is not a method of ${context.req.path}. It has ${allow}.`,
  });
  const { response } = jsonResponse(refusal.status, errorBody(refusal, noTrace), { ok: false, refusal });
  response.headers.set("allow", allow);
  return response;
}

/** The answer for a path that no operation has (ROUTE-003). */
export function unknownRoute(path: string): Response {
  const refusal = refuse("ROUTE_NOT_FOUND", {
    message: `There is nothing at ${path.slice(0, 200)}. The Calls API is under /v1 (and /api/v1), the control API under /_sandbox; see docs/api-reference.md.`,
  });
  return jsonResponse(refusal.status, errorBody(refusal, noTrace), { ok: false, refusal }).response;
}

/** Refusals of Meta's never come from the router, so nothing is traced here. */
const noTrace = { source: { seed: "", worldId: "" }, ordinal: 0 };
