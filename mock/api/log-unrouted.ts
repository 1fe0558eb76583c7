import type { Context } from "hono";
import type { Refusal } from "../domain/refusals/refusal.ts";
import { loggedBody, shortenKeys } from "../world/request-log.ts";
import { authenticate } from "./authenticate.ts";
import type { JsonResponse } from "./json-response.ts";
import { requestViolations } from "./request-violations.ts";
import type { Serving } from "./served.ts";

/** Logs a request that found no operation, in the world of its key: a mistyped path is what one looks for in a log. */
export function logUnrouted({ worlds }: Serving, { req }: Context, refusal: Refusal, { text, status }: JsonResponse) {
  const found = authenticate(worlds, (name) => req.header(name));
  const { requests, world } = found.ok ? found.place : worlds.defaultPlace;
  const { pathname, search } = new URL(req.url);
  requests.add({
    id: `req_${requests.nextOrdinal()}`,
    at: world.clock.now(),
    method: req.method,
    path: shortenKeys(pathname + search),
    status,
    durationMs: 0,
    operationId: null,
    numberId: null,
    callId: null,
    requestBody: null,
    responseBody: loggedBody(text),
    behaviour: refusal.behaviour,
    fault: null,
    violations: requestViolations(refusal),
  });
}
