// How much heap one finished call keeps. Run by bench.ts: node --expose-gc memory.ts <provider> <calls>
import { createSandbox } from "../../../mock/sandbox.ts";
import { fill, liftMetaLimits } from "../measure/fill.ts";

const provider = process.argv[2] === "META" ? "META" : "EVO_GO";
const count = Number(process.argv[3]);
const sandbox = createSandbox({ clock: "virtual", mode: "manual" });
if (provider === "META") liftMetaLimits(sandbox.world);

/** After this many calls every person is known and everything that keeps only the latest is full. */
await fill(sandbox.world, provider, 2_000);
const before = heapBytes();
const startedAt = performance.now();
await fill(sandbox.world, provider, count);
const seconds = (performance.now() - startedAt) / 1_000;
process.send?.({ bytesPerCall: (heapBytes() - before) / count, callsPerSecond: count / seconds });
// Keeps the world reachable until it has been measured.
await sandbox.close();

function heapBytes(): number {
  if (globalThis.gc === undefined) throw new Error("run with --expose-gc");
  for (let round = 0; round < 3; round++) globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
