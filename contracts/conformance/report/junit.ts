import { junitReport } from "../../report/junit.ts";
import { failureText } from "../failure-text.ts";
import type { ConformanceRun } from "../run.ts";

/** A run as CI servers read it, one suite for each case file. */
export function conformanceJunit({ results }: ConformanceRun): string {
  const cases = results.map(({ file, title, provider, failure, skipped, milliseconds }) => ({
    suite: file,
    name: `${title} [${provider}]`,
    seconds: milliseconds / 1_000,
    failure: failure === null ? null : failureText(failure),
    skipped,
  }));
  return junitReport("conformance", cases);
}
