import { spawn } from "node:child_process";
import { UsageError } from "../explain.ts";

/**
 * Runs a command with the proxy's address in its environment, and ends it when the proxy is told to stop.
 *
 * @param quiet its output goes to stderr, since stdout is for the summary
 * @returns its exit code; 128 and more when a signal ended it, as shells have it
 * @throws UsageError when there is no such command
 */
export function runChild(
  [file = "", ...args]: readonly string[],
  proxyUrl: string,
  quiet: boolean,
  stopped: Promise<unknown>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: ["inherit", quiet ? 2 : "inherit", "inherit"],
      env: { ...process.env, CALLS_SANDBOX_PROXY_URL: proxyUrl },
    });
    child.on("error", (error) => {
      reject(new UsageError(`Can't run ${file}: ${error.message}. Name a command that exists behind --.`));
    });
    child.on("close", (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
    stopped.then(() => child.kill("SIGTERM")).catch(reject);
  });
}
