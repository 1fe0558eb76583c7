import { execFile, spawnSync } from "node:child_process";

/** Whether the machine has a Python 3 under its usual name. */
export const hasPython = spawnSync("python3", ["--version"]).status === 0;

if (!hasPython) {
  const missing = "There is no python3: the Python reporter was NOT run, nor its pact compared. Install one to run it.";
  process.stderr.write(`\n*** ${missing} ***\n\n`);
}

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
