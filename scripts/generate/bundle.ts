import SwaggerParser from "@apidevtools/swagger-parser";
import { bundle, createConfig } from "@redocly/openapi-core";
import { ScriptError } from "../lib/script.ts";
import type { OpenApiDocument } from "./document.ts";

/**
 * Reads a split OpenAPI document, checks it against the OpenAPI meta-schema and returns it as one document whose
 * references all start with `#/components/`.
 * @param file path of the root document
 * @throws ScriptError naming each problem: a reference that leads nowhere, a document that is not OpenAPI 3.1
 */
export async function bundleDocument(file: string): Promise<OpenApiDocument> {
  // Recommended lint rules are `npm run lint:spec`'s business; here only references are resolved.
  const config = await createConfig({});
  const result = await bundle({ ref: file, config });
  const problems = result.problems.filter((problem) => problem.severity === "error").map((problem) => problem.message);
  if (problems.length > 0) {
    throw new ScriptError(
      `${file} cannot be bundled:\n  ${problems.join("\n  ")}`,
      "npm run lint:spec shows the places",
    );
  }
  const parsed: unknown = result.bundle.parsed;
  const text = JSON.stringify(parsed);
  try {
    // The parser changes what it is given, so it gets a copy.
    await SwaggerParser.validate(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ScriptError(
      `${file} is not valid OpenAPI: ${reason}`,
      "mend the spec; npm run lint:spec shows the places",
    );
  }
  // A parsed border: the meta-schema has just accepted it.
  return JSON.parse(text) as OpenApiDocument;
}
