import { expectations } from "../../spec/generated/expectations.ts";
import type { ValidationError } from "../../spec/generated/validator.ts";
import { received } from "./received.ts";

/** Where a request's body is wrong, in the API's own words. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** Whether an error misses one of several names, of which any would do. */
export function isAlternative({ keyword, schemaPath }: ValidationError): boolean {
  return keyword === "required" && schemaPath.includes("/anyOf/");
}

/** Errors of a validator in the API's own words; names of which any would do are one issue. */
export function issuesOf(errors: readonly ValidationError[], json: unknown): readonly Issue[] {
  const alternatives = errors.filter(isAlternative);
  if (alternatives.length < 2) return errors.map((error) => issueOf(error, json));
  const names = [...new Set(alternatives.map(({ params }) => String(params["missingProperty"])))].join(" or ");
  const others = errors.filter((error) => !isAlternative(error)).map((error) => issueOf(error, json));
  return [{ path: "", message: `${names} is required` }, ...others];
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
export function pathOf(pointer: string): string {
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
