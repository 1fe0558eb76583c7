import { isMap } from "../../../mock/config/path.ts";
import { apiOperations, type OperationSpec } from "../../../spec/generated/operations.ts";
import { findOperation, queryOf } from "../../exchange/find-operation.ts";
import { jsonOf } from "../../exchange/json-of.ts";
import { type CallingProvider, keyOf, keysOf } from "../recorded-keys.ts";
import type { RecordedExchange, Recording } from "../recording.ts";
import { CallMemory } from "./call-memory.ts";
import { generatorsOf } from "./generators.ts";
import { matchedBody } from "./matched-body.ts";
import { type PactFile, type PactInteraction, type PactState, rule } from "./pact-file.ts";
import { statesFor } from "./provider-state.ts";

/** A pact, and what of the recording is not in it. */
export interface PactFromRecording {
  readonly pact: PactFile;
  readonly leftOut: readonly { readonly number: number; readonly why: string }[];
}

/** The provider's name in every pact. */
export const providerName = "calls-api";

const operations: Readonly<Record<string, OperationSpec>> = apiOperations;

/**
 * Makes a Pact file of a recording: one interaction for each kind of request and answer, the first of its kind as the
 * example. Keys are the sandbox's own, ids come from the provider states.
 *
 * @example toPact(await readRecording("recording"), { consumer: "my-client" }).pact
 */
export function toPact(recording: Recording, { consumer }: { readonly consumer: string }): PactFromRecording {
  const providers = new Map(keysOf(recording).map(({ standIn, provider }) => [standIn, provider]));
  const calls = new CallMemory();
  const interactions = new Map<string, PactInteraction>();
  const leftOut: { number: number; why: string }[] = [];
  for (const exchange of recording.exchanges) {
    const provider = providerOf(exchange, providers.get(keyOf(exchange) ?? "") ?? null);
    const made = interactionOf(exchange, provider, calls);
    calls.learn(exchange);
    if ("why" in made) leftOut.push({ number: exchange.number, why: made.why });
    else if (!interactions.has(made.description)) interactions.set(made.description, made);
  }
  const pact: PactFile = {
    consumer: { name: consumer },
    provider: { name: providerName },
    interactions: [...interactions.values()],
    metadata: { pactSpecification: { version: "4.0" } },
  };
  return { pact, leftOut };
}

/** Where nothing shows whose number it is, an operation of one provider alone does. */
function providerOf({ operation }: RecordedExchange, shown: CallingProvider | null): CallingProvider {
  if (shown !== null) return shown;
  return operations[operation ?? ""]?.providers?.includes("META") === false ? "EVO_GO" : "META";
}

function interactionOf(
  exchange: RecordedExchange,
  provider: CallingProvider,
  calls: CallMemory,
): PactInteraction | { readonly why: string } {
  const { request, response, departures } = exchange;
  const found = findOperation(request.method, request.target);
  if (found.operation === null) return { why: "the document has no such operation" };
  if (departures.some((departure) => departure.in === "response")) return { why: "its answer leaves the document" };
  const states = statesFor(exchange, { provider, callId: found.path["callId"] ?? null, calls });
  if ("why" in states) return states;
  const { operation } = found;
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(found.path[name] ?? ""));
  const generators = generatorsOf(operation, found.path, states.states, response.status);
  const query = queryFields(request.target);
  return {
    type: "Synchronous/HTTP",
    description: descriptionOf(exchange, operation, provider, states.states),
    pending: false,
    ...(states.states.length === 0 ? {} : { providerStates: states.states }),
    request: {
      method: operation.method,
      path,
      ...(Object.keys(query).length === 0 ? {} : { query }),
      ...requestHeaders(exchange, provider),
      ...bodyOf(jsonOf(request.body)),
      matchingRules: { path: rule({ match: "regex", regex: `^${operation.path.replaceAll(/\{\w+\}/g, "[^/]+")}$` }) },
      ...(generators === null ? {} : { generators }),
    },
    response: responseOf(exchange, operation),
  };
}

function responseOf({ response }: RecordedExchange, { path }: OperationSpec): PactInteraction["response"] {
  // The state of one call is what its provider state brings about; elsewhere a status is what it happens to be.
  const exact = new Set(
    path.startsWith("/v1/calls/{callId}") || path === "/v1/calls" ? ["$.code", "$.status"] : ["$.code"],
  );
  const { content, rules } = matchedBody(jsonOf(response.body), exact);
  return {
    status: response.status,
    headers: { "content-type": ["application/json"] },
    ...bodyOf(content),
    matchingRules: {
      header: { "content-type": rule({ match: "regex", regex: "^application/json(;.*)?$" }) },
      body: rules,
    },
  };
}

function requestHeaders({ request, response }: RecordedExchange, provider: CallingProvider) {
  const { headers } = request;
  const type = headers["content-type"];
  const known = response.status === 401 ? "ps_unknown" : provider === "META" ? "ps_sandbox_meta" : "ps_sandbox_evo";
  const all = {
    ...(hasKey(request) ? { "x-api-key": [known] } : {}),
    ...(type === undefined ? {} : { "content-type": [type] }),
  };
  return Object.keys(all).length === 0 ? {} : { headers: all };
}

function hasKey({ headers }: RecordedExchange["request"]): boolean {
  return headers["x-api-key"] !== undefined || headers["x-api-key-id"] !== undefined;
}

function bodyOf(content: unknown): Pick<PactInteraction["request"], "body"> {
  return content === undefined ? {} : { body: { contentType: "application/json", encoded: false, content } };
}

function queryFields(target: string): Readonly<Record<string, readonly string[]>> {
  const sent = new URLSearchParams(queryOf(target));
  return Object.fromEntries([...new Set(sent.keys())].map((name) => [name, sent.getAll(name)]));
}

/** Says what kind of exchange it is; two of one kind have the same. */
function descriptionOf(
  { request, response }: RecordedExchange,
  { method, path }: OperationSpec,
  provider: CallingProvider,
  states: readonly PactState[],
): string {
  const [asked, answered] = [jsonOf(request.body), jsonOf(response.body)];
  const fields = [...Object.keys(queryFields(request.target)), ...(isMap(asked) ? Object.keys(asked) : [])].sort();
  const code = isMap(answered) && typeof answered["code"] === "string" ? ` ${answered["code"]}` : "";
  const given = states.map(({ name }) => `, given ${name}`).join("");
  // A key that opened nothing shows no provider.
  const whose = response.status !== 401 ? ` on ${provider}` : hasKey(request) ? "" : " without a key";
  return `${method} ${path}${whose}${fields.length === 0 ? "" : ` with ${fields.join(", ")}`}${given}: ${response.status}${code}`;
}
