import type { OperationSpec } from "../../spec/generated/operations.ts";
import type { Validator } from "../../spec/generated/validator.ts";
import type { CallingNumber } from "../domain/number.ts";
import type { Refusal } from "../domain/refusals/refusal.ts";
import { refusalByFault } from "../faults/refusal-by-fault.ts";
import { type RequestStrike, strikeRequest } from "../faults/strike-request.ts";
import type { FoundKey, Place } from "../world/worlds.ts";
import { answerRequest } from "./answer-request.ts";
import { authenticate } from "./authenticate.ts";
import { authoriseNumber } from "./authorise.ts";
import { withoutForeign } from "./foreign-fields.ts";
import type { Outcome } from "./outcome.ts";
import { readBody } from "./read-body.ts";
import { readParameters } from "./read-parameters.ts";
import type { Incoming, Served, Serving } from "./served.ts";
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
  return whenDone(served, (outcome) => answerRequest(serving, arrived, outcome));
}

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
    const json = strict ? read.json : withoutForeign(operation, number, read.json);
    const refusal =
      refuseBody(operation, validator, json, strict) ??
      (strict ? refuseStrictly(operation, read, target, number) : null);
    if (refusal !== null) return { ...about, outcome: { ok: false, refusal }, text: read.text };
    const queryAt = target.indexOf("?");
    const parameters = readParameters(operation, queryAt < 0 ? "" : target.slice(queryAt + 1), path, strict);
    if (!parameters.ok) return { ...about, outcome: parameters, text: read.text };
    const checked = {
      place,
      key,
      number,
      path,
      query: parameters.query,
      header: headers(operation, header),
      body: json,
    };
    const struck = place.faults.isArmed ? strikeRequest(place, { operation: operation.id, callId, ...checked }) : null;
    return whenDone(carryOut(run, checked, struck), (outcome) => ({
      ...about,
      outcome,
      text: read.text,
      strike: struck,
    }));
  });
}

/** Runs an operation, unless a fault rule stands in its way: then nothing happens (CTRL-058). */
function carryOut(run: Run, checked: Checked, strike: RequestStrike | null): ReturnType<Run> {
  const refusal = strike === null ? null : refusalByFault(strike, checked.place.world.id);
  return refusal === null ? run(checked) : { ok: false, refusal };
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
