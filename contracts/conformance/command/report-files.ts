import { stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Case } from "../case.ts";
import { coverageOf, readUnseen } from "../coverage.ts";
import { readLedger } from "../ledger.ts";
import { htmlReport } from "../report/html.ts";
import { conformanceJunit } from "../report/junit.ts";
import type { ConformanceRun } from "../run.ts";
import { ConformanceUsage } from "./connect.ts";
import type { ConformanceFlags } from "./flags.ts";

/**
 * Sees to it that reports can be written before anything is played.
 *
 * @throws ConformanceUsage when the folder of a report is missing
 */
export async function checkReportFiles({ html, junit }: ConformanceFlags): Promise<void> {
  for (const [option, file] of [
    ["--html", html],
    ["--junit", junit],
  ] as const) {
    if (file === undefined) continue;
    const folder = await stat(dirname(file)).catch(() => null);
    if (folder?.isDirectory() === true) continue;
    throw new ConformanceUsage(`There is no folder ${dirname(file)} for ${option}. Make it, or name another file.`);
  }
}

/**
 * Writes the reports that were asked for.
 *
 * @param cases all cases, also those that were not chosen: the page tells how much of the ledger has one
 * @returns a line for each file
 */
export async function writeReportFiles(
  run: ConformanceRun,
  cases: readonly Case[],
  { html, junit }: ConformanceFlags,
): Promise<readonly string[]> {
  if (junit !== undefined) await write(junit, conformanceJunit(run));
  if (html !== undefined) {
    const ledger = await readLedger();
    await write(html, htmlReport({ run, ledger, coverage: coverageOf(ledger, cases, await readUnseen()) }));
  }
  return [junit, html].filter((file) => file !== undefined).map((file) => `Report: ${file}`);
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConformanceUsage(`The report can't be written: ${why}. Name another file.`);
  });
}
