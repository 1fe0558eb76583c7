import { readBody } from "../../mock/api/read-body.ts";
import { readParameters } from "../../mock/api/read-parameters.ts";
import { requestViolations } from "../../mock/api/request-violations.ts";
import { responseCheck } from "../../mock/api/response-check.ts";
import { refuseBody } from "../../mock/api/validate-body.ts";
import type { OperationSpec } from "../../spec/generated/operations.ts";
import { requestValidators } from "../../spec/generated/request-validators.js";
import { responseValidators } from "../../spec/generated/response-validators.js";
import type { Validator } from "../../spec/generated/validator.ts";
import type { Departure, ReceivedResponse, SentRequest } from "./exchange.ts";
import { type FoundOperation, findOperation, queryOf } from "./find-operation.ts";
import { jsonOf } from "./json-of.ts";
import { schemaDepartures } from "./schema-departures.ts";

const bodies: Readonly<Record<string, Validator>> = requestValidators;
const answers: Readonly<Record<string, Readonly<Record<string, Validator>>>> = responseValidators;
const checkAnswer = responseCheck(async () => responseValidators);

// A request that is refused as it should be still departs from the document; callers that provoke refusals look at the
// departures of the response alone.

/** What the document doesn't allow in a request: its path, method, parameters or body. */
export async function judgeRequest(request: SentRequest): Promise<readonly Departure[]> {
  const found = findOperation(request.method, request.target);
  if (found.operation === null) return [unknownRoute(request, found.methods)];
  const { operation, path } = found;
  const body = await readBody(asRequest(request), operation, (name) => request.headers[name]);
  const refusal = body.ok ? refuseBody(operation, bodies[operation.id], body.json, false) : body.refusal;
  return [
    ...judgeQuery(operation, queryOf(request.target), path),
    ...(refusal === null ? [] : requestViolations(refusal)),
  ];
}

/** Each parameter by itself: the API names the first mistake only, and not its place. */
function judgeQuery(operation: OperationSpec, query: string, path: FoundOperation["path"]): readonly Departure[] {
  return operation.parameters.flatMap((parameter) => {
    const read = readParameters({ ...operation, parameters: [parameter] }, query, path, false);
    if (read.ok) return [];
    return requestViolations(read.refusal).map((violation) => ({ ...violation, path: `query.${parameter.name}` }));
  });
}

/** What the document doesn't allow in an answer: its status, content type, body or error code. */
export async function judgeResponse(
  request: SentRequest,
  { status, headers, body }: ReceivedResponse,
): Promise<readonly Departure[]> {
  const { operation } = findOperation(request.method, request.target);
  if (operation === null) return [];
  const validator = answers[operation.id]?.[String(status)];
  // Told alone: what an undocumented answer looks like matters less than that it came.
  if (validator === undefined) return [departure("", `the status ${status} is not documented for ${operation.id}`)];
  const type = headers["content-type"] ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    const was = type === "" ? "missing" : JSON.stringify(type.slice(0, 80));
    return [departure("", `the content type must be application/json, but was ${was}`)];
  }
  const json = jsonOf(body);
  if (json === undefined) return [departure("", "the body must be JSON, but can't be read as JSON")];
  if (!validator(json)) return schemaDepartures(validator.errors ?? [], json);
  // The schema is content: what is left is whether the operation may answer this code.
  const violations = await checkAnswer(operation, status, json);
  return violations.map(({ path, message }) => departure(path.slice(1), message));
}

function unknownRoute({ method, target }: SentRequest, methods: readonly string[]): Departure {
  const path = target.split("?")[0];
  const message =
    methods.length === 0
      ? `the document has nothing at ${path}`
      : `the document has ${methods.join(", ")} at ${path}, but not ${method.toUpperCase()}`;
  return { in: "request", path: "", message };
}

/** Without its headers, which `Request` would refuse for what Node lets through. */
function asRequest({ method, body }: SentRequest): Request {
  const bodiless = method === "GET" || method === "HEAD";
  return new Request("http://localhost/", { method, ...(bodiless ? {} : { body }) });
}

function departure(path: string, message: string): Departure {
  return { in: "response", path, message };
}
