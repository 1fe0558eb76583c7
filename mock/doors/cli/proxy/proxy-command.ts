import { Command, InvalidArgumentError, Option } from "commander";
import { parseWait } from "../../../domain/wait.ts";
import { readPort } from "../read-port.ts";

/** The options of `proxy`, as commander hands them over. */
export interface ProxyFlags {
  readonly target?: string;
  readonly port: number;
  readonly host: string;
  readonly timeout: number;
  readonly record?: string;
  readonly toPact?: string;
  readonly consumer?: string;
  readonly failOnViolation?: "client" | "service" | "any";
  readonly readyFile?: string;
  readonly json?: boolean;
}

/** `calls-sandbox proxy`: between a client and a service, holding what passes against the document. */
export function proxyCommand(): Command {
  return new Command("proxy")
    .description("stand between a client and a service, and say where requests and answers leave the document")
    .argument("[command...]", "behind --: a command to run with the proxy's address in CALLS_SANDBOX_PROXY_URL")
    .option("--target <url>", "the service, with or without /v1, such as https://pilotstatus.com.br/v1")
    .addOption(new Option("--port <number>", "port to listen on; 0 takes a free one").default(4012).argParser(readPort))
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .addOption(
      new Option("--timeout <wait>", "how long the target may be silent").default(30_000, "30s").argParser(readTimeout),
    )
    .option(
      "--record <folder>",
      "keep every exchange there, redacted, one file each; without --target: read them there",
    )
    .option("--to-pact <file>", "write a Pact file from the recording, at the end, or at once without --target")
    .option("--consumer <name>", "who the client is in the Pact file")
    .addOption(
      new Option(
        "--fail-on-violation [whose]",
        "end with 1 if anything departed from the document, or a command sent nothing through",
      )
        .choices(["client", "service", "any"])
        .preset("any"),
    )
    .option("--ready-file <file>", "write the proxy's address there, in one step, once it listens")
    .option("--json", "print the summary as JSON, and everything else to stderr")
    .addHelpText("after", examples)
    .action(async (command: readonly string[], flags: ProxyFlags) => {
      // Loaded only here: judges and validators would cost every start of a sandbox some milliseconds.
      const { runProxy } = await import("./run-proxy.ts");
      process.exitCode = await runProxy(command, flags);
    });
}

const examples = `
A request that leaves the document is the client's departure, an answer that does is the service's.
Exit code 0: fine. 1: --fail-on-violation found something, or no request came, or the command behind -- failed. 2: wrong usage.

Examples:
  calls-sandbox proxy --target http://127.0.0.1:4010
                                    point your client at http://127.0.0.1:4012/v1
  calls-sandbox proxy --target https://pilotstatus.com.br/v1 --record recording
                                    keep what passes, without keys and phone numbers
  calls-sandbox proxy --record recording --to-pact client.json --consumer my-client
                                    no proxy: write a Pact file from what was kept
  calls-sandbox proxy --target http://127.0.0.1:4010 --port 0 --fail-on-violation client -- npm test
                                    in CI: run the tests through the proxy, and end with them`;

function readTimeout(text: string): number {
  const wait = parseWait(text);
  if (wait !== null && wait >= 1 && wait <= 600_000) return wait;
  throw new InvalidArgumentError("It must be a wait from 1ms to 10m, such as 30s.");
}
