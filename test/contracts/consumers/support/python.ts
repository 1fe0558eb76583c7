import { execFile, spawnSync } from "node:child_process";

/** Whether the machine has a Python 3 under its usual name. */
export const hasPython = spawnSync("python3", ["--version"]).status === 0;

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a Python program to its end, 20 s at most. */
export function python(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Finished> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env }, timeout: 20_000 };
    const child = execFile("python3", [file, ...args], options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? 1, stdout, stderr });
    });
  });
}
