import type { OperationSpec } from "../../spec/generated/operations.ts";
import { ConnectionReset } from "../faults/connection.ts";
import { disturb } from "../faults/disturb.ts";
import type { RequestStrike } from "../faults/strike-request.ts";
import type { Violation } from "../world/request-log.ts";
import { errorBody, statusOf } from "./error-body.ts";
import { type JsonResponse, jsonResponse } from "./json-response.ts";
import { logRequest } from "./log-request.ts";
import type { Arrived, Served, Serving } from "./served.ts";
import { whenDone } from "./when-done.ts";

const noViolations: readonly Violation[] = [];

/** Writes what was decided as a response, held against the spec where that was asked for, and logs it. */
export function answerRequest(serving: Serving, arrived: Arrived, served: Served): Response | Promise<Response> {
  const { operation, ordinal } = arrived;
  const { outcome, place, strike = null } = served;
  const status = outcome.ok ? operation.successStatus : statusOf(outcome.refusal, serving.metaErrorStatus);
  const body = outcome.ok ? outcome.body : errorBody(outcome.refusal, { source: place.world.state.source, ordinal });
  if (strike !== null) return answerStruck(arrived, served, strike, jsonResponse(status, body, outcome));
  return whenDone(serving.checkResponse?.(operation, status, body) ?? noViolations, (violations) => {
    const sent = violations.length === 0 ? jsonResponse(status, body, outcome) : brokenPromise(operation, violations);
    logRequest(arrived, served, sent, violations);
    return sent.response;
  });
}

/** What a fault rule has touched is checked against no specification (ERR-008). */
async function answerStruck(arrived: Arrived, served: Served, strike: RequestStrike, sent: JsonResponse) {
  const { request, connection = null } = arrived.incoming;
  const { clock } = served.place.world;
  const disturbed = await disturb(strike, sent, { clock, signal: request.signal, connection });
  logRequest(arrived, served, disturbed, noViolations);
  if (disturbed.response === null) throw new ConnectionReset(strike.id);
  return disturbed.response;
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
