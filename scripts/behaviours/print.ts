import type { AreaCount, Verdict } from "./judge.ts";

function row(cells: readonly (string | number)[]): string {
  return cells.map((cell, index) => (index === 0 ? String(cell).padEnd(14) : String(cell).padStart(8))).join("");
}

function counts(area: AreaCount): string {
  return row([area.area, area.total, area.proven, area.open, area.assumed]);
}

function list(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", heading, ...lines.map((line) => `  ${line}`)];
}

/** The verdict as a table for people, followed by what is wrong and what could be marked. */
export function verdictText(verdict: Verdict): string {
  return [
    row(["area", "entries", "proven", "open", "assumed"]),
    ...verdict.areas.map(counts),
    counts(verdict.total),
    ...list("Ids that stand twice in the ledger:", verdict.duplicates),
    ...list("Marked proven, but no passing test names them (or a failing one does):", verdict.provenWithoutTest),
    ...list(
      "Named by a test, but not in the ledger:",
      verdict.unknownIds.map(({ id, test }) => `${id} in "${test}"`),
    ),
    ...list("Ready to be marked proven (npm run behaviours -- --mark):", verdict.readyToMark),
  ].join("\n");
}
