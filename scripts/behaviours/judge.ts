import type { TestResult } from "../lib/test-report.ts";
import type { LedgerEntry } from "./ledger.ts";

export interface AreaCount {
  readonly area: string;
  readonly total: number;
  readonly proven: number;
  readonly open: number;
  /** How many of the total rest on an assumption of ours, proven or not. */
  readonly assumed: number;
}

export interface Verdict {
  readonly areas: readonly AreaCount[];
  readonly total: AreaCount;
  readonly duplicates: readonly string[];
  readonly provenWithoutTest: readonly string[];
  readonly unknownIds: readonly { readonly id: string; readonly test: string }[];
  readonly readyToMark: readonly string[];
  readonly ok: boolean;
}

const idInText = /\b[A-Z]+(?:-[A-Z]+)*-\d{3}\b/g;
/** The ids that a title starts with: `META-SDP-003: …` or `META-SDP-003, META-ERR-010: …`. */
const leadingIds = /^\s*(?:[A-Z]+(?:-[A-Z]+)*-\d{3}\b[\s,+&]*)+:/;

function count(area: string, entries: readonly LedgerEntry[]): AreaCount {
  return {
    area,
    total: entries.length,
    proven: entries.filter((entry) => entry.proof === "proven").length,
    open: entries.filter((entry) => entry.proof === "open").length,
    assumed: entries.filter((entry) => entry.certainty === "assumed").length,
  };
}

/** The ids that a test claims: all that start one of its titles, and any other of a known area. */
function claimedIds(test: TestResult, areas: ReadonlySet<string>): string[] {
  // `SHA-256` in a sentence is no claim; `META-PREM-004:` at the start of a title is one, though misspelt.
  const leading = test.titles.flatMap((title) => leadingIds.exec(title)?.[0].match(idInText) ?? []);
  const known = test.titles.flatMap((title) => title.match(idInText) ?? []).filter((id) => areas.has(id.slice(0, -4)));
  return [...new Set([...leading, ...known])];
}

function duplicatesOf(entries: readonly LedgerEntry[]): string[] {
  const seen = new Set<string>();
  const twice = entries.filter(({ id }) => seen.has(id) || !seen.add(id)).map((entry) => entry.id);
  return [...new Set(twice)];
}

/** Holds the ledger against the tests. An entry is proven when a passing test names it and no failing one does. */
export function judge(entries: readonly LedgerEntry[], tests: readonly TestResult[]): Verdict {
  const areaNames = [...new Set(entries.map((entry) => entry.area))];
  const areaSet = new Set(areaNames);
  const ids = new Set(entries.map((entry) => entry.id));
  const passing = new Set<string>();
  const failing = new Set<string>();
  const unknownIds: { id: string; test: string }[] = [];
  for (const test of tests) {
    for (const id of claimedIds(test, areaSet)) {
      (test.passed ? passing : failing).add(id);
      if (!ids.has(id)) unknownIds.push({ id, test: test.titles.join(" > ") });
    }
  }
  const backed = (entry: LedgerEntry) => passing.has(entry.id) && !failing.has(entry.id);
  const provenWithoutTest = entries.filter((entry) => entry.proof === "proven" && !backed(entry)).map(({ id }) => id);
  const readyToMark = entries.filter((entry) => entry.proof === "open" && backed(entry)).map(({ id }) => id);
  const duplicates = duplicatesOf(entries);
  return {
    areas: areaNames.map((area) =>
      count(
        area,
        entries.filter((entry) => entry.area === area),
      ),
    ),
    total: count("total", entries),
    duplicates,
    provenWithoutTest,
    unknownIds,
    readyToMark,
    ok: duplicates.length + provenWithoutTest.length + unknownIds.length === 0,
  };
}
