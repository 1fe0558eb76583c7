import type { OperationSpec } from "../../spec/generated/operations.ts";
import type { Instant } from "../domain/time.ts";
import type { Disturbed } from "../faults/disturb.ts";
import { effectBody } from "../faults/show-rule.ts";
import type { RequestStrike } from "../faults/strike-request.ts";
import { loggedBody, shortenKeys, type Violation } from "../world/request-log.ts";
import { requestViolations } from "./request-violations.ts";
import type { Arrived, Served } from "./served.ts";

/** An answer as it was sent, undisturbed or not. */
export type Logged = Pick<Disturbed, "status" | "text"> & Partial<Pick<Disturbed, "waited">>;

/** Keeps a request with its answer in the world's log, and in the timeline of the call that it was about. */
export function logRequest(arrived: Arrived, served: Served, sent: Logged, violations: readonly Violation[]): void {
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

function faultEntry(at: Instant, { id }: OperationSpec, { id: rule, effect }: RequestStrike, waited: boolean | null) {
  const { type: name, ...fields } = effectBody(effect);
  const detail = { rule, operation: id, ...fields, ...(waited === null ? {} : { waited }) };
  return { at, kind: "fault", name, detail } as const;
}
