import { type Flags, runScript } from "../lib/script.ts";
import { machine } from "./measure/machine.ts";
import { figure, type Round, type Series, spread } from "./measure/rounds.ts";
import { median } from "./measure/statistics.ts";
import { decimal, table, whole } from "./measure/table.ts";
import { measureProxy } from "./proxy/measure.ts";

const head = ["req/s", "of direct", "p50 ms", "× direct", "× bare", "p99 ms", "own CPU µs", "× bare", "spread"];

function rows(series: readonly Series[]): string[][] {
  const [direct, bare] = series;
  return series.map((one) => [
    one.name,
    whole(figure(one, rate)),
    decimal(times(one, direct, rate)),
    decimal(figure(one, middle)),
    decimal(times(one, direct, middle)),
    decimal(times(one, bare, middle)),
    decimal(figure(one, ({ p99 }) => p99)),
    decimal(figure(one, cpu), 0),
    decimal(times(one, bare, cpu)),
    decimal(spread(one)),
  ]);
}

const rate = ({ requestsPerSecond }: Round) => requestsPerSecond;
const middle = ({ p50 }: Round) => p50;
const cpu = ({ cpuPerRequest }: Round) => cpuPerRequest;

/** The median, over the rounds, of a figure in comparison with another's in the same round. */
function times(one: Series, other: Series | undefined, of: (round: Round) => number): number {
  return median(one.rounds.map((round, index) => of(round) / of(other?.rounds[index] ?? round)));
}

async function run(flags: Flags): Promise<string> {
  const plan = flags["quick"] === true ? { rounds: 1, milliseconds: 500 } : { rounds: 7, milliseconds: 2_000 };
  console.log(`${machine()}\n`);
  for (const connections of [1, 16]) {
    const series = await measureProxy({ ...plan, connections });
    const title = connections === 1 ? "one request at a time" : `${connections} at a time`;
    console.log(`${table([title, ...head], rows(series))}\n`);
  }
  return "bench:proxy";
}

await runScript({
  command: "npm run bench:proxy --",
  summary: "Measures what the proxy adds: the same requests directly, through a bare proxy, and through ours.",
  options: { quick: { type: "boolean", help: "a first look, not a result" } },
  run,
});
