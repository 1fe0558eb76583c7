import { Command, InvalidArgumentError, Option } from "commander";
import { type ServeFlags, serve } from "./serve.ts";

/** `calls-sandbox serve`: every option of the sandbox, each with its default in the help. */
export function serveCommand(): Command {
  return new Command("serve")
    .description("start the sandbox and serve it over HTTP (the default command)")
    .addOption(
      new Option("--port <number>", "port of the API; 0 takes a free one")
        .default(4010)
        .env("CALLS_SANDBOX_PORT")
        .argParser(port),
    )
    .addOption(
      new Option("--media-port <number>", "port of the media host; 0 takes a free one")
        .default(4011)
        .env("CALLS_SANDBOX_MEDIA_PORT")
        .argParser(port),
    )
    .addOption(new Option("--host <address>", "address to listen on").default("127.0.0.1").env("CALLS_SANDBOX_HOST"))
    .option("--media-url <url>", "public base of the media host, for containers and tunnels (ws:// or wss://)")
    .addOption(
      new Option(
        "--control-token <token>",
        "what the control API asks for; made up and printed when --host is not loopback",
      ).env("CALLS_SANDBOX_CONTROL_TOKEN"),
    )
    .option("--config <file>", "YAML file with numbers, contacts and scripts of your own")
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
    .option("--quiet", "print nothing but errors")
    .option("--json-logs", "print one JSON line per request")
    .addHelpText("after", examples)
    .action((flags: ServeFlags) => serve(flags));
}

const examples = `
Examples:
  calls-sandbox                                 serve on http://127.0.0.1:4010
  calls-sandbox --port 0 --ready-file up.json   a free port for CI; addresses and keys in up.json
  calls-sandbox --clock virtual                 time stands still until you advance it
  calls-sandbox --strict --validate-responses   as demanding as it gets

Then:
  curl -X POST http://127.0.0.1:4010/v1/calls -H "x-api-key: ps_sandbox_evo" \\
    -H "Content-Type: application/json" -d '{"to":"+5511900000001"}'`;

function port(text: string): number {
  const number = Number(text);
  if (/^\d{1,5}$/.test(text) && number <= 65_535) return number;
  throw new InvalidArgumentError("It must be a whole number from 0 to 65535.");
}
