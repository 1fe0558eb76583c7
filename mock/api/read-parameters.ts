import type { BehaviourId } from "../../spec/generated/behaviour-ids.ts";
import type { OperationSpec, ParameterSpec } from "../../spec/generated/operations.ts";
import { type Refusal, refuse } from "../domain/refusals/refusal.ts";

export type ParameterValues = Readonly<Record<string, string | number | boolean>>;

export type ReadParameters =
  | { readonly ok: true; readonly query: ParameterValues; readonly path: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly refusal: Refusal };

const noQuery: ParameterValues = {};

/**
 * Reads and checks the parameters that the spec gives an operation. The spec also names the code of each parameter
 * (`x-error-code`), which is how `limit=0` becomes INVALID_LIMIT.
 *
 * @param search the query string with or without `?`
 * @param pathValues path parameters, percent-decoded
 * @param strict refuses parameters that the spec does not know
 */
export function readParameters(
  operation: OperationSpec,
  search: string,
  pathValues: Readonly<Record<string, string>>,
  strict: boolean,
): ReadParameters {
  const path = pathValues;
  const inQuery = operation.parameters.filter((parameter) => parameter.in === "query");
  if (inQuery.length === 0 && !(strict && search !== "")) return { ok: true, query: noQuery, path };
  const sent = new URLSearchParams(search);
  if (strict) {
    const unknown = [...sent.keys()].find((name) => !inQuery.some((parameter) => parameter.name === name));
    if (unknown !== undefined) return { ok: false, refusal: unknownParameter(unknown, inQuery) };
  }
  const query: Record<string, string | number | boolean> = {};
  for (const parameter of inQuery) {
    const read = readOne(parameter, sent.getAll(parameter.name));
    if (read instanceof Fault) return { ok: false, refusal: faulty(operation, parameter, read) };
    if (read !== undefined) query[parameter.name] = read;
  }
  return { ok: true, query, path };
}

class Fault {
  readonly kind: "missing" | "empty" | "repeated" | "malformed" | "low" | "high";
  readonly received: string;

  constructor(kind: Fault["kind"], received: string) {
    this.kind = kind;
    this.received = received;
  }
}

function readOne(parameter: ParameterSpec, values: readonly string[]): string | number | boolean | undefined | Fault {
  const [value] = values;
  if (value === undefined) return parameter.required ? new Fault("missing", "") : parameter.default;
  if (values.length > 1) return new Fault("repeated", values.join(", "));
  if (value === "" && !takesAnyText(parameter)) return new Fault(parameter.required ? "missing" : "empty", value);
  return parameter.type === "integer" ? readInteger(parameter, value) : readString(parameter, value);
}

/** Whether the spec rules nothing about a parameter's text: an empty one is then a value like any other (CALL-GET-006). */
function takesAnyText({ type, required, pattern, enum: values, minLength }: ParameterSpec): boolean {
  return type === "string" && !required && pattern === undefined && values === undefined && minLength === undefined;
}

function readInteger(parameter: ParameterSpec, value: string): number | Fault {
  if (!/^-?\d{1,15}$/.test(value)) return new Fault("malformed", value);
  const number = Number(value);
  if (number < (parameter.minimum ?? number)) return new Fault("low", value);
  return number > (parameter.maximum ?? number) ? new Fault("high", value) : number;
}

function readString(parameter: ParameterSpec, value: string): string | Fault {
  if (value.length > (parameter.maxLength ?? value.length)) return new Fault("malformed", value);
  if (parameter.enum !== undefined && !parameter.enum.includes(value)) return new Fault("malformed", value);
  return parameter.pattern === undefined || new RegExp(parameter.pattern, "u").test(value)
    ? value
    : new Fault("malformed", value);
}

function faulty({ id }: OperationSpec, parameter: ParameterSpec, fault: Fault): Refusal {
  const code = fault.kind === "missing" ? parameter.missingErrorCode : parameter.errorCode;
  const message = `${parameter.name} must be ${expectation(parameter)}, but ${reality(fault)}.`;
  const behaviour =
    id === "listWebhookLogs" && code === "INVALID_LIMIT" ? "HOOK-SUB-023" : entries[parameter.name]?.[fault.kind];
  return refuse(isParameterCode(code) ? code : "VALIDATION_ERROR", {
    message: `${message} ${remedy(parameter)}`,
    ...(behaviour === undefined ? {} : { behaviour }),
    ...(code === "VALIDATION_ERROR" ? { details: { issues: [{ path: parameter.name, message }] } } : {}),
  });
}

const parameterCodes = ["VALIDATION_ERROR", "INVALID_LIMIT", "INVALID_BEFORE", "MISSING_TO"] as const;

function isParameterCode(code: string): code is (typeof parameterCodes)[number] {
  return parameterCodes.some((known) => known === code);
}

/** The ledger entries of the documented parameters; any other falls back to its code's entry. */
const entries: Readonly<Record<string, Readonly<Partial<Record<Fault["kind"], BehaviourId>>>>> = {
  limit: {
    low: "CALL-LIST-005",
    high: "CALL-LIST-006",
    malformed: "CALL-LIST-007",
    empty: "CALL-LIST-008",
    repeated: "CALL-LIST-009",
  },
  before: { malformed: "CALL-LIST-013", empty: "CALL-LIST-015", repeated: "CALL-LIST-016" },
  to: { missing: "META-PERM-037", malformed: "META-PERM-039" },
};

function expectation({ name, minimum, maximum, type, enum: values }: ParameterSpec): string {
  if (type === "integer") return `a whole number from ${minimum ?? "any"} to ${maximum ?? "any"}`;
  if (name === "before") return "an ISO 8601 date or date-time";
  if (name === "to") return "a phone number of 8 to 15 digits";
  return values === undefined ? "a text of the documented form" : `one of ${values.join(", ")}`;
}

function reality({ kind, received }: Fault): string {
  if (kind === "missing") return "it is missing or empty";
  if (kind === "empty") return "it is empty";
  return `${kind === "repeated" ? "it was given more than once: " : "it was "}${JSON.stringify(received.slice(0, 80))}`;
}

function remedy({ name, default: usual }: ParameterSpec): string {
  if (name === "before")
    return "Use the createdAt of the last call on the page, for example before=2026-07-03T15:00:00.000Z.";
  if (name === "to") return "For example to=%2B5511999999999.";
  return usual === undefined ? "" : `Leave it out for ${usual}.`;
}

function unknownParameter(name: string, known: readonly ParameterSpec[]): Refusal {
  const message = `The query parameter ${JSON.stringify(name.slice(0, 80))} is unknown here.`;
  const names = known.map((parameter) => parameter.name).join(", ");
  return refuse("VALIDATION_ERROR", {
    message: `${message} ${names === "" ? "This operation has none." : `Known: ${names}.`} Without --strict it would be ignored.`,
    behaviour: "STRICT-003",
    details: { issues: [{ path: name.slice(0, 80), message }] },
  });
}
