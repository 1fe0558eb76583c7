import { pathOf, pathText, valueAt } from "../../mock/config/path.ts";
import { expectations } from "../../spec/generated/expectations.ts";
import type { ValidationError } from "../../spec/generated/validator.ts";
import type { Departure } from "./exchange.ts";

/** Errors that only say that one of the others occurred. */
const echoes: ReadonlySet<string> = new Set(["if", "anyOf", "oneOf"]);

/**
 * Where an answer leaves its schema, in words: what was expected and what was there, each place once.
 *
 * @param json the answer, to show what was there
 */
export function schemaDepartures(errors: readonly ValidationError[], json: unknown): readonly Departure[] {
  const own = errors.filter(({ keyword }) => !echoes.has(keyword));
  const all = (own.length === 0 ? errors : own).map((error) => departureOf(error, json));
  return [...new Map(all.map((departure) => [`${departure.path} ${departure.message}`, departure])).values()];
}

function departureOf({ instancePath, keyword, params, message }: ValidationError, json: unknown): Departure {
  const path = pathOf(instancePath, json);
  const at = (...more: string[]) => (path.length + more.length === 0 ? "" : pathText([...path, ...more]));
  const one = (where: string, text: string): Departure => ({ in: "response", path: where, message: text });
  const extra = params["additionalProperty"] ?? params["unevaluatedProperty"];
  if (keyword === "required") return one(at(String(params["missingProperty"])), "is required, and is missing");
  if (extra !== undefined) return one(at(String(extra)), "is not a field of this answer");
  return one(at(), `${expectation(keyword, params, message)}, but was ${shown(valueAt(json, path))}`);
}

function expectation(keyword: string, params: ValidationError["params"], message = "is not valid"): string {
  if (keyword === "enum") return `must be one of ${listOf(params["allowedValues"])}`;
  if (keyword === "const") return `must be ${JSON.stringify(params["allowedValue"])}`;
  if (keyword === "type") return `must be of type ${listOf(params["type"])}`;
  const words = expectations[String(params[keyword])];
  return words === undefined ? message : `must be ${words}`;
}

function listOf(values: unknown): string {
  return Array.isArray(values) ? values.map(String).join(", ") : String(values);
}

/** Enough of a value to know it again. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
