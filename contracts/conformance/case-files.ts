import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { packageFile } from "../package-file.ts";
import type { Case } from "./case.ts";
import { readCases } from "./read-cases.ts";

/** A file or folder of cases that can't be used; the message says which and why. */
export class CaseFilesError extends Error {
  override readonly name = "CaseFilesError";
}

/** The folder of the cases that come with the product. */
export function ownCases(): string {
  return packageFile("contracts/conformance/cases");
}

/**
 * Reads all cases below some folders and files, sorted by file.
 *
 * @param paths folders, searched for `.yaml` and `.yml`, and files
 * @throws CaseFilesError for a path without cases, ConfigError for a file with mistakes
 */
export async function loadCases(paths: readonly string[]): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const path of paths) {
    for (const { file, name } of await filesBelow(path)) cases.push(...readCases(await readFile(file, "utf8"), name));
  }
  return cases;
}

interface NamedFile {
  readonly file: string;
  /** From the folder that was named, with slashes. */
  readonly name: string;
}

async function filesBelow(path: string): Promise<readonly NamedFile[]> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new CaseFilesError(`There are no cases at ${path}. Name a case file, or a folder of them.`);
  if (found.isFile()) return [{ file: path, name: basename(path) }];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (files.length === 0) throw new CaseFilesError(`The folder ${path} holds no .yaml files. Name one that does.`);
  return files.map((file) => ({ file, name: relative(path, file).split(sep).join("/") }));
}
