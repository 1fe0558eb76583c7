import { readBody } from "../../mock/api/read-body.ts";
import { readParameters } from "../../mock/api/read-parameters.ts";
import { requestViolations } from "../../mock/api/request-violations.ts";
import { responseCheck } from "../../mock/api/response-check.ts";
import { refuseBody } from "../../mock/api/validate-body.ts";
import { pathOf, pathText } from "../../mock/config/path.ts";
import type { Refusal } from "../../mock/domain/refusals/refusal.ts";
import type { OperationSpec } from "../../spec/generated/operations.ts";
import { requestValidators } from "../../spec/generated/request-validators.js";
import { responseValidators } from "../../spec/generated/response-validators.js";
import type { Validator } from "../../spec/generated/validator.ts";
import type { Departure, Exchange, ReceivedResponse, SentRequest } from "./exchange.ts";
import { findOperation, queryOf } from "./find-operation.ts";

const bodies: Readonly<Record<string, Validator>> = requestValidators;
const checkAnswer = responseCheck(async () => responseValidators);

/**
 * Holds an exchange against the OpenAPI document, with the validators that the sandbox itself uses.
 *
 * A request that is refused as it should be still departs from the document; callers that provoke refusals look at the
 * departures of the response alone.
 *
 * @returns every departure, those of the request first
 * @example await judgeExchange({ request: { method: "GET", target: "/v1/calls?limit=0", … }, response })
 */
export async function judgeExchange({ request, response }: Exchange): Promise<readonly Departure[]> {
  return [...(await judgeRequest(request)), ...(await judgeResponse(request, response))];
}

/** What the document doesn't allow in a request: its path, method, parameters or body. */
export async function judgeRequest(request: SentRequest): Promise<readonly Departure[]> {
  const found = findOperation(request.method, request.target);
  if (found.operation === null) return [unknownRoute(request, found.methods)];
  const { operation, path } = found;
  const parameters = readParameters(operation, queryOf(request.target), path, false);
  const body = await readBody(asRequest(request), operation, (name) => request.headers[name]);
  const refusals = [
    ...(parameters.ok ? [] : [parameters.refusal]),
    ...(body.ok ? listed(refuseBody(operation, bodies[operation.id], body.json, false)) : [body.refusal]),
  ];
  return refusals.flatMap((refusal) => requestViolations(refusal));
}

/** What the document doesn't allow in an answer: its status, content type, body or error code. */
export async function judgeResponse(
  request: SentRequest,
  { status, headers, body }: ReceivedResponse,
): Promise<readonly Departure[]> {
  const { operation } = findOperation(request.method, request.target);
  if (operation === null || status === 204) return [];
  const type = headers["content-type"] ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    const was = type === "" ? "missing" : JSON.stringify(type.slice(0, 80));
    return [departure("", `the content type must be application/json, but was ${was}`)];
  }
  const json = parsed(body ?? "");
  if (json === undefined) return [departure("", "the body must be JSON, but can't be read as JSON")];
  return judgeJson(operation, status, json);
}

async function judgeJson(operation: OperationSpec, status: number, json: unknown): Promise<readonly Departure[]> {
  const violations = await checkAnswer(operation, status, json);
  return violations.map(({ path, message }) => departure(path === "" ? "" : pathText(pathOf(path, json)), message));
}

function unknownRoute({ method, target }: SentRequest, methods: readonly string[]): Departure {
  const path = target.split("?")[0];
  const message =
    methods.length === 0
      ? `the document has nothing at ${path}`
      : `the document has ${methods.join(", ")} at ${path}, but not ${method.toUpperCase()}`;
  return { in: "request", path: "", message };
}

function asRequest({ method, headers, body }: SentRequest): Request {
  const bodiless = method === "GET" || method === "HEAD";
  return new Request("http://localhost/", { method, headers, ...(bodiless ? {} : { body }) });
}

function listed(refusal: Refusal | null): readonly Refusal[] {
  return refusal === null ? [] : [refusal];
}

function departure(path: string, message: string): Departure {
  return { in: "response", path, message };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
