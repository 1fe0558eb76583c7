import type { BehaviourId } from "../../spec/generated/behaviour-ids.ts";
import type { OperationSpec } from "../../spec/generated/operations.ts";
import type { ValidationError, Validator } from "../../spec/generated/validator.ts";
import { type Refusal, refuse } from "../domain/refusals/refusal.ts";

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
  if (!validator(json)) return wrongBody((validator.errors ?? []).map(issueOf));
  const unknown = strict ? unknownFields(json, operation.body.properties) : [];
  if (unknown.length === 0) return null;
  return wrongBody(
    unknown.map((name) => ({ path: name, message: `is not a field of this operation; it has ${listed(operation)}` })),
    "STRICT-002",
  );
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

function issueOf(error: ValidationError): Issue {
  const path = pathOf(error.instancePath);
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
      return { path, message: `must be one of ${listOf(params["allowedValues"])}` };
    case "const":
      return { path, message: `must be ${JSON.stringify(params["allowedValue"])}` };
    case "type":
      return { path, message: `must be of type ${listOf(params["type"])}` };
    default:
      return { path, message: error.message ?? "is not valid" };
  }
}

function listOf(values: unknown): string {
  return Array.isArray(values) ? values.map(String).join(", ") : String(values);
}

/** A JSON pointer as people write it: `/call_hours/weekly_operating_hours/0` is call_hours.weekly_operating_hours[0]. */
function pathOf(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path === "" ? part : `${path}.${part}`), "");
}
