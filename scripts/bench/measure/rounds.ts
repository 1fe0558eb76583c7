import { cpuTime } from "./cpu-time.ts";
import { type LoadResult, runLoad } from "./load.ts";
import { median } from "./statistics.ts";

/** Something that is measured: a server, and what it is asked. */
export interface Subject {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  readonly requests: readonly Buffer[];
}

/** One load run, and the processor time that the server used for each request, in microseconds. */
export interface Round extends LoadResult {
  readonly cpuPerRequest: number;
}

/** The rounds of one subject. */
export interface Series {
  readonly name: string;
  readonly rounds: readonly Round[];
}

export interface Plan {
  readonly rounds: number;
  readonly milliseconds: number;
  readonly connections: number;
}

/**
 * Measures all subjects in turn, round by round, every second round backwards: whatever else the machine does then
 * falls on all of them alike, and the ratio within one round means something. A short run before warms each up.
 */
export async function inRounds(subjects: readonly Subject[], plan: Plan): Promise<Series[]> {
  const { connections, milliseconds } = plan;
  const series = subjects.map(({ name }) => ({ name, rounds: [] as Round[] }));
  for (const { port, requests } of subjects) {
    await runLoad({ port, requests, connections, milliseconds: Math.min(milliseconds, 1_000) });
  }
  for (let round = 0; round < plan.rounds; round++) {
    const order = [...subjects.keys()];
    for (const index of round % 2 === 0 ? order : order.reverse()) {
      const subject = subjects[index];
      if (subject === undefined) continue;
      series[index]?.rounds.push(await oneRound(subject, plan));
    }
  }
  return series;
}

async function oneRound({ port, pid, requests }: Subject, { connections, milliseconds }: Plan): Promise<Round> {
  const before = await cpuTime(pid);
  const result = await runLoad({ port, requests, connections, milliseconds });
  return { ...result, cpuPerRequest: ((await cpuTime(pid)) - before) / result.count };
}

/** The median of one figure over the rounds. */
export function figure(series: Series | undefined, of: (round: Round) => number): number {
  return median((series?.rounds ?? []).map(of));
}

/** The median, over the rounds, of how fast one was in comparison with the other in the same round. */
export function ratio(series: Series | undefined, to: Series | undefined): number {
  return medianRatio(series, to, ({ requestsPerSecond }) => requestsPerSecond);
}

/** The same by processor time, which a busy machine distorts less, but distorts too: cold caches cost a small server most. */
export function cpuRatio(series: Series | undefined, to: Series | undefined): number {
  return medianRatio(to, series, ({ cpuPerRequest }) => cpuPerRequest);
}

function medianRatio(series: Series | undefined, to: Series | undefined, of: (round: Round) => number): number {
  const others = (to?.rounds ?? []).map(of);
  return median((series?.rounds ?? []).map((round, index) => of(round) / (others[index] ?? Number.NaN)));
}

/** The fastest round of a subject against its slowest: near 1 on a quiet machine. */
export function spread(series: Series | undefined): number {
  const speeds = (series?.rounds ?? []).map(({ requestsPerSecond }) => requestsPerSecond);
  return Math.max(...speeds) / Math.min(...speeds);
}
