import { stripTypeScriptTypes } from "node:module";
import { expect, test } from "vitest";
import type { OpenApiDocument } from "../../../scripts/generate/document.ts";
import { expectationsModule } from "../../../scripts/generate/expectations.ts";

/** A document with some schemas, as far as this part of the generator looks at it. */
function documentOf(schemas: Readonly<Record<string, object>>): OpenApiDocument {
  return { info: { title: "Calls", version: "1" }, paths: {}, components: { schemas } } as OpenApiDocument;
}

test("patterns and formats have the words of their schema, wherever they stand, and numbers and names have none", async () => {
  const first = documentOf({
    Id: { type: "string", pattern: "^id_", "x-expectation": "an id such as id_1" },
    Fields: { properties: { pattern: { type: "string" }, format: { type: "integer", format: "int64" } } },
  });
  const second = documentOf({ At: { anyOf: [{ format: "date-time", "x-expectation": "an instant" }] } });
  const code = stripTypeScriptTypes(expectationsModule("spec", [first, second]));
  const { expectations } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  expect(expectations).toEqual({ "^id_": "an id such as id_1", "date-time": "an instant" });
});

test.each<[string, Readonly<Record<string, object>>, string]>([
  ["a pattern without words", { Id: { pattern: "^id_" } }, "#/components/schemas/Id has a pattern and no words for it"],
  [
    "one pattern with different words",
    { A: { pattern: "^a", "x-expectation": "one" }, B: { pattern: "^a", "x-expectation": "other" } },
    'x-expectation is "other", and elsewhere "one"',
  ],
])("%s is refused with its place", (_, schemas, named) => {
  expect(() => expectationsModule("spec", [documentOf(schemas)])).toThrow(named);
});
