import { Command, InvalidArgumentError, Option } from "commander";
import { parseWait } from "../../../domain/wait.ts";
import type { VerifyFlags } from "./flags.ts";
import { parseSelector, SelectorFormError } from "./selector.ts";

/** `calls-sandbox verify`: the pacts of real clients, held against the sandbox by Pact's own verifier. */
export function verifyCommand(): Command {
  return new Command("verify")
    .description("verify pacts against a fresh sandbox, with documented provider states")
    .argument("[paths...]", "pact files, or folders of them; left out with --broker-url")
    .option("--states", "list the provider states, with what they take and provide")
    .option(
      "--target <url>",
      "verify against a sandbox that runs already; its world default is wiped, and its clock should be virtual",
    )
    .addOption(new Option("--control-token <token>", "that sandbox's control token").env("CALLS_SANDBOX_CONTROL_TOKEN"))
    .option(
      "--provider <name>",
      "verify only the pacts about this provider (a broker is asked for calls-api otherwise)",
    )
    .addOption(
      new Option("--timeout <wait>", "how long one request may take").default(10_000, "10s").argParser(readTimeout),
    )
    .option("--junit <file>", "write a JUnit report there; its folder is made where it is missing")
    .option("--json", "print the result, or the states, as JSON")
    .option("--verbose", "let Pact say what it says")
    .optionsGroup("Broker:")
    .option("--broker-url <url>", "take the pacts from a Pact Broker or PactFlow")
    .addOption(new Option("--broker-token <token>", "its token").env("PACT_BROKER_TOKEN"))
    .addOption(new Option("--broker-username <name>", "a user name, in place of a token").env("PACT_BROKER_USERNAME"))
    .addOption(new Option("--broker-password <password>", "the password").env("PACT_BROKER_PASSWORD"))
    .addOption(
      new Option(
        "--selector <selector>",
        "which consumer versions: mainBranch, branch=feat-x, tag=prod,latest, or JSON; several times",
      )
        .default([], "mainBranch and deployedOrReleased")
        .argParser(selector),
    )
    .addOption(
      new Option("--consumer-tag <tag>", "the latest versions with a tag; several times")
        .default([], "none")
        .argParser(listed),
    )
    .option("--pending", "a pact that never passed yet fails nothing")
    .option("--include-wip-since <date>", "pacts in progress since then, too; they fail nothing")
    .option("--publish", "publish the results; needs --provider-version")
    .option("--provider-version <version>", "the version that is verified, such as the commit")
    .option("--provider-branch <branch>", "its branch")
    .addOption(new Option("--provider-tag <tag>", "its tag; several times").default([], "none").argParser(listed))
    .option("--build-url <url>", "where the build can be looked at")
    .option("--can-i-deploy <environment>", "ask at the end whether the version may go there, and fail if not")
    .addHelpText("after", examples)
    .action(async (paths: readonly string[], flags: VerifyFlags) => {
      // Loaded only here: neither Pact nor its report is anything to a start of the sandbox.
      const { runVerify } = await import("./run.ts");
      process.exitCode = await runVerify(paths, flags);
    });
}

const examples = `
Exit code 0: everything was verified. 1: an interaction failed. 2: it could not be begun.
Pact is a package of its own: npm install --save-dev @pact-foundation/pact@17

With --target the world default of that sandbox is put back to its beginning before and after each interaction. On a
real clock no time passes in a state, so what passes on a fresh sandbox may fail (durationSeconds: expected 60, was 0):
start it with calls-sandbox serve --clock virtual.

Examples:
  calls-sandbox verify pacts/                          every pact of a folder
  calls-sandbox verify pacts/ --junit verify.xml       with a report for CI
  calls-sandbox verify --states                        which states a pact can name
  calls-sandbox verify --broker-url https://broker.example --publish --provider-version "$GIT_COMMIT"`;

function readTimeout(text: string): number {
  const wait = parseWait(text);
  if (wait !== null && wait >= 100 && wait <= 600_000) return wait;
  throw new InvalidArgumentError("It must be a wait from 100ms to 10m, such as 30s.");
}

function listed(text: string, others: readonly string[]): readonly string[] {
  return [...others, text];
}

function selector(text: string, others: VerifyFlags["selector"]): VerifyFlags["selector"] {
  try {
    return [...others, parseSelector(text)];
  } catch (error) {
    throw error instanceof SelectorFormError ? new InvalidArgumentError(error.message) : error;
  }
}
