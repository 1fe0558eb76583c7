import type { BehaviourId } from "../../spec/generated/behaviour-ids.ts";
import type { OperationSpec } from "../../spec/generated/operations.ts";
import type { ValidationError, Validator } from "../../spec/generated/validator.ts";
import { type Refusal, refuse } from "../domain/refusals/refusal.ts";
import { type Issue, isAlternative, issuesOf } from "./body-issues.ts";
import { closestEntry } from "./closest-entry.ts";
import { refusePhone } from "./phone-input.ts";

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
    return refuseMisspelt(json, errors) ?? wrongBody(issuesOf(errors, json), closestEntry(operation, errors));
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

/**
 * Without the errors that only say that one of the others occurred, where there are others; and where one of several names
 * is there and wrong, without those that miss the other names.
 */
function telling(errors: readonly ValidationError[]): readonly ValidationError[] {
  const own = errors.filter(({ keyword }) => keyword !== "if" && keyword !== "anyOf" && keyword !== "oneOf");
  const present = own.filter((error) => !isAlternative(error));
  if (present.length > 0) return present;
  return own.length === 0 ? errors : own;
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
