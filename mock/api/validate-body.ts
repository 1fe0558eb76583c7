import type { BehaviourId } from "../../spec/generated/behaviour-ids.ts";
import { expectations } from "../../spec/generated/expectations.ts";
import type { OperationSpec } from "../../spec/generated/operations.ts";
import type { ValidationError, Validator } from "../../spec/generated/validator.ts";
import { type Refusal, refuse } from "../domain/refusals/refusal.ts";
import { refusePhone } from "./phone-input.ts";
import { received } from "./received.ts";

/** Where a request's body is wrong, in the API's own words. */
interface Issue {
  readonly path: string;
  readonly message: string;
}

/**
 * Checks a body against the schema that the spec gives its operation.
 *
 * @param strict refuses fields that the spec does not know, which are otherwise ignored
 * @returns null when the body is fine
 */
export function refuseBody(
  operation: OperationSpec,
  validator: Validator | undefined,
  json: unknown,
  strict: boolean,
): Refusal | null {
  if (operation.body === null || validator === undefined) return null;
  if (json === undefined) return operation.body.required ? missingBody(operation.body.properties) : null;
  if (!validator(json)) {
    const errors = telling(validator.errors ?? []);
    return (
      refuseMisspelt(json, errors) ??
      wrongBody(
        errors.map((error) => issueOf(error, json)),
        closestEntry(operation, errors),
      )
    );
  }
  const unknown = strict ? unknownFields(json, operation.body.properties) : [];
  if (unknown.length === 0) return null;
  return wrongBody(
    unknown.map((name) => ({ path: name, message: `is not a field of this operation; it has ${listed(operation)}` })),
    "STRICT-002",
  );
}

/** A phone number that is none, as the only fault: said in words instead of the schema's pattern. */
function refuseMisspelt(json: unknown, errors: readonly ValidationError[]): Refusal | null {
  const about = errors.every(({ instancePath, keyword }) => instancePath === "/to" && /pattern|length/i.test(keyword));
  if (!about || typeof json !== "object" || json === null || !("to" in json)) return null;
  return typeof json.to === "string" ? refusePhone("to", json.to) : null;
}

/** Without the errors that only say that one of the others occurred, where there are others. */
function telling(errors: readonly ValidationError[]): readonly ValidationError[] {
  const own = errors.filter(({ keyword }) => keyword !== "if" && keyword !== "anyOf" && keyword !== "oneOf");
  return own.length === 0 ? errors : own;
}

/** Ledger entries that are closer than ROUTE-013, by operation and by the first fault found. */
const entries: Readonly<Record<string, Readonly<Record<string, BehaviourId>>>> = {
  startCall: { "to required": "CALL-010", "to type": "CALL-015", "bizOpaqueCallbackData maxLength": "CALL-018" },
};

function closestEntry({ id }: OperationSpec, [first]: readonly ValidationError[]): BehaviourId | undefined {
  const field = String(first?.params["missingProperty"] ?? pathOf(first?.instancePath ?? ""));
  return entries[id]?.[`${field} ${first?.keyword}`];
}

function listed(operation: OperationSpec): string {
  return operation.body?.properties.join(", ") ?? "none";
}

function unknownFields(json: unknown, known: readonly string[]): string[] {
  if (typeof json !== "object" || json === null) return [];
  return Object.keys(json).filter((name) => !known.includes(name));
}

function missingBody(properties: readonly string[]): Refusal {
  return wrongBody([
    { path: "", message: `A JSON body is required, and there was none. Its fields: ${properties.join(", ")}` },
  ]);
}

function wrongBody(issues: readonly Issue[], behaviour: BehaviourId = "ROUTE-013"): Refusal {
  const unique = [...new Map(issues.map((issue) => [`${issue.path} ${issue.message}`, issue])).values()].slice(0, 20);
  const text = unique.map(({ path, message }) => (path === "" ? message : `${path} ${message}`)).join("; ");
  return refuse("VALIDATION_ERROR", {
    message: `The body is not valid: ${text}.`,
    behaviour,
    details: {
      issues: unique.map(({ path, message }) => ({ path, message: path === "" ? message : `${path} ${message}` })),
    },
  });
}

function issueOf(error: ValidationError, json: unknown): Issue {
  const path = pathOf(error.instancePath);
  const butWas = (expected: string): Issue => {
    return { path, message: `must be ${expected}, but was ${received(path, valueAt(json, error.instancePath))}` };
  };
  const { params } = error;
  switch (error.keyword) {
    case "required":
      return {
        path: [path, String(params["missingProperty"])].filter(Boolean).join("."),
        message: "is required, and is missing",
      };
    case "additionalProperties":
    case "unevaluatedProperties": {
      const name = String(params["additionalProperty"] ?? params["unevaluatedProperty"]);
      return { path: [path, name].filter(Boolean).join("."), message: "is not a field that can be set here" };
    }
    case "enum":
      return butWas(`one of ${listOf(params["allowedValues"])}`);
    case "const":
      return butWas(JSON.stringify(params["allowedValue"]));
    case "false schema":
      return { path, message: "can't be set together with the other fields" };
    case "type":
      return butWas(`of type ${listOf(params["type"])}`);
    case "pattern":
    case "format":
      return butWas(expectations[String(params[error.keyword])] ?? `in the ${error.keyword} ${params[error.keyword]}`);
    default:
      return { path, message: error.message ?? "is not valid" };
  }
}

/** What stands at a JSON pointer (RFC 6901). */
function valueAt(json: unknown, pointer: string): unknown {
  return steps(pointer).reduce<unknown>(
    // An array is an object whose names are its positions.
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    json,
  );
}

function listOf(values: unknown): string {
  return Array.isArray(values) ? values.map(String).join(", ") : String(values);
}

/** A JSON pointer as people write it: `/call_hours/weekly_operating_hours/0` is call_hours.weekly_operating_hours[0]. */
function pathOf(pointer: string): string {
  return steps(pointer).reduce(
    (path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path === "" ? part : `${path}.${part}`),
    "",
  );
}

function steps(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
