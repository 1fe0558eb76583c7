import { readFile } from "node:fs/promises";
import type { Config } from "../../config/config.ts";
import { UsageError } from "./explain.ts";

/**
 * Reads the file of `--config`. The YAML parser is loaded only here, when somebody asks for it.
 *
 * @throws UsageError when there is no such file, or with every mistake in it and its line (WORLD-031)
 */
export async function readConfigFile(file: string): Promise<Config> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new UsageError(`Can't read the file of --config: ${whyNot(error, file)}`);
  });
  const { ConfigError, readConfig } = await import("../../config/index.ts");
  try {
    return readConfig(text, file);
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(`${error.message}\nThe format: docs/people.md.`);
    throw error;
  }
}

/** Why a file could not be read, and what to do about it. */
export function whyNot(error: unknown, file: string): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return `there is no ${file}. Check the name; it is looked up from the present directory.`;
  if (code === "EISDIR") return `${file} is a directory. Name a file in it.`;
  if (code === "EACCES") return `${file} may not be read by you.`;
  return error instanceof Error ? error.message : String(error);
}
