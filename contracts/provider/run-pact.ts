import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { peerMistake } from "../peer.ts";
import { VerifyMistake } from "./mistake.ts";
import type { FromPact, PactRun } from "./pact-run.ts";

/** How Pact's process is watched. */
export interface PactWatch {
  /** The longest that it may take, in milliseconds. */
  readonly withinMs: number;
  /** Hears what Pact writes to the terminal. */
  readonly onOutput: (text: string) => void;
}

const pactPeer = { name: "@pact-foundation/pact", package: "@pact-foundation/pact", oldest: 17 } as const;

/** How long the process may take to leave once it has answered, in milliseconds. */
const leavingMs = 2_000;

/** The report of Pact's verifier and what the sandbox refused meanwhile, or why there is no report. */
export type PactAnswer = Exclude<FromPact, { missing: true }>;

/**
 * Runs Pact's verifier in a process of its own, without telemetry.
 *
 * @returns its report; `failed` when it broke off or took too long
 * @throws VerifyMistake when Pact is not installed, or too old
 */
export async function runPact(run: PactRun, { withinMs, onOutput }: PactWatch): Promise<PactAnswer> {
  const mistake = peerMistake(pactPeer);
  if (mistake !== null) throw new VerifyMistake(mistake);
  const child = fork(processFile(), { env: environment(), stdio: ["ignore", "pipe", "pipe", "ipc"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-10_000);
      onOutput(text);
    });
  }
  let answer: FromPact | null = null;
  const end = () => child.kill("SIGKILL");
  let limit = setTimeout(end, withinMs);
  child.on("message", (message: FromPact) => {
    answer = message;
    // Whatever Pact still has open must not hold anybody up.
    clearTimeout(limit);
    limit = setTimeout(end, leavingMs);
  });
  child.send(run);
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (...ending) => resolve(ending));
  }).finally(() => clearTimeout(limit));
  return read(
    answer,
    signal === "SIGKILL" ? `it took longer than ${withinMs / 1_000} s` : `it ended with ${code}`,
    output,
  );
}

function read(answer: FromPact | null, ending: string, output: string): PactAnswer {
  if (answer === null) return { failed: `Pact's verifier gave no result: ${ending}. ${output.trim()}`.trim() };
  if ("missing" in answer) {
    throw new VerifyMistake(
      "Verification runs Pact, and @pact-foundation/pact is not installed. Install it with npm install --save-dev @pact-foundation/pact@17",
    );
  }
  return answer;
}

function processFile(): string {
  const source = new URL("./pact-process.ts", import.meta.url);
  return fileURLToPath(existsSync(source) ? source : new URL("../pact-process.js", import.meta.url));
}

/** Neither Pact nor its dependency reports usage, and its variables can't turn a file's verification into a broker's. */
function environment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("PACT_BROKER_"));
  return {
    ...Object.fromEntries(inherited),
    PACT_DO_NOT_TRACK: "true",
    SCARF_ANALYTICS: "false",
    NODE_NO_WARNINGS: "1",
  };
}
