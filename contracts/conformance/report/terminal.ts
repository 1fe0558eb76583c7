import { failureText } from "../failure-text.ts";
import type { CaseResult, Outcome } from "../result.ts";
import type { ConformanceRun } from "../run.ts";
import type { TargetDescription } from "../targets/description.ts";

const marks: Readonly<Record<Outcome, string>> = { passed: "ok  ", failed: "FAIL", skipped: "skip" };

/** Says against whom the cases are about to be played, so that nobody takes one for another. */
export function introduction(of: TargetDescription, isOwn: boolean): string {
  if (of.kind === "sandbox") return isOwn ? "Against a sandbox of its own." : `Against the sandbox at ${of.url}.`;
  const rings = of.allowCalls === null ? "no phone may ring" : `+${of.allowCalls} may ring`;
  const changes = of.allowChanges ? "settings and webhooks may change" : "nothing may change";
  return `Against the live service at ${of.url}, with the keys ${Object.keys(of.keys).join(", ")}: ${rings}, ${changes}.`;
}

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
  const behaviours = `${shown.size} ${shown.size === 1 ? "behaviour" : "behaviours"} of the ledger shown`;
  const nothing = counts.passed + counts.failed === 0 ? ["Nothing was played, so nothing was found out."] : [];
  return ["", ...reasons, `${total}; ${behaviours}, in ${seconds.toFixed(1)} s`, ...nothing].join("\n");
}
