import { type ParseArgsConfig, parseArgs } from "node:util";

/** A failure that the reader can act on: what is wrong, what to do about it, and the exit code. */
export class ScriptError extends Error {
  readonly remedy: string;
  readonly exitCode: 1 | 2;

  constructor(message: string, remedy: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.name = "ScriptError";
    this.remedy = remedy;
    this.exitCode = exitCode;
  }
}

export type Flags = Readonly<Record<string, string | boolean | undefined>>;

export interface Script {
  /** The command as it is typed, e.g. `npm run generate --`. */
  readonly command: string;
  readonly summary: string;
  /** Option name → kind and one line of help. `--help` is added to all. */
  readonly options: Readonly<Record<string, { readonly type: "string" | "boolean"; readonly help: string }>>;
  /** Returns one line saying what was done, or null where it printed everything itself. */
  run(flags: Flags): Promise<string | null>;
}

function helpText(script: Script): string {
  const options: Script["options"] = { ...script.options, help: { type: "boolean", help: "print this text" } };
  const rows = Object.entries(options).map(([name, option]) => {
    const shown = option.type === "string" ? `--${name} <value>` : `--${name}`;
    return `  ${shown.padEnd(22)} ${option.help}`;
  });
  return [script.summary, "", `Usage: ${script.command} [options]`, "", ...rows].join("\n");
}

function parseFlags(script: Script, args: readonly string[]): Flags {
  const options: NonNullable<ParseArgsConfig["options"]> = { help: { type: "boolean" } };
  for (const [name, option] of Object.entries(script.options)) options[name] = { type: option.type };
  try {
    const values: Record<string, unknown> = parseArgs({ args: [...args], options, strict: true }).values;
    const flags: Record<string, string | boolean> = {};
    for (const [name, value] of Object.entries(values)) {
      if (typeof value === "string" || typeof value === "boolean") flags[name] = value;
    }
    return flags;
  } catch (error) {
    throw new ScriptError(error instanceof Error ? error.message : String(error), `${script.command} --help`, 2);
  }
}

/** Seconds since `startedAt` (from `performance.now()`), as text: `1.3 s`. */
export function secondsSince(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}

/**
 * Runs a script from the command line: options, `--help`, timing, and errors with their remedy.
 * Sets the exit code: 0 fine, 1 something failed, 2 wrong usage or a missing input.
 */
export async function runScript(script: Script, args: readonly string[] = process.argv.slice(2)): Promise<void> {
  const startedAt = performance.now();
  try {
    const flags = parseFlags(script, args);
    if (flags["help"] === true) {
      console.log(helpText(script));
      return;
    }
    const line = await script.run(flags);
    if (line !== null) console.log(`${line} (${secondsSince(startedAt)})`);
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    console.error(`${error.message}\nRemedy: ${error.remedy}`);
    process.exitCode = error.exitCode;
  }
}
