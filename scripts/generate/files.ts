import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { generatedFolder } from "./all.ts";

/** Path (from the project's folder) → content. */
export type Files = ReadonlyMap<string, string>;

/** The files that differ from what the spec gives: changed, missing, or left over in the generated folder. */
export async function staleFiles(folder: string, files: Files): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, content] of files) {
    const present = await readFile(join(folder, path), "utf8").catch(() => null);
    if (present !== content) stale.push(path);
  }
  const names = await readdir(join(folder, generatedFolder)).catch(() => []);
  const left = names.map((name) => `${generatedFolder}/${name}`).filter((path) => !files.has(path));
  return [...stale, ...left];
}

/** Writes the stale files, and removes those that are left over. */
export async function writeFiles(folder: string, files: Files, stale: readonly string[]): Promise<void> {
  for (const path of stale) {
    const content = files.get(path);
    const file = join(folder, path);
    if (content === undefined) await rm(file, { recursive: true });
    else {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }
}
