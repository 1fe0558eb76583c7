import type { OpenApiDocument } from "./document.ts";
import { headline } from "./text.ts";

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Formats of numbers and bytes, which judge no text. */
const wordless = /^(?:u?int\d+|binary)$/;

/** Every map below a part of the document that is no example, with its place. */
function* mapsIn(part: unknown, place: string): Generator<readonly [Readonly<Record<string, unknown>>, string]> {
  if (isRecord(part)) yield [part, place];
  if (typeof part !== "object" || part === null) return;
  for (const [name, value] of Object.entries(part)) {
    if (!["examples", "example", "default"].includes(name)) yield* mapsIn(value, `${place}/${name}`);
  }
}

/** Keeps the words of a schema, `x-expectation`, for its pattern and its format. In `properties` both are names. */
function keepWords(schema: Readonly<Record<string, unknown>>, place: string, found: Map<string, string>): void {
  const words = schema["x-expectation"];
  for (const keyword of ["pattern", "format"]) {
    const rule = schema[keyword];
    if (typeof rule !== "string" || wordless.test(rule)) continue;
    if (typeof words !== "string") throw new Error(`${place} has a ${keyword} and no words for it: add x-expectation`);
    const known = found.get(rule) ?? words;
    if (known !== words)
      throw new Error(`${place}: x-expectation is ${JSON.stringify(words)}, and elsewhere ${JSON.stringify(known)}`);
    found.set(rule, words);
  }
}

/** `expectations.ts`: what patterns and formats mean, for errors that people read. */
export function expectationsModule(source: string, documents: readonly OpenApiDocument[]): string {
  const found = new Map<string, string>();
  for (const document of documents) for (const [map, place] of mapsIn(document, "#")) keepWords(map, place, found);
  const rows = [...found].sort(([left], [right]) => (left < right ? -1 : 1));
  return [
    headline(source),
    '/** Completes the sentence "must be …" for each pattern and format of both documents, from `x-expectation`. */',
    `export const expectations: Readonly<Record<string, string>> = ${JSON.stringify(Object.fromEntries(rows), null, 2)};`,
    "",
  ].join("\n");
}
