import type { Script } from "../people/script.ts";
import type { NewContact, NewKey, NewNumber } from "../world/additions.ts";

/** What a configuration file says; each part is an option of the same name for `createSandbox`. */
export interface Config {
  readonly scripts: readonly Script[];
  readonly numbers: readonly NewNumber[];
  readonly keys: readonly NewKey[];
  readonly contacts: readonly NewContact[];
  readonly webhooks: readonly string[];
}

/** One thing that is wrong in a configuration file, and where; lines and columns count from 1. */
export interface ConfigMistake {
  readonly line: number;
  readonly column: number;
  /** What is wrong, what would be right, and what to do. */
  readonly message: string;
}

/** How many mistakes are told at once. */
const mostTold = 10;

/** A configuration file with mistakes; the message has one line for each, as `file:line:column what is wrong`. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly fileName: string;
  /** In the order of the file, ten at most. */
  readonly mistakes: readonly ConfigMistake[];

  constructor(fileName: string, mistakes: readonly ConfigMistake[]) {
    const told = mistakes.slice(0, mostTold);
    const more = mistakes.length - told.length;
    super(
      [
        `${fileName} has ${mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes`}:`,
        ...told.map(({ line, column, message }) => `  ${fileName}:${line}:${column} ${message}`),
        ...(more > 0 ? [`  … and ${more} more.`] : []),
      ].join("\n"),
    );
    this.fileName = fileName;
    this.mistakes = told;
  }
}
