import type { OperationSpec } from "../../spec/generated/operations.ts";
import type { Validator } from "../../spec/generated/validator.ts";
import type { CallId } from "../domain/call.ts";
import type { CallingNumber, NumberId } from "../domain/number.ts";
import type { Refusal } from "../domain/refusals/refusal.ts";
import type { Instant } from "../domain/time.ts";
import { type Connection, ConnectionReset } from "../faults/connection.ts";
import { type Disturbed, disturb } from "../faults/disturb.ts";
import { refusalByFault } from "../faults/refusal-by-fault.ts";
import { effectBody } from "../faults/show-rule.ts";
import { type RequestStrike, strikeRequest } from "../faults/strike-request.ts";
import { loggedBody, shortenKeys, type Violation } from "../world/request-log.ts";
import type { FoundKey, Place, Worlds } from "../world/worlds.ts";
import { authenticate } from "./authenticate.ts";
import { authoriseNumber } from "./authorise.ts";
import { errorBody, type MetaErrorStatus, statusOf } from "./error-body.ts";
import { type JsonResponse, jsonResponse } from "./json-response.ts";
import type { Outcome } from "./outcome.ts";
import { readBody } from "./read-body.ts";
import { readParameters } from "./read-parameters.ts";
import { requestViolations } from "./request-violations.ts";
import type { ResponseCheck } from "./response-check.ts";
import { refuseStrictly } from "./strict.ts";
import { refuseBody } from "./validate-body.ts";
import { whenDone } from "./when-done.ts";

/** What an operation gets once every check of the spec has passed; typed per operation in handler.ts. */
export interface Checked {
  readonly place: Place;
  readonly key: FoundKey["key"];
  readonly number: CallingNumber | null;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | number | boolean>>;
  readonly header: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export type Run = (checked: Checked) => Outcome<unknown> | Promise<Outcome<unknown>>;

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
  /** The client's end, where the door has one. */
  readonly connection?: Connection | undefined;
}

/** What is known of a request while it is served; the log gets all of it. */
interface Served {
  readonly place: Place;
  readonly outcome: Outcome<unknown>;
  readonly numberId: NumberId | null;
  readonly callId: CallId | null;
  readonly text: string | null;
  /** The fault rule that struck it. */
  readonly strike?: RequestStrike | null;
}

/**
 * Serves one request to one operation: key, scope, provider, connection, body, parameters, and then the operation
 * itself, in the order in which the refusals are documented (AUTH-020).
 */
export function serveOperation(
  serving: Serving,
  operation: OperationSpec,
  validator: Validator | undefined,
  run: Run,
  incoming: Incoming,
): Response | Promise<Response> {
  const began = performance.now();
  const found = authenticate(serving.worlds, incoming.header);
  const place = found.ok ? found.place : serving.worlds.defaultPlace;
  const ordinal = place.requests.nextOrdinal();
  const seq = place.timeline.reserve();
  const at = place.world.clock.now();
  const arrived = { began, ordinal, seq, at, operation, incoming };
  const served = found.ok ? serve(found, operation, validator, run, incoming) : unserved(place, found.refusal);
  return whenDone(served, (outcome) => answer(serving, arrived, outcome));
}

/** What is known of a request as soon as it arrives. */
interface Arrived {
  readonly began: number;
  readonly ordinal: number;
  readonly seq: number;
  readonly at: Instant;
  readonly operation: OperationSpec;
  readonly incoming: Incoming;
}

function answer(serving: Serving, arrived: Arrived, served: Served): Response | Promise<Response> {
  const { operation, ordinal } = arrived;
  const { outcome, place, strike = null } = served;
  const status = outcome.ok ? operation.successStatus : statusOf(outcome.refusal, serving.metaErrorStatus);
  const body = outcome.ok ? outcome.body : errorBody(outcome.refusal, { source: place.world.state.source, ordinal });
  if (strike !== null) return answerStruck(arrived, served, strike, jsonResponse(status, body, outcome));
  return whenDone(serving.checkResponse?.(operation, status, body) ?? noViolations, (violations) => {
    const sent = violations.length === 0 ? jsonResponse(status, body, outcome) : brokenPromise(operation, violations);
    log(arrived, served, sent, violations);
    return sent.response;
  });
}

