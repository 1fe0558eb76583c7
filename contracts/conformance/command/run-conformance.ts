import type { Case } from "../case.ts";
import { loadCases, ownCases } from "../case-files.ts";
import { coverageOf, readUnseen } from "../coverage.ts";
import { readLedger } from "../ledger.ts";
import { readRun } from "../read-run.ts";
import { compareRuns, comparisonText } from "../report/compare.ts";
import { coverageText } from "../report/coverage.ts";
import { caseLines, conclusion, introduction } from "../report/terminal.ts";
import { type ConformanceRun, runOf } from "../run.ts";
import { interruption, loadVitest, runCases } from "../vitest/run-cases.ts";
import { ConformanceUsage, connect } from "./connect.ts";
import type { ConformanceFlags } from "./flags.ts";
import { replayFolder } from "./replay-folder.ts";
import { checkReportFiles, writeReportFiles } from "./report-files.ts";

type Print = (text: string) => void;

/**
 * Carries out `calls-sandbox conformance`.
 *
 * @param print writes to the terminal
 * @returns the exit code: 1 when a case failed or none was played, when something broke between two runs, or when a replay
 *   differs
 * @throws ConformanceUsage, CaseFilesError, ConfigError, NoRun, RecordingError or VitestMissing when the command's words can't be followed
 */
export async function runConformance(flags: ConformanceFlags, print: Print): Promise<number> {
  if (flags.compare !== undefined) return compare(flags.compare, flags, print);
  if (flags.replay !== undefined) return replayFolder(flags.replay, flags, print);
  const all = await loadCases(flags.cases.length === 0 ? [ownCases()] : flags.cases);
  if (flags.coverage === true) return coverage(all, flags, print);
  const cases = all.filter((each) => isChosen(each, flags));
  if (cases.length === 0) {
    throw new ConformanceUsage(`None of the ${all.length} cases fits --only or --provider. See --list.`);
  }
  if (flags.list === true) return list(cases, flags, print);
  await checkReportFiles(flags);
  const run = await playAll(cases, flags, print);
  if (flags.json === true) print(JSON.stringify(run, null, 2));
  const written = await writeReportFiles(run, all, flags);
  if (flags.json !== true) for (const line of written) print(line);
  // A run in which nothing was played, or not everything, is no good news.
  const isWhole = run.counts.passed > 0 && run.results.every(({ skipped }) => skipped !== interruption);
  return isWhole && run.counts.failed === 0 ? 0 : 1;
}

async function playAll(cases: readonly Case[], flags: ConformanceFlags, print: Print): Promise<ConformanceRun> {
  const startVitest = await loadVitest();
  const began = new Date();
  const since = performance.now();
  const { description, close } = await connect(flags);
  try {
    if (flags.json !== true) print(`${introduction(description, flags.target === undefined)}\n`);
    const results = await runCases(startVitest, cases, description, (result) => {
      if (flags.json !== true) print(caseLines(result));
    });
    const run = runOf({ kind: description.kind, url: flags.target ?? null }, began, results);
    if (flags.json !== true) print(conclusion(run, (performance.now() - since) / 1_000));
    return run;
  } finally {
    await close();
  }
}

function isChosen({ id, behaviours, provider }: Case, { only, provider: wanted }: ConformanceFlags): boolean {
  const text = `${id} ${behaviours.join(" ")}`.toLowerCase();
  const fits = only === undefined || text.includes(only.toLowerCase());
  return fits && (wanted === undefined || provider === wanted);
}

function list(cases: readonly Case[], { json }: ConformanceFlags, print: Print): number {
  const rows = cases.map(({ id, topic, behaviours }) => ({ id, topic, behaviours }));
  print(
    json === true
      ? JSON.stringify(rows)
      : rows.map(({ id, behaviours }) => `${id}  ${behaviours.join(" ")}`).join("\n"),
  );
  return 0;
}

async function coverage(cases: readonly Case[], { json }: ConformanceFlags, print: Print): Promise<number> {
  const covered = coverageOf(await readLedger(), cases, await readUnseen());
  print(
    json === true ? JSON.stringify({ ...covered, unseen: Object.fromEntries(covered.unseen) }) : coverageText(covered),
  );
  return covered.missing.length + covered.contradicted.length + covered.unknown.length === 0 ? 0 : 1;
}

async function compare(files: readonly string[], { json }: ConformanceFlags, print: Print): Promise<number> {
  const [before, after] = files;
  if (before === undefined || after === undefined || files.length > 2) {
    throw new ConformanceUsage(`--compare needs two files written by --json, but got ${files.length}.`);
  }
  const comparison = compareRuns(await readRun(before), await readRun(after));
  print(json === true ? JSON.stringify(comparison) : comparisonText(comparison));
  return comparison.broken.length > 0 ? 1 : 0;
}
