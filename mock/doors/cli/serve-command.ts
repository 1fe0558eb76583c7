import { Command, InvalidArgumentError, Option } from "commander";
import { parseWait } from "../../domain/wait.ts";
import type { FaultBody } from "../../faults/rule.ts";
import { FaultFormError, parseFault } from "../../faults/short-form.ts";
import { isAllowedHost } from "../../media/play/allowed-hosts.ts";
import { isFixtureGlob } from "../../media/play/fixtures.ts";
import { webRtcMistake } from "../../media/webrtc/options.ts";
import type { RealtimeOptions } from "../../realtime-options.ts";
import { readPort } from "./read-port.ts";
import { optionNames, parseRealtimeChoice, RealtimeFormError } from "./realtime-flag.ts";
import { type ServeFlags, serve } from "./serve.ts";

/** `calls-sandbox serve`: every option of the sandbox, each with its default in the help. */
export function serveCommand(): Command {
  return new Command("serve")
    .description("start the sandbox and serve it over HTTP (the default command)")
    .addOption(
      new Option("--port <number>", "port of the API; 0 takes a free one, also for media")
        .default(4010)
        .env("CALLS_SANDBOX_PORT")
        .argParser(readPort),
    )
    .addOption(
      new Option("--media-port <number>", "port of the media host; 0 takes a free one, and so does --port 0")
        .default(4011)
        .env("CALLS_SANDBOX_MEDIA_PORT")
        .argParser(readPort),
    )
    .addOption(new Option("--host <address>", "address to listen on").default("127.0.0.1").env("CALLS_SANDBOX_HOST"))
    .option("--media-url <url>", "public base of the media host, for containers and tunnels (ws:// or wss://)")
    .addOption(
      new Option(
        "--media-fixture <address=path>",
        "what play plays in place of a download: an address, * for anything, and a file or folder; several times",
      )
        .default({}, "none")
        .argParser(fixture),
    )
    .addOption(
      new Option(
        "--allow-media-host <host[:port]>",
        "a host that play may fetch from although its address is private; several times",
      )
        .default([], "none")
        .argParser(mediaHost),
    )
    .addOption(
      new Option(
        "--control-token <token>",
        "what the control API asks for; made up and printed when --host is not loopback",
      ).env("CALLS_SANDBOX_CONTROL_TOKEN"),
    )
    .option("--config <file>", "YAML file with numbers, contacts and scripts of your own")
    .addOption(
      new Option("--webrtc <mode>", "a WebRTC peer behind META calls; off: well-formed SDP and no media")
        .choices(["on", "off"])
        .default("on"),
    )
    .addOption(
      new Option("--webrtc-host <address>", "the peer's address in its SDP, for containers (default: this machine's)")
        .env("CALLS_SANDBOX_WEBRTC_HOST")
        .argParser(address),
    )
    .addOption(
      new Option(
        "--webrtc-ports <from-to>",
        "UDP ports of the peer, one for each call, such as 40000-40099 (default: any)",
      )
        .env("CALLS_SANDBOX_WEBRTC_PORTS")
        .argParser(portRange),
    )
    .option("--no-media-timeout", "let META calls go on however long their client sends nothing (otherwise 138021)")
    .addOption(
      new Option("--data-dir <directory>", "keep everything there, across restarts and crashes").env(
        "CALLS_SANDBOX_DATA_DIR",
      ),
    )
    .option("--ready-file <file>", "write addresses and keys there, in one step, once everything listens")
    .addOption(
      new Option("--clock <mode>", "real runs with the machine, virtual stands still until it is advanced")
        .choices(["real", "virtual"])
        .default("real"),
    )
    .option("--now <time>", "world time at the start, ISO 8601 (default: the present)")
    .option("--manual", "nobody rings or answers until the control API says so")
    .option("--seed <text>", "where ids come from: same seed and same requests, same bytes")
    .option("--strict", "refuse whatever any source refuses or doesn't show")
    .option("--validate-responses", "check every answer against the specification before it leaves")
    .addOption(
      new Option("--meta-error-status <whose>", "HTTP status of a forwarded Meta error: the gateway's, or Meta's own")
        .choices(["gateway", "forward"])
        .default("gateway"),
    )
    .addOption(
      new Option("--sdp-error <code>", "Meta code of a refused SDP").choices(["138008", "100"]).default("138008"),
    )
    .addOption(
      new Option("--webhook <url>", "post every event on every number there; may be given several times")
        .default([], "none")
        .argParser((url, urls: readonly string[]) => [...urls, url]),
    )
    .addOption(
      new Option(
        "--webhook-retries <waits>",
        "when a failed webhook is tried again, such as 1s,10s,5m; none for never (default: 1s to 6h)",
      ).argParser(waits),
    )
    .addOption(
      new Option("--webhook-timeout <wait>", "how long a receiver may take to answer (default: 10s)").argParser(wait),
    )
    .option(
      "--meta-without-contacts",
      "leave contacts out of Meta's connect of an outbound call, as Meta sometimes does",
    )
    .option("--meta-legacy-connection", "repeat the SDP under connection in Meta's connect, as some samples do")
    .addOption(
      new Option("--fault <rule>", "make something fail: target:effect[:trigger], or JSON; may be given several times")
        .default([], "none")
        .argParser(fault),
    )
    .addOption(
      new Option("--realtime <choice>", "how the realtime socket behaves: name=value; may be given several times")
        .default({}, "the most probable of everything")
        .argParser(realtime),
    )
    .option("--quiet", "print nothing but errors")
    .option("--json-logs", "print one JSON line per request")
    .addHelpText("after", examples)
    .action((flags: ServeFlags, command: Command) => serve({ ...flags, mediaPort: mediaPortOf(flags, command) }));
}

