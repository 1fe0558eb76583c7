import { rename, writeFile } from "node:fs/promises";
import type { WorldKeys } from "../../world/seed.ts";
import { StartError } from "./explain.ts";

/** What a program that starts the sandbox needs to know; the names are fixed. */
export interface ReadyFacts {
  readonly apiUrl: string;
  readonly mediaUrl: string;
  readonly keys: WorldKeys;
  readonly webhookSecret: string;
  readonly appSecret: string;
  /** Null until there is a console. */
  readonly consoleUrl: null;
}

/** What a program that starts the proxy needs to know: the same name for the address as the sandbox's. */
export interface ProxyReadyFacts {
  readonly apiUrl: string;
  readonly target: string;
}

/** Writes the ready file in one step: whoever sees it sees all of it (WORLD-028). */
export async function writeReadyFile(file: string, facts: ReadyFacts | ProxyReadyFacts): Promise<void> {
  const text = `${JSON.stringify(facts, null, 2)}\n`;
  const beside = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(beside, text, { mode: 0o600 });
    await rename(beside, file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(
      `Can't write the ready file ${file}: ${reason}. Choose a place that exists and can be written.`,
    );
  }
}
