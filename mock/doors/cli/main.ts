import { Command } from "commander";
import { version } from "../../version.ts";
import { explain } from "./explain.ts";
import { serveCommand } from "./serve-command.ts";

/** Exit codes: 0 fine, 1 something failed, 2 wrong usage. */
const program = new Command("calls-sandbox")
  .description(
    "An offline sandbox for the Pilot Status Calls API: WhatsApp voice calls without a number, a phone or money.",
  )
  .version(version)
  .configureHelp({ showGlobalOptions: true })
  .exitOverride()
  .addCommand(serveCommand(), { isDefault: true });

try {
  await program.parseAsync();
} catch (error) {
  const { message, exitCode } = explain(error);
  if (message !== "") console.error(message);
  process.exitCode = exitCode;
}
