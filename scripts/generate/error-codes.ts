import type { OpenApiDocument } from "./document.ts";
import { headline, unionAndArray } from "./text.ts";
import { errorCodesOf } from "./walk.ts";

/** `error-codes.ts`: every code that some response of one of the documents lists in `x-error-codes`. */
export function errorCodesModule(source: string, documents: readonly OpenApiDocument[]): string {
  const codes = [...new Set(documents.flatMap(errorCodesOf))].sort();
  return `${headline(source)}\n${unionAndArray("ErrorCode", "errorCodes", "Every code that a refusal can carry.", codes)}`;
}
