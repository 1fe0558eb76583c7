import { controlValidators } from "../../spec/generated/control-validators.js";
import { type ControlOperationId, controlOperations, type OperationSpec } from "../../spec/generated/operations.ts";
import type { Validator } from "../../spec/generated/validator.ts";
import { errorBody } from "../api/error-body.ts";
import { jsonResponse } from "../api/json-response.ts";
import { declined, type Outcome } from "../api/outcome.ts";
import { readBody } from "../api/read-body.ts";
import { readParameters } from "../api/read-parameters.ts";
import type { ResponseCheck } from "../api/response-check.ts";
import type { Incoming } from "../api/served.ts";
import { refuseBody } from "../api/validate-body.ts";
import type { Sandboxed } from "./handler.ts";
import { controlHandlers } from "./handlers/index.ts";

type AnyControl = (sandbox: Sandboxed, request: ControlInput) => Outcome<unknown> | Promise<Outcome<unknown>>;

/** The parts of a control request, as they stand in spec/control.yaml. */
export interface ControlInput {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | number | boolean>>;
  readonly body: unknown;
}

const validators: Readonly<Record<string, Validator>> = controlValidators;
// What has passed the generated validators has the generated types: the parsed border of the control API.
const handlers = controlHandlers as unknown as Readonly<Record<ControlOperationId, AnyControl>>;

/** Runs one control operation; the body is checked against spec/control.yaml, whoever calls (CTRL-008). */
export async function runControl(
  sandbox: Sandboxed,
  id: ControlOperationId,
  input: ControlInput,
): Promise<Outcome<unknown>> {
  const refusal = refuseBody(controlOperations[id], validators[id], input.body, false);
  return refusal === null ? handlers[id](sandbox, input) : declined({ ...refusal, behaviour: "CTRL-008" });
}

/** Serves one control request over HTTP. */
export async function serveControl(
  sandbox: Sandboxed,
  operation: OperationSpec & { readonly id: ControlOperationId },
  incoming: Incoming,
  checkResponse: ResponseCheck | null,
): Promise<Response> {
  const outcome = await read(sandbox, operation, incoming);
  if (outcome.ok && outcome.body instanceof Response) return outcome.body;
  const status = outcome.ok ? operation.successStatus : outcome.refusal.status;
  // Nothing of Meta's is refused here, so there is nothing to trace.
  const body = outcome.ok
    ? outcome.body
    : errorBody(outcome.refusal, { source: { seed: "", worldId: "" }, ordinal: 0 });
  const violations = (await checkResponse?.(operation, status, body)) ?? [];
  if (violations.length === 0) return jsonResponse(status, body, outcome).response;
  const error = `The control API was about to break its own specification in ${operation.id}: ${JSON.stringify(violations)}. Please report it.`;
  return Response.json({ error, code: "SANDBOX_RESPONSE_INVALID" }, { status: 500 });
}

async function read(
  sandbox: Sandboxed,
  operation: OperationSpec & { readonly id: ControlOperationId },
  incoming: Incoming,
): Promise<Outcome<unknown>> {
  const { request, header, path, target } = incoming;
  const body = await readBody(request, operation, header);
  if (!body.ok) return body;
  const parameters = readParameters(operation, target.split("?")[1] ?? "", path, false);
  if (!parameters.ok) return parameters;
  return runControl(sandbox, operation.id, { path, query: parameters.query, body: body.json });
}
