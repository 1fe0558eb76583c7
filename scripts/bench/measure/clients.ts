import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "../../lib/root.ts";
import { ScriptError } from "../../lib/script.ts";
import type { Child } from "./child.ts";
import { cpuTime } from "./cpu-time.ts";

/** What clients in a process of their own measured, and what it cost their server. */
export interface Measured {
  /** Processor time of the server in percent of one core; NaN where there is no /proc. */
  readonly cpu: number;
  /** Figures of the clients by name, sorted. */
  readonly figures: (name: string) => Float64Array;
}

/**
 * Runs clients against a server: they say when they begin to measure, and what they measured.
 *
 * @param file name in targets/
 * @throws ScriptError when the clients end early
 */
export async function measureClients(
  server: Child,
  file: string,
  args: readonly (string | number)[],
): Promise<Measured> {
  const program = join(root, "scripts/bench/targets", file);
  const clients = fork(program, args.map(String), { serialization: "advanced" });
  try {
    await Promise.race([once(clients, "message"), endedEarly(once(clients, "exit"))]);
    const before = await cpuTime(server.pid);
    const startedAt = performance.now();
    const [result] = await Promise.race([once(clients, "message"), endedEarly(once(clients, "exit"))]);
    const cpu = ((await cpuTime(server.pid)) - before) / 10 / (performance.now() - startedAt);
    const named = new Map<string, unknown>(Object.entries(Object(result)));
    return { cpu, figures: (name) => sorted(named.get(name)) };
  } finally {
    clients.kill();
  }
}

async function endedEarly(exit: Promise<unknown[]>): Promise<never> {
  throw new ScriptError(`the clients ended with ${String((await exit)[0])}`, "see the output above");
}

function sorted(values: unknown): Float64Array {
  return Float64Array.from(Array.isArray(values) ? values : []).toSorted();
}
