import { type Flags, runScript } from "../lib/script.ts";
import { machine } from "./measure/machine.ts";
import { decimal, table, whole } from "./measure/table.ts";
import { measureDeliveries } from "./outside/deliveries.ts";
import { measureJournal } from "./outside/journal.ts";
import { measureRecovery } from "./outside/recovery.ts";

async function run(flags: Flags): Promise<string> {
  const quick = flags["quick"] === true;
  console.log(`${machine()}\n`);
  const journal = await measureJournal(quick ? { rounds: 1, milliseconds: 500 } : { rounds: 5, milliseconds: 2_000 });
  const recovery = await measureRecovery(quick ? 5_000 : 100_000);
  const deliveries = await measureDeliveries(quick ? { rounds: 1, count: 500 } : { rounds: 5, count: 3_000 });
  const rows = [
    ["POST /v1/calls with --data-dir, beside without, by req/s", decimal(journal.byRate)],
    ["the same by the server's CPU per request", decimal(journal.byCpu)],
    [`start with ${whole(recovery.calls)} calls, events replayed`, `${whole(recovery.replayMs)} ms`],
    ["the next start, from the snapshot", `${whole(recovery.snapshotMs)} ms`],
    ["webhook deliveries a second, beside a bare fetch loop", decimal(deliveries.ratio)],
    ["deliveries a second", whole(deliveries.perSecond)],
  ];
  console.log(table(["what", "figure"], rows));
  return "bench:outside";
}

await runScript({
  command: "npm run bench:outside --",
  summary: "Measures what surrounds the core: the journal's cost, the restart, and webhook deliveries.",
  options: { quick: { type: "boolean", help: "a first look, not a result" } },
  run,
});
