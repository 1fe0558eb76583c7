import { type ChildProcess, spawn } from "node:child_process";
import { request } from "node:http";
import { createServer } from "node:net";
import { ended } from "./child.ts";

/** A program that takes its port as an argument, and a request that it answers with a success. */
export interface Starter {
  readonly command: string;
  readonly args: (port: number) => readonly string[];
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/**
 * Milliseconds from starting a process to the end of its first good answer.
 *
 * @throws Error when there is none within `patience` milliseconds
 */
export async function timeToFirstAnswer(starter: Starter, patience = 30_000): Promise<number> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(starter.command, starter.args(port), { stdio: "ignore", cwd: starter.cwd });
  try {
    await firstAnswer(child, port, starter, patience);
    return performance.now() - startedAt;
  } finally {
    await ended(child);
  }
}

/** Asks again and again until a process that was just started gives a good answer. */
export async function firstAnswer(
  child: ChildProcess,
  port: number,
  starter: Starter,
  patience = 30_000,
): Promise<void> {
  const endsAt = performance.now() + patience;
  while (performance.now() < endsAt && child.exitCode === null) {
    if (await answers(port, starter)) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`${starter.command} ${starter.args(port).join(" ")} gave no good answer in ${patience} ms`);
}

function answers(port: number, { path, headers = {} }: Starter): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ host: "127.0.0.1", port, path, headers, agent: false }, (response) => {
      response.resume();
      response.on("error", () => resolve(false));
      response.on("end", () => resolve(response.statusCode === 200));
    });
    asked.on("error", () => resolve(false));
    asked.end();
  });
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
