import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import type { OpenApiDocument } from "./document.ts";

/**
 * TypeScript types of a bundled document: `paths`, `operations`, `components`, and one alias for each schema.
 * Everything is `readonly`, because state and answers are never changed in place.
 */
export async function typesOf(document: OpenApiDocument): Promise<string> {
  // The generator changes what it is given, so it gets a copy.
  const copy = JSON.parse(JSON.stringify(document)) as OpenAPI3;
  const tree = await openapiTS(copy, {
    immutable: true,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    // A request field with a default may be left out; the API fills it in.
    defaultNonNullable: false,
    silent: true,
  });
  return astToString(tree);
}
