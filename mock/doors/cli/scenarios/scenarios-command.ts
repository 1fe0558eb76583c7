import { Command, Option } from "commander";
import { parseWait } from "../../../domain/wait.ts";
import { UsageError } from "../explain.ts";
import { scenarioList } from "./print.ts";
import type { RunFlags } from "./run.ts";

/** `calls-sandbox scenarios`: the field bugs as stories, listed, and played against a client. */
export function scenariosCommand(): Command {
  const command = new Command("scenarios")
    .description("list the field bugs that a client can be put to the test with, and play them")
    .option("--json", "print the list as JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const { scenarios } = await import("../../../scenarios/index.ts");
      console.log(scenarioList([...scenarios.values()], json === true));
    });
  command
    .command("run")
    .description("play one in a world of its own on a running sandbox")
    .argument("[name]", "which one; left out with --file")
    .option("--file <file>", "a scenario of your own, in YAML")
    .option("--url <url>", "address of the sandbox", "http://127.0.0.1:4010")
    .option("--webhook <url>", "address of your receiver; without one the scenario stands in for your client")
    .option("--client", "your client has no receiver, but makes requests with the keys of the world")
    .option("--world <id>", "which world to create; scenario is made anew each time", "scenario")
    .option("--patience <wait>", "how long your client may take for one step, for example 2m", readPatience, 30_000)
    .option("--seed <text>", "the --seed of the sandbox, if it has one", "calls-sandbox")
    .addOption(new Option("--control-token <token>", "the sandbox's control token").env("CALLS_SANDBOX_CONTROL_TOKEN"))
    .option("--json", "print the result as JSON")
    .addHelpText("after", examples)
    .action(async (name: string | undefined, flags: RunFlags, own: Command) => {
      // Loaded only here: the YAML parser and the scenarios would cost every start of a sandbox some milliseconds.
      const { runNamed } = await import("./run.ts");
      // `--json` may stand before `run`, where it belongs to the list.
      process.exitCode = await runNamed(name, { ...flags, ...own.optsWithGlobals<RunFlags>() });
    });
  return command;
}

const examples = `
Exit code 0: nothing failed. 1: your client did not do what it should. 2: the scenario could not be begun.

Examples:
  calls-sandbox scenarios run connect-is-not-pick-up                                       just to see it
  calls-sandbox scenarios run terminate-overtakes-connect --webhook http://localhost:3000/hook
  calls-sandbox scenarios run --file examples/scenario.yaml --webhook http://localhost:3000/hook --json`;

function readPatience(text: string): number {
  const wait = parseWait(text);
  if (wait !== null && wait >= 1 && wait <= 600_000) return wait;
  throw new UsageError(`--patience must be a wait from 1ms to 10m, such as 30s, but was ${JSON.stringify(text)}.`);
}
