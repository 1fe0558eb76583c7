import type { Context, Hono } from "hono";
import type { OperationSpec } from "../../spec/generated/operations.ts";
import { type Refusal, refuse } from "../domain/refusals/refusal.ts";
import { errorBody } from "./error-body.ts";
import { type JsonResponse, jsonResponse } from "./json-response.ts";

export type Serve = (context: Context, operation: OperationSpec) => Response | Promise<Response>;

/** Hears of a request that found no operation, with its answer. */
export type OnUnrouted = (context: Context, refusal: Refusal, answer: JsonResponse) => void;

/**
 * Gives the router every operation of a document, straight from the generated table: fixed segments before parameters.
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
  }
}

/**
 * The answer where no operation was found: the path has other methods, or there is nothing at it (ROUTE-003). Found out
 * only here, so that a good request meets one handler and no more.
 */
export function noSuchOperation(app: Hono, context: Context, onUnrouted?: OnUnrouted): Response {
  const known = app.routes.filter(({ method }) => method !== "ALL");
  const route = known.find(({ path }) => isAt(path, context.req.path))?.path;
  if (route === undefined) return unknownRoute(context, onUnrouted);
  const methods = known.filter(({ path }) => path === route).map(({ method }) => method);
  return wrongMethod(context, methods, onUnrouted);
}

function isAt(route: string, path: string): boolean {
  const given = path.split("/");
  const parts = route.split("/");
  const fits = (part: string, index: number) => (part.startsWith(":") ? given[index] !== "" : part === given[index]);
  return parts.length === given.length && parts.every(fits);
}

function parameterCount(path: string): number {
  return path.split("{").length;
}

function wrongMethod(context: Context, methods: readonly string[], onUnrouted?: OnUnrouted): Response {
  const allow = methods.join(", ");
  const refusal = refuse("METHOD_NOT_ALLOWED", {
    message: `${context.req.method} is not a method of ${context.req.path}. It has ${allow}.`,
  });
  const answer = jsonResponse(refusal.status, errorBody(refusal, noTrace), { ok: false, refusal });
  answer.response.headers.set("allow", allow);
  onUnrouted?.(context, refusal, answer);
  return answer.response;
}

/** The answer for a path that no operation has (ROUTE-003). */
export function unknownRoute(context: Context, onUnrouted?: OnUnrouted): Response {
  const refusal = refuse("ROUTE_NOT_FOUND", {
    message: `There is nothing at ${context.req.path.slice(0, 200)}. The Calls API is under /v1 (and /api/v1), the control API under /_sandbox; see docs/api-reference.md.`,
  });
  const answer = jsonResponse(refusal.status, errorBody(refusal, noTrace), { ok: false, refusal });
  onUnrouted?.(context, refusal, answer);
  return answer.response;
}

/** Refusals of Meta's never come from the router, so nothing is traced here. */
const noTrace = { source: { seed: "", worldId: "" }, ordinal: 0 };
