import { ConfigError } from "../../mock/config/config.ts";
import { RecordingError } from "../recording/index.ts";
import { CaseFilesError } from "./case-files.ts";
import { ConformanceUsage } from "./command/connect.ts";
import { NoRun } from "./read-run.ts";
import { VitestMissing } from "./vitest/run-cases.ts";

export { runConformance } from "./command/run-conformance.ts";

/** Whether an error is about the words of the command, its files or what is installed: exit code 2. */
export function isUsage(error: Error): boolean {
  return [ConfigError, CaseFilesError, ConformanceUsage, NoRun, RecordingError, VitestMissing].some(
    (kind) => error instanceof kind,
  );
}