const examples = `
Examples:
  calls-sandbox                                 serve on http://127.0.0.1:4010
  calls-sandbox --port 0 --ready-file up.json   a free port for CI; addresses and keys in up.json
  calls-sandbox --webhook http://localhost:3000/hook
                                                every event on every number goes there
  calls-sandbox --media-fixture 'https://cdn.example.com/*=./audio'
                                                play finds its files in ./audio
  calls-sandbox --clock virtual                 time stands still until you advance it
  calls-sandbox --strict --validate-responses   as demanding as it gets

Faults (--fault):
  startCall:500                     every call is answered by a broken gateway
  startCall:META_CALL_LIMIT:next=3  the next three are refused by Meta, by name or number
  '*:latency=100ms-3s'              every answer waits
  getCall:reset:every=3             every third connection is cut; half-body and drip=100ms serve broken answers
  call.ended:duplicate              webhooks: duplicate, reorder, lose, wrong-signature, delay=5s
  realtime:stall=2s                 sound: stall, drop, garble, jitter=80ms, early-close, refuse-upgrade
  '{"target":{"operation":"startCall","to":"+5511999999999"},"effect":{"type":"reset"}}'

Realtime socket (--realtime frameMs=20), each described in docs/realtime.md:
${inLines(optionNames)}

Then:
  curl -X POST http://127.0.0.1:4010/v1/calls -H "x-api-key: ps_sandbox_evo" \\
    -H "Content-Type: application/json" -d '{"to":"+5511900000001"}'`;

/** Who asks for any free port has another sandbox running, or may have: its usual media port is taken then (WORLD-036). */
function mediaPortOf({ port, mediaPort }: ServeFlags, command: Command): number {
  return port === 0 && command.getOptionValueSource("mediaPort") === "default" ? 0 : mediaPort;
}

function waits(text: string): readonly number[] {
  return text === "none" ? [] : text.split(",").map(wait);
}

function wait(text: string): number {
  const milliseconds = parseWait(text.trim());
  if (milliseconds !== null) return milliseconds;
  throw new InvalidArgumentError("A wait is a number with its unit (500ms, 1.5s, 2m, 1h) or an ISO 8601 duration.");
}

function fault(text: string, others: readonly FaultBody[]): readonly FaultBody[] {
  try {
    return [...others, parseFault(text)];
  } catch (error) {
    throw error instanceof FaultFormError ? new InvalidArgumentError(error.message) : error;
  }
}

function realtime(text: string, others: Partial<RealtimeOptions>): Partial<RealtimeOptions> {
  try {
    return { ...others, ...parseRealtimeChoice(text) };
  } catch (error) {
    throw error instanceof RealtimeFormError ? new InvalidArgumentError(error.message) : error;
  }
}

/** Words as lines of the help, none wider than 100 characters. */
function inLines(words: readonly string[]): string {
  const lines = [""];
  for (const word of words) {
    const line = lines.at(-1) ?? "";
    if (line.length + word.length > 95) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line}, ${word}`;
  }
  return lines.map((line) => `  ${line}`).join("\n");
}

/** The path stands behind the last equals sign: an address may have some of its own. */
function fixture(text: string, given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, glob = "", path = ""] = /^(.*)=(.+)$/s.exec(text) ?? [];
  if (isFixtureGlob(glob)) return { ...given, [glob]: path };
  throw new InvalidArgumentError("It is an address and a path, such as 'https://cdn.example.com/*=./audio'.");
}

function mediaHost(text: string, given: readonly string[]): readonly string[] {
  if (isAllowedHost(text)) return [...given, text];
  throw new InvalidArgumentError("It is a host with or without a port, such as 127.0.0.1:9000.");
}

function address(text: string): string {
  if (webRtcMistake({ host: text }) === null) return text;
  throw new InvalidArgumentError("It must be an IP address, because it stands in an SDP.");
}

function portRange(text: string): { from: number; to: number } {
  const [, from = "", to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const range = { from: Number(from), to: Number(to) };
  if (from !== "" && webRtcMistake({ ports: range }) === null) return range;
  throw new InvalidArgumentError("It must be two ports with a dash between them, the lower one first: 40000-40099.");
}
