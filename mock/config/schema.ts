import { entriesOf, isMap, type Path } from "./path.ts";

/** The JSON Schema of a file: each description in it completes the sentence "must be …". */
export type Schema = Readonly<Record<string, unknown>>;

/** What the schema of the file says about one place. */
export interface Expectation {
  /** Completes the sentence "must be …". */
  readonly expected: string;
  /** The same for the names of a map whose names are free. */
  readonly expectedName: string | null;
  /** The names that a map can have. */
  readonly names: readonly string[];
  /** Those of them that say what it is, `x-kinds`, where others only go with some; all of them otherwise. */
  readonly toldNames: readonly string[];
  /** The names that a map must have. */
  readonly required: readonly string[];
  /** The values that are possible, where they can be counted. */
  readonly choices: readonly string[];
  /** Whether only texts are possible. */
  readonly isText: boolean;
}

/** Finds what a schema expects at a place of the file. */
export function expectationAt(schema: Schema, path: Path): Expectation {
  const found = path.reduce<Schema>((parent, step) => resolved(schema, below(parent, step)), schema);
  const { description, propertyNames, properties } = found;
  const names = entriesOf(properties).map(([name]) => name);
  const kinds: unknown = found["x-kinds"];
  const choices: readonly unknown[] = Array.isArray(found["enum"]) ? found["enum"] : [];
  const naming = isMap(propertyNames) ? propertyNames["description"] : null;
  return {
    expected: typeof description === "string" ? description : "something else",
    expectedName: typeof naming === "string" ? naming : null,
    names,
    toldNames: Array.isArray(kinds) ? kinds.map(String) : names,
    required: Array.isArray(found["required"]) ? found["required"].map(String) : [],
    choices: choices.map(String),
    isText: found["type"] === "string",
  };
}

function below(parent: Schema, step: string | number): unknown {
  if (typeof step === "number") return parent["items"];
  const named = isMap(parent["properties"]) ? parent["properties"][step] : undefined;
  // A map with free names has one pattern, and a name that breaks it is a mistake of its own.
  return named ?? entriesOf(parent["patternProperties"])[0]?.[1];
}

/** Follows a reference, which always points into `$defs`. */
function resolved(schema: Schema, part: unknown): Schema {
  if (!isMap(part)) return {};
  const { $ref } = part;
  if (typeof $ref !== "string") return part;
  const defs = schema["$defs"];
  return isMap(defs) ? resolved(schema, defs[$ref.replace("#/$defs/", "")]) : {};
}
