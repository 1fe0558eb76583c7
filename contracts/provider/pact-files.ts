import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { VerifyMistake } from "./mistake.ts";
import type { Pact } from "./pact.ts";
import { readPact } from "./read-pact.ts";

/**
 * Reads the pacts of files and folders, those of a folder in the order of their names.
 *
 * @throws VerifyMistake when one is missing or is no pact, or when a folder holds none
 */
export async function readPactFiles(paths: readonly string[]): Promise<readonly Pact[]> {
  const files = (await Promise.all(paths.map(filesAt))).flat();
  return Promise.all([...new Set(files)].map(async (file) => readPact(await readFile(file, "utf8"), file)));
}

async function filesAt(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => null);
  if (found === null) {
    throw new VerifyMistake(
      `There is no ${path}. Name a pact file or a folder of them; it is looked up from the present directory.`,
    );
  }
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => name.endsWith(".json")).sort();
  if (names.length > 0) return names.map((name) => join(path, name));
  throw new VerifyMistake(
    `The folder ${path} holds no pact. Have the consumers' tests write theirs there, as .json files.`,
  );
}
