import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { judge } from "./behaviours/judge.ts";
import { markProven, readLedger } from "./behaviours/ledger.ts";
import { verdictText } from "./behaviours/print.ts";
import { root } from "./lib/root.ts";
import { type Flags, runScript, ScriptError } from "./lib/script.ts";
import { readTestReport } from "./lib/test-report.ts";

function textFlag(flags: Flags, name: string, preset: string): string {
  const value = flags[name];
  return typeof value === "string" ? value : join(root, preset);
}

async function run(flags: Flags): Promise<string | null> {
  const ledgerFile = textFlag(flags, "ledger", "spec/behaviours.yaml");
  const text = await readFile(ledgerFile, "utf8").catch(() => null);
  if (text === null) throw new ScriptError(`there is no ledger at ${ledgerFile}`, "restore it from git", 2);
  const report = await readTestReport(textFlag(flags, "report", "test-results/vitest.json"));
  const entries = readLedger(text, ledgerFile);
  const verdict = judge(entries, report.tests);
  const json = flags["json"] === true;
  console.log(json ? JSON.stringify(verdict, null, 2) : verdictText(verdict));
  const mark = flags["mark"] === true && verdict.readyToMark.length > 0;
  if (mark) await writeFile(ledgerFile, markProven(text, entries, new Set(verdict.readyToMark)));
  if (!verdict.ok) {
    throw new ScriptError(
      "the ledger and the tests disagree",
      "write the missing test or set `proof: open`; spell ids in test titles as in spec/behaviours.yaml",
    );
  }
  if (json) return null;
  return `behaviours: ${entries.length} entries held against ${report.tests.length} tests${mark ? `, ${verdict.readyToMark.length} marked proven` : ""}`;
}

await runScript({
  command: "npm run behaviours --",
  summary: "Holds the fidelity ledger against the last test run: how much is proven, open and assumed.",
  options: {
    mark: { type: "boolean", help: "set `proof: proven` where a passing test names an open entry" },
    json: { type: "boolean", help: "print the verdict as JSON" },
    ledger: { type: "string", help: "another ledger than spec/behaviours.yaml" },
    report: { type: "string", help: "another report than test-results/vitest.json" },
  },
  run,
});
