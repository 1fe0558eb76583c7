import { version } from "../../mock/version.ts";
import { specVersion } from "../../spec/generated/operations.ts";
import type { CaseResult, Outcome } from "./result.ts";

/** Against whom it was played. */
export interface RunTarget {
  readonly kind: "sandbox" | "live";
  /** Null: a sandbox of the suite's own, which ended with the run. */
  readonly url: string | null;
}

/** A whole run, as reports and `--json` hold it. */
export interface ConformanceRun {
  /** The version of this format. */
  readonly format: 1;
  readonly version: string;
  readonly specVersion: string;
  /** When it began. */
  readonly at: string;
  readonly target: RunTarget;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly results: readonly CaseResult[];
}

/** Puts a run together. */
export function runOf(target: RunTarget, began: Date, results: readonly CaseResult[]): ConformanceRun {
  const count = (outcome: Outcome) => results.filter((result) => result.outcome === outcome).length;
  const counts = { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
  return { format: 1, version, specVersion, at: began.toISOString(), target, counts, results };
}
