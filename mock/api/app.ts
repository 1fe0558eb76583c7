import { type Context, Hono } from "hono";
import { cors } from "hono/cors";
import { apiOperations, type OperationSpec } from "../../spec/generated/operations.ts";
import { requestValidators } from "../../spec/generated/request-validators.js";
import type { Validator } from "../../spec/generated/validator.ts";
import { isLocalPage } from "./local-page.ts";
import { mountOperations, unknownRoute } from "./mount.ts";
import { apiHandlers } from "./operations/index.ts";
import { type Run, type Serving, serveOperation } from "./serve-operation.ts";

/** Everything that can be asked of a sandbox over HTTP, as one fetch-style application. */
export interface App {
  fetch(request: Request): Response | Promise<Response>;
  /** A request by path, for tests: `await app.request("/v1/calls", { headers })`. */
  request(path: string | Request, init?: RequestInit): Response | Promise<Response>;
}

const validators: Readonly<Record<string, Validator>> = requestValidators;

/** Puts the Calls API on a router, under `/v1` and `/api/v1` (ROUTE-001, ROUTE-002). */
export function mountApi(app: Hono, serving: Serving, mediaUrl: () => string): void {
  // The generated validators and types come from one document, so what passed the one has the other's type: this is
  // the parsed border of the API.
  const handlers = apiHandlers(mediaUrl) as unknown as Readonly<Record<string, Run>>;
  const serve = (context: Context, operation: OperationSpec) => {
    const run = handlers[operation.id];
    if (run === undefined) return Promise.resolve(unknownRoute(context.req.path));
    return serveOperation(serving, operation, validators[operation.id], run, {
      request: context.req.raw,
      path: context.req.param(),
      target: targetOf(context.req.url),
      header: (name) => context.req.header(name),
    });
  };
  mountOperations(app, "", Object.values(apiOperations), serve);
  mountOperations(app, "/api", Object.values(apiOperations), serve);
}

/** A router that welcomes pages of this machine, answers every unknown path in JSON and hides no bug. */
export function emptyApp(): Hono {
  const app = new Hono();
  const crossOrigin = cors({
    origin: (origin) => (isLocalPage(origin) ? origin : null),
    exposeHeaders: ["x-sandbox-behaviour"],
  });
  app.use((context, next) => (context.req.header("origin") === undefined ? next() : crossOrigin(context, next)));
  app.notFound((context) => unknownRoute(context.req.path));
  app.onError((error) => {
    const body = {
      error: `The sandbox failed: ${error.message}. This is a bug of the sandbox; please report it.`,
      code: "INTERNAL_ERROR",
    };
    return Response.json(body, { status: 500 });
  });
  return app;
}

/** Path and query of a URL, as they were sent. */
function targetOf(url: string): string {
  const path = url.indexOf("/", url.indexOf("//") + 2);
  return path < 0 ? "/" : url.slice(path);
}
