import { type Context, Hono } from "hono";
import { cors } from "hono/cors";
import { apiOperations, type OperationSpec } from "../../spec/generated/operations.ts";
import { requestValidators } from "../../spec/generated/request-validators.js";
import type { Validator } from "../../spec/generated/validator.ts";
import { ConnectionReset, type DoorContext } from "../faults/connection.ts";
import { faultHeader } from "../faults/disturb.ts";
import type { AudioDesk } from "./audio-desk.ts";
import { isLocalPage } from "./local-page.ts";
import { logUnrouted } from "./log-unrouted.ts";
import { mountOperations, noSuchOperation, type OnUnrouted, unknownRoute } from "./mount.ts";
import { apiHandlers } from "./operations/index.ts";
import { type Run, serveOperation } from "./serve-operation.ts";
import type { Serving } from "./served.ts";

/** Everything that can be asked of a sandbox over HTTP, as one fetch-style application. */
export interface App {
  fetch(request: Request, door?: DoorContext): Response | Promise<Response>;
  /** A request by path, for tests: `await app.request("/v1/calls", { headers })`. */
  request(path: string | Request, init?: RequestInit): Response | Promise<Response>;
}

const validators: Readonly<Record<string, Validator>> = requestValidators;

/** Puts the Calls API on a router, under `/v1` and `/api/v1` (ROUTE-001, ROUTE-002). */
export function mountApi(app: Hono, serving: Serving, mediaUrl: () => string, audio: AudioDesk): void {
  // The generated validators and types come from one document, so what passed the one has the other's type: this is
  // the parsed border of the API.
  const handlers = apiHandlers(mediaUrl, audio) as unknown as Readonly<Record<string, Run>>;
  const serve = (context: Context, operation: OperationSpec) => {
    const run = handlers[operation.id];
    if (run === undefined) return Promise.resolve(unknownRoute(context));
    return serveOperation(serving, operation, validators[operation.id], run, {
      request: context.req.raw,
      path: context.req.param(),
      target: targetOf(context.req.url),
      header: (name) => context.req.header(name),
      // Hono hands on what the door passed beside the request.
      connection: (context.env as DoorContext | undefined)?.connection,
    });
  };
  for (const prefix of ["", "/api"]) mountOperations(app, prefix, Object.values(apiOperations), serve);
  const log: OnUnrouted = (context, refusal, answer) => {
    if (/^(\/api)?\/v1\//.test(context.req.path)) logUnrouted(serving, context, refusal, answer);
  };
  app.notFound((context) => noSuchOperation(app, context, log));
}

/** A router that welcomes pages of this machine, answers every unknown path in JSON and hides no bug. */
export function emptyApp(): Hono {
  const app = new Hono();
  const routed = app.fetch;
  const localPages = cors({
    origin: (origin) => (isLocalPage(origin) ? origin : null),
    exposeHeaders: ["x-sandbox-behaviour", faultHeader],
  });
  const crossOrigin = new Hono().use(localPages).all("*", ({ req, env }) => routed(req.raw, env));
  crossOrigin.onError(rethrow);
  // Outside of the router, so that a request without an origin meets its operation alone.
  app.fetch = (request, ...rest) =>
    request.headers.has("origin") ? crossOrigin.fetch(request, ...rest) : routed(request, ...rest);
  app.notFound((context) => noSuchOperation(app, context));
  app.onError((error) => {
    if (error instanceof ConnectionReset) throw error;
    const body = {
      error: `The sandbox failed: ${error.message}. This is a bug of the sandbox; please report it.`,
      code: "INTERNAL_ERROR",
    };
    return Response.json(body, { status: 500 });
  });
  return app;
}

function rethrow(error: Error): never {
  throw error;
}

/** Path and query of a URL, as they were sent. */
function targetOf(url: string): string {
  const path = url.indexOf("/", url.indexOf("//") + 2);
  return path < 0 ? "/" : url.slice(path);
}
