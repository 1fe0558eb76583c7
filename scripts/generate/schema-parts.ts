/** Keywords whose value is a map of names to schemas. */
const maps = new Set(["properties", "patternProperties", "dependentSchemas", "$defs"]);
/** Keywords whose value is data, whatever it looks like. */
const data = new Set(["const", "enum", "required", "dependentRequired"]);
/** Keywords that say nothing about which data is valid. */
const annotations = new Set([
  "title",
  "description",
  "example",
  "examples",
  "default",
  "deprecated",
  "readOnly",
  "writeOnly",
  "xml",
  "externalDocs",
  "discriminator",
  "$comment",
]);

/**
 * Keywords that ask for something to be there, that judge one value by another, which may be left out, or that judge the
 * spelling of an example: `call_1` stands for any id.
 */
const demands = new Set(["required", "dependentRequired", "minItems", "if", "then", "else", "pattern"]);

const componentRef = /^#(\/components\/schemas\/[^/]+)(.*)$/;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function validatedKeyword(key: string, value: unknown): unknown {
  if (data.has(key)) return value;
  if (maps.has(key) && isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, validatedPart(schema)]));
  }
  const reference = key === "$ref" && typeof value === "string" ? componentRef.exec(value) : null;
  if (reference !== null) return `${reference[1]}#${reference[2]}`;
  return Array.isArray(value) ? value.map(validatedPart) : validatedPart(value);
}

/**
 * The same schema for a part of its data: what is there is judged, what is left out is not missed. Pacts hold such parts,
 * since a consumer names no more than it reads.
 */
export function partialSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(partialSchema);
  if (!isRecord(schema)) return schema;
  const kept = Object.entries(schema).filter(([key]) => !demands.has(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, partialKeyword(key, value)]));
}

function partialKeyword(key: string, value: unknown): unknown {
  if (data.has(key)) return value;
  if (!maps.has(key) || !isRecord(value)) return partialSchema(value);
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, partialSchema(schema)]));
}

/**
 * What of a schema decides about data: without the annotations, which Ajv would carry into the validators, and with
 * references that name the component alone, so that Ajv compiles each component once.
 */
export function validatedPart(schema: unknown): unknown {
  if (!isRecord(schema)) return schema;
  const kept = Object.entries(schema).filter(([key]) => !annotations.has(key) && !key.startsWith("x-"));
  return Object.fromEntries(kept.map(([key, value]) => [key, validatedKeyword(key, value)]));
}
