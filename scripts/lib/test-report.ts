import { readFile } from "node:fs/promises";
import { ScriptError } from "./script.ts";

export interface TestResult {
  /** The titles from the outermost group to the test itself. */
  readonly titles: readonly string[];
  readonly passed: boolean;
}

export interface TestReport {
  readonly tests: readonly TestResult[];
  /** Files that failed before or beside their tests. */
  readonly failedFiles: readonly string[];
}

interface JsonReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

function parseReport(text: string): JsonReport | null {
  try {
    const parsed: unknown = JSON.parse(text);
    const isReport = typeof parsed === "object" && parsed !== null && "testResults" in parsed;
    // A parsed border: vitest writes this file.
    return isReport && Array.isArray(parsed.testResults) ? (parsed as JsonReport) : null;
  } catch {
    return null;
  }
}

/**
 * Reads vitest's JSON report.
 * @throws ScriptError (exit 2) when there is none: no report must never look like a good one
 */
export async function readTestReport(file: string): Promise<TestReport> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) throw new ScriptError(`there is no test report at ${file}`, "npm test", 2);
  const report = parseReport(text);
  if (report === null) throw new ScriptError(`${file} is not a test report of vitest`, "npm test", 2);
  const tests = report.testResults.flatMap((file) =>
    file.assertionResults.map(({ ancestorTitles, title, status }) => ({
      titles: [...ancestorTitles, title],
      passed: status === "passed",
    })),
  );
  const failedFiles = report.testResults
    .filter((file) => file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed"))
    .map((file) => file.name);
  return { tests, failedFiles };
}
