import { type ChildProcess, fork, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../lib/root.ts";

/** A server of its own process, and what it said when it was ready. */
export interface Child {
  readonly port: number;
  readonly pid: number;
  readonly said: Readonly<Record<string, unknown>>;
  readonly stop: () => Promise<void>;
}

/** A million calls need more than Node's usual heap. */
const execArgv = ["--max-old-space-size=8192"];

/**
 * Starts one of the programs in `targets/` and waits for its message.
 *
 * @param file name in targets/
 * @throws Error when it ends without a message
 */
export async function startTarget(
  file: string,
  args: readonly string[] = [],
  more: readonly string[] = [],
): Promise<Child> {
  const path = join(root, "scripts/bench/targets", file);
  const child = fork(path, [...args], { execArgv: [...execArgv, ...more] });
  const said = await new Promise<Record<string, unknown>>((resolve, reject) => {
    child.once("message", (message) => resolve(typeof message === "object" ? { ...message } : {}));
    child.once("exit", (code) => reject(new Error(`${file} ${args.join(" ")} ended with ${code} before it was ready`)));
  });
  return { port: Number(said["port"]), pid: child.pid ?? 0, said, stop: () => ended(child) };
}

/** Starts the built command on a free port, and waits for its ready file. */
export function startCommand(...options: readonly string[]): Promise<Child> {
  return startBuilt("serve", ["--media-port", "0", "--quiet", ...options]);
}

/** Starts the built proxy in front of another server of this machine. */
export function startProxyCommand(targetPort: number, ...options: readonly string[]): Promise<Child> {
  return startBuilt("proxy", ["--target", `http://127.0.0.1:${targetPort}`, ...options]);
}

async function startBuilt(command: string, options: readonly string[]): Promise<Child> {
  const folder = await mkdtemp(join(tmpdir(), "calls-sandbox-bench-"));
  const readyFile = join(folder, "ready.json");
  const args = [join(root, "dist/cli.js"), command, "--port", "0", "--ready-file", readyFile, ...options];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  try {
    const said = await readyFacts(readyFile, child);
    return { port: Number(new URL(String(said["apiUrl"])).port), pid: child.pid ?? 0, said, stop: () => ended(child) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readyFacts(file: string, child: ChildProcess): Promise<Record<string, unknown>> {
  for (let attempt = 0; attempt < 500 && child.exitCode === null; attempt++) {
    const text = await readFile(file, "utf8").catch(() => null);
    const facts: unknown = text === null ? null : JSON.parse(text);
    if (typeof facts === "object" && facts !== null) return { ...facts };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("dist/cli.js wrote no ready file within ten seconds");
}

/** Ends a process and waits until it is gone; one that doesn't go is killed. */
export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const kill = setTimeout(() => child.kill("SIGKILL"), 3_000);
    child.once("exit", () => {
      clearTimeout(kill);
      resolve();
    });
    child.kill("SIGTERM");
  });
}
