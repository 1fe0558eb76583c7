import { failureText } from "../failure-text.ts";
import type { CaseResult, Outcome } from "../result.ts";
import type { ConformanceRun } from "../run.ts";

const marks: Readonly<Record<Outcome, string>> = { passed: "ok  ", failed: "FAIL", skipped: "skip" };

/** Writes one line for a case, and a few more where it failed. */
export function caseLines({ outcome, provider, file, title, skipped, failure }: CaseResult): string {
  const line = `${marks[outcome]}  ${provider.padEnd(6)}  ${file}: ${title}${skipped === null ? "" : ` (${skipped})`}`;
  if (failure === null) return line;
  const why = failureText(failure)
    .split("\n")
    .map((each) => `        ${each}`);
  return [line, ...why].join("\n");
}

/** What a run came to, with the reasons of what was not played. */
export function conclusion({ counts, results }: ConformanceRun, seconds: number): string {
  const skips = Map.groupBy(
    results.filter(({ outcome }) => outcome === "skipped"),
    ({ skipped }) => skipped ?? "",
  );
  const reasons = [...skips]
    .sort(([, left], [, right]) => right.length - left.length)
    .map(([reason, own]) => `  ${String(own.length).padStart(4)} skipped: ${reason}`);
  const shown = new Set(results.filter(({ outcome }) => outcome === "passed").flatMap(({ behaviours }) => behaviours));
  const total = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
  return ["", ...reasons, `${total}; ${shown.size} behaviours of the ledger shown, in ${seconds.toFixed(1)} s`].join(
    "\n",
  );
}
