import {
  type ExampleObject,
  follow,
  type MediaTypeObject,
  type OpenApiDocument,
  type SchemaObject,
} from "./document.ts";

/** The first example of a body or parameter: its own, or that of its schema; undefined where there is none. */
export function firstExample(document: OpenApiDocument, media: MediaTypeObject): unknown {
  if (media.example !== undefined) return media.example;
  const named = Object.values(media.examples ?? {})[0];
  if (named !== undefined) return follow<ExampleObject>(document, { pointer: "", value: named }).value.value;
  if (media.schema === undefined) return undefined;
  const { value: schema } = follow<SchemaObject>(document, { pointer: "", value: media.schema });
  return schema.examples?.[0] ?? schema.example ?? schema.default;
}
