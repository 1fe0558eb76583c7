import type { OperationSpec } from "../../spec/generated/operations.ts";
import type { Validator } from "../../spec/generated/validator.ts";
import type { CallId } from "../domain/call.ts";
import type { CallingNumber, NumberId } from "../domain/number.ts";
import type { Refusal } from "../domain/refusals/refusal.ts";
import { cutBody, type Violation } from "../world/request-log.ts";
import type { FoundKey, Place, Worlds } from "../world/worlds.ts";
import { authenticate } from "./authenticate.ts";
import { authoriseNumber } from "./authorise.ts";
import { errorBody, type MetaErrorStatus, statusOf } from "./error-body.ts";
import { jsonResponse } from "./json-response.ts";
import type { Outcome } from "./outcome.ts";
import { readBody } from "./read-body.ts";
import { readParameters } from "./read-parameters.ts";
import type { ResponseCheck } from "./response-check.ts";
import { refuseStrictly } from "./strict.ts";
import { refuseBody } from "./validate-body.ts";

/** What an operation gets once every check of the spec has passed; typed per operation in handler.ts. */
export interface Checked {
  readonly place: Place;
  readonly key: FoundKey["key"];
  readonly number: CallingNumber | null;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | number | boolean>>;
  readonly body: unknown;
}

export type Run = (checked: Checked) => Outcome<unknown>;

/** What serving needs besides the operation itself. */
export interface Serving {
  readonly worlds: Worlds;
  readonly metaErrorStatus: MetaErrorStatus;
  readonly checkResponse: ResponseCheck | null;
}

/** A request as it came, with what the router has found in it. */
export interface Incoming {
  readonly request: Request;
  readonly path: Readonly<Record<string, string>>;
  /** Path and query, without the origin. */
  readonly target: string;
  readonly header: (name: string) => string | undefined;
}

/** What is known of a request while it is served; the log gets all of it. */
interface Served {
  readonly place: Place;
  readonly outcome: Outcome<unknown>;
  readonly numberId: NumberId | null;
  readonly callId: CallId | null;
  readonly text: string | null;
}

/**
 * Serves one request to one operation: key, scope, provider, connection, body, parameters, and then the operation
 * itself, in the order in which the refusals are documented (AUTH-020).
 */
export async function serveOperation(
  serving: Serving,
  operation: OperationSpec,
  validator: Validator | undefined,
  run: Run,
  incoming: Incoming,
): Promise<Response> {
  const began = performance.now();
  const found = authenticate(serving.worlds, incoming.header);
  const place = found.ok ? found.place : serving.worlds.defaultPlace;
  const ordinal = place.requests.nextOrdinal();
  const seq = place.timeline.reserve();
  const at = place.world.clock.now();
  const served = found.ok ? await serve(found, operation, validator, run, incoming) : unserved(place, found.refusal);
  const { outcome } = served;
  const status = outcome.ok ? operation.successStatus : statusOf(outcome.refusal, serving.metaErrorStatus);
  const body = outcome.ok ? outcome.body : errorBody(outcome.refusal, { source: place.world.state.source, ordinal });
  const violations = (await serving.checkResponse?.(operation, status, body)) ?? noViolations;
  const response = violations.length === 0 ? jsonResponse(status, body, outcome) : brokenPromise(operation, violations);
  const behaviour = outcome.ok ? null : outcome.refusal.behaviour;
  const callId = (outcome.ok ? outcome.callId : undefined) ?? served.callId;
  place.requests.add({
    id: `req_${ordinal}`,
    at,
    method: operation.method,
    path: incoming.target,
    status: response.status,
    durationMs: performance.now() - began,
    operationId: operation.id,
    numberId: served.numberId,
    callId,
    requestBody: cutBody(served.text),
    responseBody: cutBody(response.text),
    behaviour,
    violations,
  });
  if (callId !== null) {
    const detail = { method: operation.method, path: incoming.target, status: response.status, behaviour };
    place.timeline.add(callId, { at, kind: "request", name: operation.id, detail }, seq);
  }
  return response.response;
}

const noViolations: readonly Violation[] = [];

async function serve(
  found: FoundKey,
  operation: OperationSpec,
  validator: Validator | undefined,
  run: Run,
  { request, path, target, header }: Incoming,
): Promise<Served> {
  const { place, key } = found;
  const { state } = place.world;
  const authorised = operation.keyScope === "number" ? authoriseNumber(found, operation) : null;
  if (authorised?.ok === false) return unserved(place, authorised.refusal);
  const number = authorised === null ? null : authorised.number;
  const callId = number === null ? null : (state.calls.find(number.id, path["callId"] ?? "")?.id ?? null);
  const about = { place, numberId: number?.id ?? null, callId };
  const read = await readBody(request, operation, header);
  if (!read.ok) return { ...about, outcome: read, text: null };
  const { strict } = state.rules;
  const refusal =
    refuseBody(operation, validator, read.json, strict) ?? (strict ? refuseStrictly(operation, read, target) : null);
  if (refusal !== null) return { ...about, outcome: { ok: false, refusal }, text: read.text };
  const queryAt = target.indexOf("?");
  const parameters = readParameters(operation, queryAt < 0 ? "" : target.slice(queryAt + 1), path, strict);
  if (!parameters.ok) return { ...about, outcome: parameters, text: read.text };
  const outcome = run({ place, key, number, path, query: parameters.query, body: read.json });
  return { ...about, outcome, text: read.text };
}

function unserved(place: Place, refusal: Refusal): Served {
  return { place, outcome: { ok: false, refusal }, numberId: null, callId: null, text: null };
}

/** An answer that breaks our own spec is our bug, and is said so instead of being sent (ERR-009). */
function brokenPromise(operation: OperationSpec, violations: readonly Violation[]) {
  const list = violations.map(({ path, message }) => `${path} ${message}`).join("; ");
  const body = {
    error: `The sandbox was about to answer ${operation.id} with something its own specification does not allow: ${list}. This is a bug of the sandbox; please report it.`,
    code: "SANDBOX_RESPONSE_INVALID",
  };
  return jsonResponse(500, body, { ok: true, body });
}
