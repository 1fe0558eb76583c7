import { startTarget } from "./child.ts";

export interface MemoryFigure {
  readonly provider: string;
  readonly bytesPerCall: number;
  /** Whole calls, from the start to the end, that the core makes in a second. */
  readonly callsPerSecond: number;
}

/** What one finished call keeps in the heap, measured after garbage collection in a process of its own. */
export async function measureMemory(calls: number): Promise<readonly MemoryFigure[]> {
  const figures: MemoryFigure[] = [];
  for (const provider of ["META", "EVO_GO"]) {
    const { said, stop } = await startTarget("memory.ts", [provider, String(calls)], ["--expose-gc"]);
    await stop();
    figures.push({
      provider,
      bytesPerCall: Number(said["bytesPerCall"]),
      callsPerSecond: Number(said["callsPerSecond"]),
    });
  }
  return figures;
}
