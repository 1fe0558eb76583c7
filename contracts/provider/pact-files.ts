import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { VerifyMistake } from "./mistake.ts";
import type { Pact } from "./pact.ts";
import { readPact } from "./read-pact.ts";

/**
 * Reads the pacts of files and folders, those of a folder in the order of their names.
 *
 * @param provider leaves out the pacts of other providers; undefined for none
 * @throws VerifyMistake when one is missing or is no pact, when a folder holds none, or when none is left
 */
export async function readPactFiles(paths: readonly string[], provider?: string): Promise<readonly Pact[]> {
  const files = (await Promise.all(paths.map(filesAt))).flat();
  const pacts = await Promise.all(
    [...new Set(files)].map(async (file) => readPact(await readFile(file, "utf8"), file)),
  );
  const wanted = pacts.filter((pact) => provider === undefined || pact.provider === provider);
  if (wanted.length > 0) return wanted;
  const names = [...new Set(pacts.map((pact) => pact.provider))].join(", ");
  throw new VerifyMistake(
    `None of the pacts is about the provider ${provider}; they are about ${names}. Check --provider.`,
  );
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
