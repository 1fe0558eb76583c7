import { Command, InvalidArgumentError, Option } from "commander";
import type { ConformanceFlags } from "../../../../contracts/conformance/command/flags.ts";
import { parsePhone } from "../../../domain/phone.ts";
import { parseWait } from "../../../domain/wait.ts";
import { UsageError } from "../explain.ts";

/** `calls-sandbox conformance`: one suite of behaviours, played against a sandbox or the live service. */
export function conformanceCommand(): Command {
  return new Command("conformance")
    .description(
      "play the suite of provider behaviours against a sandbox or the live service, and say where they differ",
    )
    .option("--target <url>", "address of the service (default: a sandbox of its own)")
    .addOption(key("--meta-key <key>", "key of a META number; with a key the target is a live service", "META_KEY"))
    .addOption(key("--evo-key <key>", "key of a connected EVO_GO number", "EVO_KEY"))
    .addOption(key("--evo-offline-key <key>", "key of an EVO_GO number that is not connected", "EVO_OFFLINE_KEY"))
    .addOption(
      key("--meta-low-tier-key <key>", "key of a META number that may not enable calling", "META_LOW_TIER_KEY"),
    )
    .addOption(key("--other-key <key>", "key of a number of a third provider", "OTHER_KEY"))
    .addOption(key("--tenant-key <key>", "tenant-scoped key", "TENANT_KEY"))
    .addOption(key("--unbound-key <key>", "key that is bound to no number", "UNBOUND_KEY"))
    .option("--live", "treat the target as a live service even without keys in the command")
    .addOption(
      new Option(
        "--allow-calls <phone>",
        "on a live service: this phone may ring, and calls and messages to it may be billed",
      ).argParser(phone),
    )
    .option("--allow-changes", "on a live service: settings and webhooks of the account may be changed")
    .addOption(
      new Option("--rate <number>", "on a live service: at most so many requests a second").default(5).argParser(rate),
    )
    .option("--control-url <url>", "where the control API of a sandbox is, if not at the target")
    .addOption(new Option("--control-token <token>", "the sandbox's control token").env("CALLS_SANDBOX_CONTROL_TOKEN"))
    .option("--seed <text>", "the --seed of the sandbox, if it has one", "calls-sandbox")
    .addOption(
      new Option("--cases <path>", "a case file or folder of your own, in place of ours; several times")
        .default([], "ours")
        .argParser((path: string, before: readonly string[]) => [...before, path]),
    )
    .option("--only <text>", "only cases whose file, title or ledger id contains this")
    .addOption(new Option("--provider <name>", "only cases of this provider").choices(["META", "EVO_GO"]))
    .addOption(
      new Option("--timeout <wait>", "how long one request may take, for example 10s")
        .default(30_000, "30s")
        .argParser(timeout),
    )
    .option("--list", "list the cases and play none")
    .option("--coverage", "say which entries of the ledger have a case, and play none")
    .option("--compare <runs...>", "name what changed between two files written by --json, and play none")
    .option("--replay <folder>", "send a recording of calls-sandbox proxy again, and compare the answers in kind")
    .option("--html <file>", "write the run as one page")
    .option("--junit <file>", "write the run as JUnit XML")
    .option("--json", "print the run as JSON")
    .addHelpText("after", examples)
    .action(async ({ timeout: timeoutMs, ...flags }: Omit<ConformanceFlags, "timeoutMs"> & { timeout: number }) => {
      process.exitCode = await run({ ...flags, timeoutMs });
    });
}

const examples = `
Exit code 0: no case failed. 1: some did, or --compare or --replay found a difference. 2: the suite could not be begun.

On a live service nothing rings, costs money or changes the account unless --allow-calls or --allow-changes says so, and
reports hold no keys and phone numbers. What needs a person at the phone is skipped, and said to be.

Examples:
  calls-sandbox conformance                                             a sandbox of its own
  calls-sandbox conformance --target http://127.0.0.1:4010 --html report.html
  calls-sandbox conformance --target https://pilotstatus.com.br/v1 --meta-key "$KEY" --json > live.json
  calls-sandbox conformance --compare yesterday.json live.json
  calls-sandbox conformance --replay recording/ --target http://127.0.0.1:4010
  calls-sandbox conformance --only META-PERM`;

/** Loaded only here: Vitest, the cases and the YAML parser would cost every start of a sandbox their time. */
async function run(flags: ConformanceFlags): Promise<number> {
  const { isUsage, runConformance } = await import("../../../../contracts/conformance/index.ts");
  try {
    return await runConformance(flags, (text) => console.log(text));
  } catch (error) {
    throw error instanceof Error && isUsage(error) ? new UsageError(error.message) : error;
  }
}

/** A key in the words of a command stays in the shell's history; the environment is the better place. */
function key(flags: string, about: string, name: string): Option {
  return new Option(flags, about).env(`CALLS_SANDBOX_${name}`);
}

function phone(text: string): string {
  const digits = parsePhone(text);
  if (digits !== null) return digits;
  throw new InvalidArgumentError("Give one phone number with its country code, such as +5511999999999.");
}

function rate(text: string): number {
  const number = Number(text);
  if (number > 0 && number <= 1_000) return number;
  throw new InvalidArgumentError("Give a number of requests from 0.1 to 1000.");
}

function timeout(text: string): number {
  const wait = parseWait(text);
  if (wait !== null && wait >= 100 && wait <= 600_000) return wait;
  throw new InvalidArgumentError("Give a wait from 100ms to 10m, such as 30s.");
}
