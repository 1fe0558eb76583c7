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
      `        ${path === "" ? kind : `${path} ${kind}`}: recorded ${recorded}, now ${received}`,
  );
  return [line, ...why].join("\n");
}

/** What the replay came to. */
export function replayConclusion(results: readonly Replayed[]): string {
  const count = (outcome: Replayed["outcome"]) => results.filter((result) => result.outcome === outcome).length;
  return `\n${count("same")} answers are the same in kind, ${count("differs")} differ, ${count("failed")} failed, ${count("skipped")} skipped`;
}
