import { type Flags, runScript } from "../lib/script.ts";
import { startTarget } from "./measure/child.ts";
import { measureClients } from "./measure/clients.ts";
import { machine } from "./measure/machine.ts";
import { median, quantile } from "./measure/statistics.ts";
import { decimal, table, whole } from "./measure/table.ts";

interface Scale {
  readonly sockets: number;
  readonly seconds: number;
  readonly rounds: number;
}

/** One run of all sockets against one server. */
interface MediaRound {
  readonly frames: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  /** Processor time of the server in percent of one core. */
  readonly cpu: number;
  /** From the start of `POST /v1/calls` to the first frame, sorted, in milliseconds. */
  readonly toMedia: Float64Array;
}

const servers = { ticker: "bare ws, one ticker", sandbox: "calls-sandbox" } as const;
type Kind = keyof typeof servers;

/** The person picks up a second after the call was placed (PEOPLE-003). */
const pickUpMs = 1_000;

async function oneRound(kind: Kind, frameMs: number, { sockets, seconds }: Scale): Promise<MediaRound> {
  const server = await startTarget(`media-${kind}.ts`, [String(frameMs)]);
  try {
    const args = [kind, server.port, sockets, frameMs, seconds];
    const { cpu, figures } = await measureClients(server, "media-clients.ts", args);
    const gaps = figures("gaps");
    return {
      frames: gaps.length,
      p50: quantile(gaps, 0.5),
      p99: quantile(gaps, 0.99),
      p999: quantile(gaps, 0.999),
      cpu,
      toMedia: figures("toMedia"),
    };
  } finally {
    await server.stop();
  }
}

async function socketTable(frameMs: number, scale: Scale): Promise<{ text: string; toMedia: readonly Float64Array[] }> {
  const rounds: Record<Kind, MediaRound[]> = { ticker: [], sandbox: [] };
  for (let round = 0; round < scale.rounds; round++) {
    const order: readonly Kind[] = round % 2 === 0 ? ["ticker", "sandbox"] : ["sandbox", "ticker"];
    for (const kind of order) rounds[kind].push(await oneRound(kind, frameMs, scale));
  }
  const row = (kind: Kind): string[] => {
    const middle = (of: (round: MediaRound) => number) => median(rounds[kind].map(of));
    const ratio = (of: (round: MediaRound) => number) =>
      median(rounds.sandbox.map((round, index) => of(round) / of(rounds.ticker[index] ?? round)));
    const against = kind === "ticker" ? ["", ""] : [decimal(ratio(({ p99 }) => p99)), decimal(ratio(({ cpu }) => cpu))];
    return [
      servers[kind],
      whole(middle(({ frames }) => frames / scale.seconds)),
      decimal(middle(({ p50 }) => p50)),
      decimal(middle(({ p99 }) => p99)),
      decimal(middle(({ p999 }) => p999)),
      against[0] ?? "",
      decimal(
        middle(({ cpu }) => cpu),
        0,
      ),
      against[1] ?? "",
    ];
  };
  const head = ["frames/s heard", "gap p50 ms", "p99 ms", "p99.9 ms", "p99 of bare", "CPU %", "CPU of bare"];
  const title = `${scale.sockets} sockets, ${frameMs} ms`;
  return {
    text: table([title, ...head], [row("ticker"), row("sandbox")]),
    toMedia: rounds.sandbox.map(({ toMedia }) => toMedia),
  };
}

async function run(flags: Flags): Promise<string> {
  const scale: Scale =
    flags["quick"] === true ? { sockets: 300, seconds: 3, rounds: 1 } : { sockets: 300, seconds: 10, rounds: 3 };
  console.log(`${machine()}\n`);
  const short = await socketTable(20, scale);
  console.log(`${short.text}\n`);
  const usual = await socketTable(60, scale);
  console.log(`${usual.text}\n`);
  const late = (part: number) => decimal(median(usual.toMedia.map((times) => quantile(times, part) - pickUpMs)), 0);
  const head = ["POST /v1/calls to the first frame, without the second until the pick-up", "p50 ms", "p99 ms"];
  console.log(table(head, [["calls-sandbox, 60 ms frames, ten calls at once", late(0.5), late(0.99)]]));
  return `\nbench media: ${scale.rounds} rounds of ${scale.seconds} s each way`;
}

await runScript({
  command: "npm run bench:media --",
  summary: "Measures 300 full-duplex realtime sockets beside a bare `ws` ticker, clients in a process of their own.",
  options: { quick: { type: "boolean", help: "half a minute instead of three: a first look, not a result" } },
  run,
});
