import { type Flags, runScript } from "../lib/script.ts";
import { startTarget } from "./measure/child.ts";
import { measureClients } from "./measure/clients.ts";
import { machine } from "./measure/machine.ts";
import { median, quantile } from "./measure/statistics.ts";
import { decimal, table, whole } from "./measure/table.ts";

interface Scale {
  readonly calls: number;
  readonly seconds: number;
  readonly rounds: number;
}

/** One run of all calls against one server. */
interface Round {
  readonly packets: number;
  readonly lost: number;
  readonly p50: number;
  readonly p99: number;
  /** Percent of the packets that came more than a packet's length late. */
  readonly late: number;
  /** Processor time of the server in percent of one core. */
  readonly cpu: number;
  /** From the offer's post to the first packet that the client heard, sorted, in milliseconds. */
  readonly toMedia: Float64Array;
}

const servers = { werift: "bare werift, one ticker", sandbox: "calls-sandbox" } as const;
type Kind = keyof typeof servers;

/** The person picks up a second after the call was placed (PEOPLE-003). */
const pickUpMs = 1_000;
const packetMs = 20;

async function oneRound(kind: Kind, { calls, seconds }: Scale): Promise<Round> {
  const server = await startTarget(`webrtc-${kind}.ts`);
  try {
    const { cpu, figures } = await measureClients(server, "webrtc-clients.ts", [kind, server.port, calls, seconds]);
    const lateness = figures("lateness");
    const late = lateness.reduce((count, ms) => count + (ms > packetMs ? 1 : 0), 0);
    return {
      packets: lateness.length,
      lost: figures("lost").reduce((sum, count) => sum + count, 0),
      p50: quantile(lateness, 0.5),
      p99: quantile(lateness, 0.99),
      late: (100 * late) / lateness.length,
      cpu,
      toMedia: figures("toMedia"),
    };
  } finally {
    await server.stop();
  }
}

async function allRounds(scale: Scale): Promise<Readonly<Record<Kind, readonly Round[]>>> {
  const rounds: Record<Kind, Round[]> = { werift: [], sandbox: [] };
  for (let round = 0; round < scale.rounds; round++) {
    const order: readonly Kind[] = round % 2 === 0 ? ["werift", "sandbox"] : ["sandbox", "werift"];
    for (const kind of order) rounds[kind].push(await oneRound(kind, scale));
  }
  return rounds;
}

function packetTable(rounds: Readonly<Record<Kind, readonly Round[]>>, { calls, seconds }: Scale): string {
  const row = (kind: Kind): readonly string[] => {
    const middle = (of: (round: Round) => number) => median(rounds[kind].map(of));
    const ratio = median(rounds.sandbox.map(({ cpu }, index) => cpu / (rounds.werift[index]?.cpu ?? Number.NaN)));
    return [
      servers[kind],
      whole(middle(({ packets }) => packets / seconds)),
      whole(middle(({ lost }) => lost)),
      decimal(middle(({ p50 }) => p50)),
      decimal(middle(({ p99 }) => p99)),
      decimal(middle(({ late }) => late)),
      decimal(
        middle(({ cpu }) => cpu),
        0,
      ),
      kind === "werift" ? "" : decimal(ratio),
    ];
  };
  const head = ["packets/s heard", "lost", "late by p50 ms", "p99 ms", "over 20 ms %", "CPU %", "CPU of bare"];
  return table([`${calls} WebRTC calls`, ...head], [row("werift"), row("sandbox")]);
}

async function run(flags: Flags): Promise<string> {
  const scale: Scale =
    flags["quick"] === true ? { calls: 50, seconds: 3, rounds: 1 } : { calls: 50, seconds: 10, rounds: 3 };
  console.log(`${machine()}\n`);
  const rounds = await allRounds(scale);
  console.log(`${packetTable(rounds, scale)}\n`);
  const late = (part: number) =>
    decimal(median(rounds.sandbox.map(({ toMedia }) => quantile(toMedia, part) - pickUpMs)), 0);
  const head = ["POST /v1/calls to the first packet, without the second until the pick-up", "p50 ms", "p99 ms"];
  console.log(table(head, [["calls-sandbox, five calls at once", late(0.5), late(0.99)]]));
  return `\nbench webrtc: ${scale.rounds} rounds of ${scale.seconds} s`;
}

await runScript({
  command: "npm run bench:webrtc --",
  summary: "Measures 50 WebRTC calls at once beside bare werift and one ticker, clients in a process of their own.",
  options: { quick: { type: "boolean", help: "half a minute instead of two: a first look, not a result" } },
  run,
});
