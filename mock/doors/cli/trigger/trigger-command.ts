import { Command, Option } from "commander";
import { type ControlTarget, controlClient } from "./control-client.ts";
import { describeCall, describeClock, describeContact, describeNumber } from "./describe.ts";
import { isoDuration } from "./duration.ts";

/** Options of every trigger: where the sandbox is, and how to print. */
interface CommonFlags extends ControlTarget {
  readonly json?: boolean;
}

/** `calls-sandbox trigger`: the control API of a running sandbox, from a terminal. */
export function triggerCommand(): Command {
  const trigger = new Command("trigger")
    .description("make something happen in a running sandbox, as a person or as time")
    .addHelpText("after", examples);
  const add = (name: string, about: string) => trigger.addCommand(withTarget(new Command(name).description(about)));
  const last = () => trigger.commands.at(-1) ?? trigger;

  add("inbound-call", "a person calls the business");
  last()
    .requiredOption("--from <phone>", "who calls")
    .option("--to <phone>", "the business number that rings", "+551140000001")
    .option("--script <name>", "how the person behaves in this call")
    .action(async (flags: CommonFlags & { from: string; to: string; script?: string }) => {
      const { from, to, script } = flags;
      await run(
        flags,
        "POST",
        "/inbound-calls",
        { from, to, ...(script === undefined ? {} : { script }) },
        describeCall,
      );
    });

  for (const [action, about] of personActions) {
    add(action, about);
    const command = last().addOption(callOption());
    if (action === "fail") command.option("--code <code>", "errorCode of the call, for example 138020");
    if (action === "speak") command.requiredOption("--pattern <pattern>", "what to say, for example turns");
    if (action === "send-dtmf") command.requiredOption("--digits <digits>", "which keys, for example 12#");
    command.action(async (flags: CommonFlags & { call: string; code?: string; pattern?: string; digits?: string }) => {
      const { call, code, pattern, digits } = flags;
      const parameters = Object.fromEntries(
        Object.entries({ code, pattern, digits }).filter(([, value]) => value !== undefined),
      );
      await run(flags, "POST", `/calls/${encodeURIComponent(call)}/person`, { action, ...parameters }, describeCall);
    });
  }

  add("permission-reply", "a person answers a permission request");
  last()
    .requiredOption("--phone <phone>", "who answers")
    .addOption(new Option("--response <response>", "yes or no").choices(["accept", "reject"]).default("accept"))
    .option("--permanent", "a yes for good")
    .action(async (flags: CommonFlags & { phone: string; response: string; permanent?: boolean }) => {
      const body = { response: flags.response, permanent: flags.permanent === true };
      await run(flags, "POST", `/contacts/${encodeURIComponent(flags.phone)}/permission-reply`, body, describeContact);
    });

  add("advance", "move a virtual clock ahead");
  last()
    .argument("<duration>", "24h, 7d, 90s, or ISO 8601 such as PT24H")
    .action(async (duration: string, flags: CommonFlags) => {
      await run(flags, "POST", "/clock/advance", { by: isoDuration(duration) }, describeClock);
    });

  for (const [name, connected] of [
    ["disconnect", false],
    ["connect", true],
  ] as const) {
    add(name, `an EVO_GO number ${connected ? "is connected again" : "loses its connection"}`);
    last()
      .option("--number <phone>", "the business number", "+551140000002")
      .action(async (flags: CommonFlags & { number: string }) => {
        await run(flags, "PATCH", `/numbers/${encodeURIComponent(flags.number)}`, { connected }, describeNumber);
      });
  }
  return trigger;
}

const personActions = [
  ["ring", "a person's phone starts to ring"],
  ["answer", "a person picks up"],
  ["reject", "a person declines"],
  ["hang-up", "a person hangs up"],
  ["fail", "a call breaks"],
  ["speak", "a person says something"],
  ["send-dtmf", "a person presses keys"],
] as const;

const examples = `
Examples:
  calls-sandbox trigger inbound-call --from +5511988887777 --to +551140000002
  calls-sandbox trigger hang-up                     the newest call
  calls-sandbox trigger permission-reply --phone +5511988887777 --permanent
  calls-sandbox trigger advance 24h --json`;

function callOption(): Option {
  return new Option("--call <id>", "which call, by any of its ids").default("latest");
}

function withTarget(command: Command): Command {
  return command
    .option("--url <url>", "address of the sandbox", "http://127.0.0.1:4010")
    .option("--world <id>", "which of its worlds", "default")
    .addOption(new Option("--control-token <token>", "the sandbox's control token").env("CALLS_SANDBOX_CONTROL_TOKEN"))
    .option("--json", "print the answer as JSON");
}

async function run<Answer>(
  flags: CommonFlags,
  method: string,
  path: string,
  body: unknown,
  describe: (answer: Answer) => string,
): Promise<void> {
  // The sandbox validates what it answers against the same spec as these types: the parsed border of this command.
  const answer = (await controlClient(flags)(method, path, body)) as Answer;
  console.log(flags.json === true ? JSON.stringify(answer) : describe(answer));
}
