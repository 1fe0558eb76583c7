import type { OpenApiDocument, SchemaObject } from "./document.ts";

/**
 * Wraps the JSON Schema of a file that users write as a document, so that its validator is made like all others. Its
 * references stay as they are: they point into the schema itself.
 * @param text the schema as JSON
 */
export function fileDocument(text: string): OpenApiDocument {
  // A parsed border: Ajv's strict mode refuses what is no JSON Schema.
  const { $schema: _dialect, ...schema } = JSON.parse(text) as SchemaObject & { readonly $schema?: string };
  return {
    openapi: "3.1.0",
    info: { title: "A file", version: "1" },
    components: { schemas: { File: schema } },
  };
}
