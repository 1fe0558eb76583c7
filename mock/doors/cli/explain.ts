import { type Command, CommanderError } from "commander";
import { SandboxOptionError } from "../../sandbox-options.ts";

/** Something the user asked for in a way that can't be done; the process ends with 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Something that went wrong and is not the user's wording; the process ends with 1. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** What a running sandbox refused, in its own words; the process ends with 1. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

/**
 * What the terminal says of an error, and the exit code that goes with it.
 *
 * @param command the one that failed, whose help may say more
 */
export function explain(error: unknown, command: Command): { readonly message: string; readonly exitCode: number } {
  // Commander has already written its own message, and the help when it was asked for.
  if (error instanceof CommanderError) return { message: "", exitCode: error.exitCode === 0 ? 0 : 2 };
  if (error instanceof UsageError || error instanceof SandboxOptionError) {
    return { message: `${error.message}\nSee ${wholeName(command)} --help.`, exitCode: 2 };
  }
  if (error instanceof StartError || error instanceof RefusedError) return { message: error.message, exitCode: 1 };
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error), exitCode: 1 };
}

/** A command's name behind those that it belongs to: `calls-sandbox scenarios run`. */
function wholeName(command: Command): string {
  return command.parent === null ? command.name() : `${wholeName(command.parent)} ${command.name()}`;
}
