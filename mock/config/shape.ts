import type { ValidationError, Validator } from "../../spec/generated/validator.ts";
import { isMap, itemsOf, type Mistake, type Path, pathOf, pathText, valueAt } from "./path.ts";
import { expectationAt, type Schema } from "./schema.ts";
import { didYouMean, nearest, shown } from "./words.ts";

/** What a file may hold: a schema, and the validator that was generated from it. */
export interface FileFormat {
  readonly schema: Schema;
  readonly validator: Validator;
}

/** Checks a file against its schema and explains what doesn't fit, one mistake a place. */
export function shapeMistakes(content: unknown, { schema, validator }: FileFormat): readonly Mistake[] {
  if (validator(content)) return [];
  const mistakes = new Map<string, Mistake>();
  for (const error of validator.errors ?? []) {
    if (error.keyword === "required" && misspelling(schema, error, content) !== null) continue;
    const mistake = mistakeOf(schema, error, content);
    if (mistake === null) continue;
    const place = JSON.stringify([mistake.path, error.params["missingProperty"]]);
    if (!mistakes.has(place)) mistakes.set(place, mistake);
  }
  return [...mistakes.values()];
}

function mistakeOf(schema: Schema, error: ValidationError, content: unknown): Mistake | null {
  const path = pathOf(error.instancePath, content);
  const value = valueAt(content, path);
  switch (error.keyword) {
    case "if":
      return null;
    case "false schema":
      return misplaced(schema, path, content);
    case "required":
      return missing(schema, path, String(error.params["missingProperty"]));
    case "additionalProperties":
      return unknownName(schema, path, String(error.params["additionalProperty"]), value);
    case "maxItems": {
      const message = `${pathText(path)} can have ${error.params["limit"]} entries, but has ${itemsOf(value).length}. Remove some.`;
      return { path, at: "value", message };
    }
    default:
      return { path, at: "value", message: wrongValue(schema, path, value) };
  }
}

/** The unknown name beside a missing one that was meant for it: told as that, and not as missing too. */
function misspelling(schema: Schema, { instancePath, params }: ValidationError, content: unknown): string | null {
  const path = pathOf(instancePath, content);
  const beside = valueAt(content, path);
  const { names } = expectationAt(schema, path);
  const unknown = isMap(beside) ? Object.keys(beside).filter((name) => !names.includes(name)) : [];
  return unknown.find((name) => nearest(name, names) === params["missingProperty"]) ?? null;
}

function missing(schema: Schema, path: Path, name: string): Mistake {
  const { expected } = expectationAt(schema, [...path, name]);
  return { path, at: "value", message: `${pathText(path)} lacks ${name}. Add it: ${expected}.` };
}

function unknownName(schema: Schema, path: Path, name: string, beside: unknown): Mistake {
  const { names, toldNames, expectedName, required } = expectationAt(schema, path);
  const at = { path: [...path, name], at: "name" } as const;
  if (expectedName !== null)
    return { ...at, message: `The name ${shown(name)} under ${pathText(path)} must be ${expectedName}. Rename it.` };
  const meant = nearest(name, names);
  // What must be there and isn't is what was meant, and among many names a near one is: there is nothing to choose from.
  const isMissing = meant !== null && required.includes(meant) && isMap(beside) && !Object.hasOwn(beside, meant);
  const isCertain = isMissing || (meant !== null && toldNames.length < names.length);
  const choice = isCertain ? "" : `It can have ${toldNames.join(", ")}.`;
  const problem = `${pathText(path)} has no ${path.length === 0 ? "section" : "field"} ${shown(name)}.`;
  return { ...at, message: `${problem} ${didYouMean(name, names)}${choice}`.trimEnd() };
}

const actionWith = new Map([
  ["code", "fail"],
  ["pattern", "speak"],
  ["digits", "send-dtmf"],
]);

/** A step's parameter that goes with another action; while the action itself is unknown, that is what to correct. */
function misplaced(schema: Schema, path: Path, content: unknown): Mistake | null {
  const step = valueAt(content, path.slice(0, -1));
  const action = isMap(step) ? step["do"] : undefined;
  const actions = expectationAt(schema, [...path.slice(0, -1), "do"]).choices;
  if (typeof action !== "string" || !actions.includes(action)) return null;
  const owner = actionWith.get(String(path.at(-1))) ?? "another action";
  return {
    path,
    at: "name",
    message: `${pathText(path)} must stand beside do: ${owner} only, but beside it is do: ${action}. Remove it.`,
  };
}

function wrongValue(schema: Schema, path: Path, value: unknown): string {
  const { expected, choices, isText } = expectationAt(schema, path);
  const problem = `${pathText(path)} must be ${expected}, but was ${shown(value)}.`;
  return `${problem} ${remedy(value, expected, choices, isText)}`.trimEnd();
}

function remedy(value: unknown, expected: string, choices: readonly string[], isText: boolean): string {
  if (typeof value === "string") return didYouMean(value, choices);
  if (typeof value !== "number" || !isText) return "";
  return expected.startsWith("a duration") ? `Write ${value}s for seconds.` : `Put it in quotes: "${value}".`;
}
