import type { OperationSpec } from "../../../spec/generated/operations.ts";
import type { Generator, Generators, PactState } from "./pact-file.ts";

/** What a state provides, beside the key of its number. */
const provides: Readonly<Record<string, string>> = {
  "a ringing inbound call": "callId",
  "an outbound call that rings": "callId",
  "an answered call": "callId",
  "an ended call": "callId",
  "a webhook is registered": "webhookId",
  "a connected number": "numberId",
};

/**
 * What the states provide at verification in place of the recorded key and the recorded id in the path. An id that leads
 * to a 404 stays: that nobody knows it is the point.
 *
 * @param path what the recorded path puts in the operation's parameters
 */
export function generatorsOf(
  operation: OperationSpec,
  path: Readonly<Record<string, string>>,
  states: readonly PactState[],
  status: number,
): Generators | null {
  if (states.length === 0) return null;
  const header = { "x-api-key": fromState("key") };
  const [parameter] = Object.keys(path);
  const wanted =
    parameter === "callId" ? "callId" : operation.path.startsWith("/v1/webhooks") ? "webhookId" : "numberId";
  const isProvided = states.some(({ name }) => provides[name] === wanted);
  if (parameter === undefined || status === 404 || !isProvided) return { header };
  // A call may be named by either of its ids.
  const given = wanted === "callId" && !path[parameter]?.startsWith("call_") ? "externalCallId" : wanted;
  const [before, after] = operation.path.split(`{${parameter}}`);
  return { header, path: fromState(given, before, after) };
}

/** An expression of Pact's: the name of a value in `${…}`. */
function fromState(name: string, before = "", after = ""): Generator {
  return { type: "ProviderState", expression: `${before}\${${name}}${after}` };
}
