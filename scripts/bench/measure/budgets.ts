import type { MemoryFigure } from "./memory.ts";
import type { StartFigures } from "./own-start-up.ts";
import { cpuRatio, figure, type Round, ratio, type Series, spread } from "./rounds.ts";
import { names } from "./servers.ts";
import { decimal, table, whole } from "./table.ts";

interface Figures {
  readonly reads: readonly Series[];
  readonly start: StartFigures;
  readonly memory: readonly MemoryFigure[];
}

/** From this spread on, requests per second say more about the rest of the machine than about a server. */
const noisy = 1.3;

/** Requests per second and tail latencies, medians of the rounds; the ratios are medians of the rounds' own ratios. */
export function throughputTable(title: string, series: readonly Series[]): string {
  const bare = named(series, names.bareHttp);
  const rows = series.map((one) => [
    one.name,
    whole(figure(one, ({ requestsPerSecond }) => requestsPerSecond)),
    decimal(ratio(one, bare)),
    decimal(
      figure(one, ({ cpuPerRequest }) => cpuPerRequest),
      0,
    ),
    decimal(cpuRatio(one, bare)),
    ...[50, 99, 999].map((part) => decimal(figure(one, (round) => percentile(round, part)))),
    decimal(spread(one)),
  ]);
  const head = ["req/s", "of bare", "CPU µs", "of bare by CPU", "p50 ms", "p99 ms", "p99.9 ms", "spread"];
  return table([title, ...head], rows);
}

function percentile(round: Round, part: number): number {
  if (part === 50) return round.p50;
  return part === 99 ? round.p99 : round.p999;
}

/** Each budget beside what was measured, and whether it is met. Nothing fails here: a busy machine proves nothing. */
export function budgetTable({ reads, start, memory }: Figures): string {
  const small = reads.find(({ name }) => name === names.stored(1_000));
  const large = reads.findLast(({ name }) => name.endsWith("stored"));
  const bare = named(reads, names.bareHttp);
  const own = named(reads, names.command);
  const rows = [
    atLeast("GET, dist/cli.js against bare node:http, req/s", ratio(own, bare), 0.5),
    atLeast("the same by CPU time", cpuRatio(own, bare), 0.5),
    atLeast(`GET, ${large?.name} against 1,000, req/s`, ratio(large, small), 0.85),
    atLeast("the same by CPU time", cpuRatio(large, small), 0.85),
    below("start to first answer, s", start.own / 1_000, 0.5),
    ...memory.map(({ provider, bytesPerCall }) =>
      below(`heap of a finished ${provider} call, KB`, bytesPerCall / 1_024, 1.5),
    ),
  ];
  const besides = [
    ...warning(reads),
    `A bare node:http server answers ${decimal(start.bare / 1_000)} s after its start.`,
    ...memory.map(
      ({ provider, callsPerSecond }) =>
        `The core alone makes ${whole(callsPerSecond)} whole ${provider} calls a second.`,
    ),
  ];
  return `${table(["budget", "wanted", "measured", "met"], rows)}\n\n${besides.join("\n")}\n`;
}

function warning(reads: readonly Series[]): string[] {
  const widest = Math.max(...reads.map(spread));
  if (widest < noisy) return [];
  return [
    `NOISY: one server's fastest round was ${decimal(widest, 1)} times its slowest, so other programs took part in this run. Neither ratio settles a budget; CPU time is the steadier one.`,
  ];
}

function named(series: readonly Series[], name: string): Series | undefined {
  return series.find((one) => one.name === name);
}

function atLeast(what: string, measured: number, wanted: number): string[] {
  return [what, `≥ ${wanted}`, decimal(measured), measured >= wanted ? "yes" : "no"];
}

function below(what: string, measured: number, wanted: number): string[] {
  return [what, `< ${wanted}`, decimal(measured), measured < wanted ? "yes" : "no"];
}
