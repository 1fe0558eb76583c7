import { readFile } from "node:fs/promises";
import { isMap } from "../../mock/config/path.ts";
import type { ConformanceRun } from "./run.ts";

/** A file that holds no run. */
export class NoRun extends Error {
  override readonly name = "NoRun";
}

/**
 * Reads what `--json` has written.
 *
 * @throws NoRun when the file is missing or holds something else
 */
export async function readRun(file: string): Promise<ConformanceRun> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) throw new NoRun(`There is no file ${file}. Write one with calls-sandbox conformance --json.`);
  const content = parsed(text);
  if (!isMap(content) || content["format"] !== 1 || !Array.isArray(content["results"])) {
    throw new NoRun(`${file} is no run of the conformance suite. Write one with calls-sandbox conformance --json.`);
  }
  // A parsed border: the format's number vouches for the rest.
  return content as unknown as ConformanceRun;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
