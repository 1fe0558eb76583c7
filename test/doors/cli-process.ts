import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const main = fileURLToPath(new URL("../../mock/doors/cli/main.ts", import.meta.url));

/** How long a process may take to start, or to end, on a busy machine. */
const patience = 20_000;

/** Free ports, so that tests and whoever else uses the machine don't meet. */
export const port0 = ["--port", "0", "--media-port", "0"] as const;

/** A `calls-sandbox` in a process of its own, stopped at the latest when the test ends. */
export interface Cli {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** The exit code, once the process has ended and both its outputs are complete. */
  readonly ended: Promise<number | null>;
}

/** What the ready file says. */
export interface Ready {
  readonly apiUrl: string;
  readonly mediaUrl: string;
  readonly consoleUrl: null;
  readonly keys: Readonly<Record<string, string>>;
  readonly webhookSecret: string;
  readonly appSecret: string;
}

/** What is set in the environment; undefined takes away what is set there otherwise. */
type Variables = Readonly<Record<string, string | undefined>>;

/** Starts the command line with some arguments and, where given, variables of the environment. */
export function cli(args: readonly string[], variables: Variables = {}): Cli {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("CALLS_SANDBOX_"));
  // Tests run side by side, so none of them takes the usual port of the media host.
  const env = { ...Object.fromEntries(inherited), NO_COLOR: "1", CALLS_SANDBOX_MEDIA_PORT: "0", ...variables };
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  const texts = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    texts.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    texts.stderr += text;
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return { child, stdout: () => texts.stdout, stderr: () => texts.stderr, ended };
}

/** A directory of a test's own, which is gone afterwards. */
export function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), "calls-sandbox-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Waits until something is so, looking every few milliseconds; a process that has ended meanwhile is an error. */
export async function until(what: string, process: Cli, isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + patience;
  while (!isSo()) {
    const { exitCode, signalCode } = process.child;
    if (exitCode !== null || signalCode !== null) throw new Error(`It ended before ${what}: ${process.stderr()}`);
    if (performance.now() > deadline) throw new Error(`No sign of ${what}: ${process.stdout()}${process.stderr()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Starts a sandbox on a free port and waits until its ready file is there. */
export async function serving(args: readonly string[] = [], variables: Variables = {}) {
  const readyFile = join(temporary(), "up.json");
  const started = cli([...args, "--ready-file", readyFile], variables);
  await until("the ready file", started, () => existsSync(readyFile));
  const ready: Ready = JSON.parse(readFileSync(readyFile, "utf8"));
  return { ...started, ready };
}
