import type { CaseResult } from "../result.ts";
import type { ConformanceRun } from "../run.ts";

/** What differs between two runs. */
export interface Comparison {
  /** Passed in the first, failed in the second. */
  readonly broken: readonly CaseResult[];
  readonly mended: readonly CaseResult[];
  /** Failed in both, but not the same way. */
  readonly otherwise: readonly CaseResult[];
  /** Played in one and skipped in the other. */
  readonly nowSkipped: readonly CaseResult[];
  readonly nowPlayed: readonly CaseResult[];
  /** In one of them only. */
  readonly added: readonly CaseResult[];
  readonly removed: readonly CaseResult[];
}

/** Compares two runs, case by case. */
export function compareRuns(before: ConformanceRun, after: ConformanceRun): Comparison {
  const earlier = new Map(before.results.map((result) => [result.id, result]));
  const later = new Set(after.results.map(({ id }) => id));
  const changed = (judge: (was: CaseResult, is: CaseResult) => boolean) =>
    after.results.filter((result) => {
      const was = earlier.get(result.id);
      return was !== undefined && judge(was, result);
    });
  return {
    broken: changed((was, is) => was.outcome === "passed" && is.outcome === "failed"),
    mended: changed((was, is) => was.outcome === "failed" && is.outcome === "passed"),
    otherwise: changed((was, is) => was.failure !== null && is.failure !== null && !sameFailure(was, is)),
    nowSkipped: changed((was, is) => was.outcome !== "skipped" && is.outcome === "skipped"),
    nowPlayed: changed((was, is) => was.outcome === "skipped" && is.outcome !== "skipped"),
    added: after.results.filter(({ id }) => !earlier.has(id)),
    removed: before.results.filter(({ id }) => !later.has(id)),
  };
}

function sameFailure({ failure: left }: CaseResult, { failure: right }: CaseResult): boolean {
  const places = (failure: CaseResult["failure"]) => failure?.mismatches.map(({ path }) => path).join() ?? "";
  return left?.step === right?.step && places(left) === places(right);
}

const headings: Readonly<Record<keyof Comparison, string>> = {
  broken: "Passed before, fail now",
  mended: "Failed before, pass now",
  otherwise: "Fail in another way",
  nowSkipped: "Played before, skipped now",
  nowPlayed: "Skipped before, played now",
  added: "New cases",
  removed: "Cases that are gone",
};

/** The comparison as text: a heading and a line a case, or one sentence where nothing differs. */
export function comparisonText(comparison: Comparison): string {
  const parts = Object.entries(headings).flatMap(([name, heading]) => {
    const results = comparison[name as keyof Comparison];
    if (results.length === 0) return [];
    const lines = results.map(({ id, failure, skipped }) => {
      const why = failure?.message ?? skipped;
      return `  ${id}${why === null ? "" : `\n      ${why}`}`;
    });
    return [`${heading} (${results.length}):`, ...lines, ""];
  });
  return parts.length === 0 ? "Nothing differs between the two runs." : parts.join("\n").trimEnd();
}
