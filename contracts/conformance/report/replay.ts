import type { Replayed } from "../replay/replay-recording.ts";

const marks: Readonly<Record<Replayed["outcome"], string>> = {
  same: "same",
  differs: "DIFF",
  failed: "FAIL",
  skipped: "skip",
};

/** One line for a request, and one for each difference. */
export function replayedLines({ outcome, request, reason, differences }: Replayed): string {
  const line = `${marks[outcome]}  ${request}${reason === null ? "" : ` (${reason})`}`;
  const why = differences.map(
    ({ kind, path, recorded, received }) =>
      `        ${path === "" || path === kind ? kind : `${path} ${kind}`}: recorded ${recorded}, now ${received}`,
  );
  return [line, ...why].join("\n");
}

/**
 * What the replay came to.
 *
 * @param left what could not be taken back
 */
export function replayConclusion(results: readonly Replayed[], left: readonly string[]): string {
  const count = (outcome: Replayed["outcome"]) => results.filter((result) => result.outcome === outcome).length;
  const total = `${count("same")} answers are the same in kind, ${count("differs")} differ, ${count("failed")} failed, ${count("skipped")} skipped`;
  return ["", total, ...left.map((each) => `Not taken back: ${each}.`)].join("\n");
}