/** What a fault rule has touched is checked against no specification (ERR-008). */
async function answerStruck(arrived: Arrived, served: Served, strike: RequestStrike, sent: JsonResponse) {
  const { request, connection = null } = arrived.incoming;
  const { clock } = served.place.world;
  const disturbed = await disturb(strike, sent, { clock, signal: request.signal, connection });
  log(arrived, served, disturbed, noViolations);
  if (disturbed.response === null) throw new ConnectionReset(strike.id);
  return disturbed.response;
}

function log(arrived: Arrived, served: Served, sent: Logged, violations: readonly Violation[]): void {
  const { began, ordinal, seq, at, operation, incoming } = arrived;
  const { target } = incoming;
  const { outcome, place, strike = null } = served;
  const behaviour = outcome.ok ? null : outcome.refusal.behaviour;
  const callId = (outcome.ok ? outcome.callId : undefined) ?? served.callId;
  place.requests.add({
    id: `req_${ordinal}`,
    at,
    method: operation.method,
    path: shortenKeys(target),
    status: sent.status,
    durationMs: performance.now() - began,
    operationId: operation.id,
    numberId: served.numberId,
    callId,
    requestBody: loggedBody(served.text),
    responseBody: loggedBody(sent.text),
    behaviour,
    fault: strike === null ? null : strike.id,
    violations: outcome.ok ? violations : [...requestViolations(outcome.refusal), ...violations],
  });
  if (callId !== null) {
    const detail = { method: operation.method, path: target, status: sent.status, behaviour };
    place.timeline.add(callId, { at, kind: "request", name: operation.id, detail }, seq);
    if (strike !== null) place.timeline.add(callId, faultEntry(at, operation, strike, sent.waited ?? null), strike.seq);
  }
}

/** An answer as it was sent, undisturbed or not. */
type Logged = Pick<Disturbed, "status" | "text"> & Partial<Pick<Disturbed, "waited">>;

function faultEntry(at: Instant, { id }: OperationSpec, { id: rule, effect }: RequestStrike, waited: boolean | null) {
  const { type: name, ...fields } = effectBody(effect);
  const detail = { rule, operation: id, ...fields, ...(waited === null ? {} : { waited }) };
  return { at, kind: "fault", name, detail } as const;
}

const noViolations: readonly Violation[] = [];

function serve(
  found: FoundKey,
  operation: OperationSpec,
  validator: Validator | undefined,
  run: Run,
  { request, path, target, header }: Incoming,
): Served | Promise<Served> {
  const { place, key } = found;
  const { state } = place.world;
  const authorised = operation.keyScope === "number" ? authoriseNumber(found, operation) : null;
  if (authorised?.ok === false) return unserved(place, authorised.refusal);
  const number = authorised === null ? null : authorised.number;
  const callId = number === null ? null : (state.calls.find(number.id, path["callId"] ?? "")?.id ?? null);
  const about = { place, numberId: number?.id ?? null, callId };
  return whenDone(readBody(request, operation, header), (read) => {
    if (!read.ok) return { ...about, outcome: read, text: read.text };
    const { strict } = state.rules;
    const refusal =
      refuseBody(operation, validator, read.json, strict) ??
      (strict ? refuseStrictly(operation, read, target, number) : null);
    if (refusal !== null) return { ...about, outcome: { ok: false, refusal }, text: read.text };
    const queryAt = target.indexOf("?");
    const parameters = readParameters(operation, queryAt < 0 ? "" : target.slice(queryAt + 1), path, strict);
    if (!parameters.ok) return { ...about, outcome: parameters, text: read.text };
    const { query } = parameters;
    const strike = place.faults.isArmed
      ? strikeRequest(place, { operation: operation.id, key, callId, query, body: read.json })
      : null;
    const fault = strike === null ? null : refusalByFault(strike, place.world.id);
    if (fault !== null) return { ...about, outcome: { ok: false, refusal: fault }, text: read.text, strike };
    const running = run({
      place,
      key,
      number,
      path,
      query,
      header: headers(operation, header),
      body: read.json,
    });
    return whenDone(running, (outcome) => ({ ...about, outcome, text: read.text, strike }));
  });
}

/** The headers that are parameters of an operation, where they were sent. */
function headers(operation: OperationSpec, header: Incoming["header"]): Readonly<Record<string, string>> {
  const sent: Record<string, string> = {};
  for (const parameter of operation.parameters) {
    const value = parameter.in === "header" ? header(parameter.name) : undefined;
    if (value !== undefined && value !== "") sent[parameter.name] = value;
  }
  return sent;
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
