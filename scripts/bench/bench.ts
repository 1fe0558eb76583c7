import { stat } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../lib/root.ts";
import { type Flags, runScript, ScriptError } from "../lib/script.ts";
import { budgetTable, throughputTable } from "./measure/budgets.ts";
import { machine } from "./measure/machine.ts";
import { measureMemory } from "./measure/memory.ts";
import { measureStartUp } from "./measure/own-start-up.ts";
import { inRounds } from "./measure/rounds.ts";
import { type Scale, startServers } from "./measure/servers.ts";

const full: Scale = {
  sizes: [1_000, 100_000, 1_000_000],
  rounds: 5,
  milliseconds: 2_000,
  memoryCalls: 50_000,
  starts: 5,
};
const quick: Scale = { sizes: [1_000, 100_000], rounds: 3, milliseconds: 250, memoryCalls: 5_000, starts: 3 };

const connections = 16;

async function run(flags: Flags): Promise<string> {
  if (!(await stat(join(root, "dist/cli.js")).catch(() => null)))
    throw new ScriptError("dist/cli.js is missing", "npm run build", 2);
  const scale = flags["quick"] === true ? quick : full;
  console.log(`${machine()}\n`);
  const start = await measureStartUp(scale.starts);
  const memory = await measureMemory(scale.memoryCalls);
  const servers = await startServers(scale.sizes);
  try {
    const plan = { rounds: scale.rounds, milliseconds: scale.milliseconds, connections };
    const reads = await inRounds(servers.reads, plan);
    console.log(`${throughputTable("GET /v1/calls/{callId}", reads)}\n`);
    const writes = await inRounds(servers.writes, plan);
    console.log(`${throughputTable("POST /v1/calls", writes)}\n`);
    console.log(budgetTable({ reads, start, memory }));
  } finally {
    await servers.stop();
  }
  return `bench: ${scale.rounds} rounds of ${scale.milliseconds} ms with ${connections} connections`;
}

await runScript({
  command: "npm run bench --",
  summary: "Measures the sandbox beside bare servers on this machine and holds the ratios against the budgets.",
  options: {
    quick: { type: "boolean", help: "20 seconds instead of four minutes: a first look, not a result" },
  },
  run,
});
