import type { Failure } from "./result.ts";

/** A failure as a few lines: where, what, and each place with what was expected and what was there. */
export function failureText({ step, message, mismatches }: Failure): string {
  const places = mismatches.map(
    ({ path, expected, actual }) => `  ${path === "" ? "the body" : path}: expected ${expected}, but was ${actual}`,
  );
  return [`${step}: ${message}`, ...places].join("\n");
}
