import { expect } from "vitest";
import { ConfigError, readConfig } from "../../mock/config/index.ts";

/** The names of all built-in scripts, as errors list them. */
export const builtIn =
  "answer, hang-up, reject, no-answer, busy, unreachable, silent, echo, talkative, fail-138019, fail-138020, fail-138021, fail-138022, fail-138023";

/** What errors say of durations and phone numbers. */
export const duration = "a duration such as 300ms, 5s, 2m, 1h or PT1M30S";
export const phone = "a phone number of 8 to 15 digits, country code first";

/** The error that a file ends in; a file without mistakes fails the test. */
export function errorOf(text: string): ConfigError {
  try {
    readConfig(text, "sandbox.yaml");
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  return expect.fail(`no mistake was found in\n${text}`);
}

/** Expects exactly one mistake, at the place that the text marks with `▸`. */
export function expectMistake(marked: string, message: string): void {
  const before = marked.slice(0, marked.indexOf("▸")).split("\n");
  const place = { line: before.length, column: (before.at(-1) ?? "").length + 1 };
  expect(marked.split("▸")).toHaveLength(2);
  expect(errorOf(marked.replace("▸", "")).mistakes).toEqual([{ ...place, message }]);
}
