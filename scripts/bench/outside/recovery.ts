import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal } from "../../../mock/journal/index.ts";
import { createSandbox } from "../../../mock/sandbox.ts";
import { fill } from "../measure/fill.ts";

export interface Recovery {
  readonly calls: number;
  /** From the events alone, as after a kill. */
  readonly replayMs: number;
  /** From the snapshot that the first restart took. */
  readonly snapshotMs: number;
}

/** How long a sandbox takes to come back with so many finished calls. */
export async function measureRecovery(calls: number): Promise<Recovery> {
  const directory = await mkdtemp(join(tmpdir(), "calls-sandbox-bench-"));
  try {
    const first = createSandbox({ clock: "virtual", archive: new Journal(directory) });
    await fill(first.world, "EVO_GO", calls);
    await first.close();
    const replayMs = await timed(directory, calls);
    return { calls, replayMs, snapshotMs: await timed(directory, calls) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function timed(directory: string, calls: number): Promise<number> {
  const began = performance.now();
  const sandbox = createSandbox({ archive: new Journal(directory) });
  const took = performance.now() - began;
  if (sandbox.world.state.calls.size !== calls)
    throw new Error(`${sandbox.world.state.calls.size} of ${calls} calls came back`);
  await sandbox.close();
  return took;
}
