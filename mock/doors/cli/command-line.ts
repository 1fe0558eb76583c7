import { Command } from "commander";
import { version } from "../../version.ts";
import { conformanceCommand } from "./conformance/conformance-command.ts";
import { explain } from "./explain.ts";
import { proxyCommand } from "./proxy/proxy-command.ts";
import { scenariosCommand } from "./scenarios/scenarios-command.ts";
import { serveCommand } from "./serve-command.ts";
import { triggerCommand } from "./trigger/trigger-command.ts";
import { checkCommand } from "./unknown-command.ts";
import { verifyCommand } from "./verify/verify-command.ts";

/** Exit codes: 0 fine, 1 something failed, 2 wrong usage. */
const serve = serveCommand();
const program = new Command("calls-sandbox")
  .description(
    "An offline sandbox for the Pilot Status Calls API: WhatsApp voice calls without a number, a phone or money.",
  )
  .version(version)
  .configureHelp({ showGlobalOptions: true })
  .exitOverride()
  .addCommand(serve, { isDefault: true })
  .addCommand(triggerCommand())
  .addCommand(scenariosCommand())
  .addCommand(conformanceCommand())
  .addCommand(verifyCommand())
  .addCommand(proxyCommand());
// Whoever runs the default command asks for help without naming it.
program.addHelpText("after", () => `\n${serve.helpInformation()}`);
// Commands that were built elsewhere don't inherit this by themselves; without it commander ends the process with 1.
inherit(program);

function inherit(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent);
    inherit(command);
  }
}

// The command whose action ran, for the last line of its errors.
let acting = program;
program.hook("preAction", (_, command) => {
  acting = command;
});

// Compose files write `${PORT:-}`: an empty variable says nothing.
for (const [name, value] of Object.entries(process.env)) {
  if (name.startsWith("CALLS_SANDBOX_") && value === "") delete process.env[name];
}

try {
  const [, , word] = process.argv;
  await checkCommand(
    word,
    program.commands.map((command) => command.name()),
  );
  await program.parseAsync();
} catch (error) {
  const { message, exitCode } = explain(error, acting);
  if (message !== "") console.error(message);
  process.exit(exitCode);
}
