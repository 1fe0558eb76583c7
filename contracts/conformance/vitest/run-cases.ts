import { dirname, relative } from "node:path";
import type { Vitest } from "vitest/node";
import { packageFile, runsFromSources } from "../../package-file.ts";
import { peerMistake } from "../../peer.ts";
import type { Case } from "../case.ts";
import { type CaseResult, resultOf } from "../result.ts";
import type { TargetDescription } from "../targets/description.ts";
import type {} from "./plan.ts";

/** Vitest is not installed, or not in a version that can run the suite; the message says what to install. */
export class VitestMissing extends Error {
  override readonly name = "VitestMissing";
}

const vitestPeer = { name: "Vitest", package: "vitest", oldest: 5 } as const;

type StartVitest = typeof import("vitest/node").startVitest;

/**
 * Loads Vitest, before anything is said or begun.
 *
 * @throws VitestMissing
 */
export async function loadVitest(): Promise<StartVitest> {
  const mistake = peerMistake(vitestPeer);
  if (mistake !== null) throw new VitestMissing(mistake);
  const { startVitest } = await import("vitest/node").catch(() => {
    throw new VitestMissing(
      "The conformance suite is run by Vitest, which is not installed. Install it with npm install --save-dev vitest@5",
    );
  });
  return startVitest;
}

/**
 * Plays cases one after the other, as tests of Vitest.
 *
 * @param onResult hears of each as soon as it is over
 * @returns what became of every case, in the order of the cases
 * @throws Error with Vitest's own words when the suite itself can't run
 */
export async function runCases(
  startVitest: StartVitest,
  cases: readonly Case[],
  target: TargetDescription,
  onResult: (result: CaseResult) => void,
): Promise<readonly CaseResult[]> {
  const suite = packageFile(runsFromSources ? "contracts/conformance/vitest/suite.ts" : "dist/conformance-suite.js");
  const root = dirname(packageFile("package.json"));
  const results = new Map<string, CaseResult>();
  const errors: string[] = [];
  let running: Vitest | null = null;
  let interrupted = false;
  const interrupt = () => {
    // The case that is being played ends as it would, and takes back what it has made; whoever asks twice doesn't wait.
    if (interrupted) process.exit(130);
    interrupted = true;
    void running?.cancelCurrentRun("keyboard-input");
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  const vitest = await startVitest([], {
    root,
    // Nothing of the project in which the command is typed has a say.
    config: false,
    include: [relative(root, suite)],
    exclude: [],
    watch: false,
    // One thread, one after the other: the service is a stranger's, and a sandbox must not answer two clocks at once.
    pool: "threads",
    maxWorkers: 1,
    isolate: false,
    // A case has its own limits; the longest are those with thousands of requests.
    testTimeout: 300_000,
    cache: false,
    provide: { conformance: { cases, target } },
    reporters: [
      {
        onInit: (started) => {
          running = started;
          leaveAlone(interrupt);
        },
        onTestCaseResult: (test) => {
          const { conformance } = test.meta();
          if (conformance === undefined) return;
          results.set(conformance.id, conformance);
          onResult(conformance);
        },
        onTestRunEnd: (modules, unhandled) => {
          for (const module of modules) errors.push(...module.errors().map(({ message }) => message));
          errors.push(...unhandled.map(({ message }) => message));
        },
      },
    ],
  });
  process.off("SIGINT", interrupt);
  process.off("SIGTERM", interrupt);
  await vitest.close();
  // Vitest leaves its verdict in the exit code of the process, and ours is another.
  process.exitCode = undefined;
  if (errors.length > 0) throw new Error(`The conformance suite itself failed: ${errors.join("; ")}`);
  return inOrder(cases, results, interrupted);
}

/** Why a case was not played that came after a Ctrl-C. */
export const interruption = "the run was interrupted";

/** Vitest ends the process at the first signal, in the middle of a case; here the case is ended first. */
function leaveAlone(interrupt: () => void): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    for (const listener of process.listeners(signal)) if (listener !== interrupt) process.off(signal, listener);
  }
}

/** The results in the order of their cases; a case without one is never a good one. */
export function inOrder(
  cases: readonly Case[],
  results: ReadonlyMap<string, CaseResult>,
  interrupted: boolean,
): readonly CaseResult[] {
  return cases.map((each) => results.get(each.id) ?? notPlayed(each, interrupted));
}

function notPlayed(of: Case, interrupted: boolean): CaseResult {
  if (interrupted) return resultOf(of, { skipped: interruption, milliseconds: 0 });
  const failure = { step: "before the first step", message: "It was not played.", mismatches: [], exchange: null };
  return resultOf(of, { failure, milliseconds: 0 });
}
