import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { root } from "../lib/root.ts";
import { ScriptError } from "../lib/script.ts";

/** A mistake that is put into the mock on purpose. */
export interface DeliberateFault {
  /** What the mock does wrong, in a few words. */
  readonly fault: string;
  /** The area of the ledger whose cases are most likely to notice. */
  readonly near: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/**
 * Reads the list of faults.
 *
 * @throws ScriptError when a fault is incomplete, stands twice, or no longer fits its file
 */
export async function readFaults(file: string, folder = root): Promise<readonly DeliberateFault[]> {
  const entries: unknown = parse(await readFile(file, "utf8"));
  const faults = (Array.isArray(entries) ? entries : []).map(faultOf);
  const names = new Set<string>();
  for (const { fault, ...change } of faults) {
    if (names.has(fault)) throw new ScriptError(`the fault "${fault}" stands twice`, `rename one in ${file}`, 2);
    names.add(fault);
    withFault(await readFile(join(folder, change.file), "utf8"), { fault, ...change });
  }
  return faults;
}

function faultOf(entry: unknown): DeliberateFault {
  const field = (name: keyof DeliberateFault): string => {
    const value =
      typeof entry === "object" && entry !== null ? Object.entries(entry).find(([key]) => key === name) : [];
    if (typeof value?.[1] === "string") return value[1];
    throw new ScriptError(`a fault lacks ${name}: ${JSON.stringify(entry)}`, "see the faults beside it", 2);
  };
  return {
    fault: field("fault"),
    near: field("near"),
    file: field("file"),
    find: field("find"),
    replace: field("replace"),
  };
}

/**
 * The text of a file with a fault in it.
 *
 * @throws ScriptError when what is to be replaced does not stand there exactly once
 */
export function withFault(text: string, { fault, file, find, replace }: DeliberateFault): string {
  const parts = text.split(find);
  if (parts.length === 2) return parts.join(replace);
  throw new ScriptError(
    `the fault "${fault}" no longer fits: what it replaces stands ${parts.length - 1} times in ${file}`,
    "bring its `find` up to date in scripts/teeth/faults.yaml",
    2,
  );
}

/**
 * Chooses faults by a commit, so that CI tries other ones with every change and the same ones when it is run again.
 *
 * @param count how many; all where there are no more
 */
export function chosenBy(
  commit: string,
  faults: readonly DeliberateFault[],
  count: number,
): readonly DeliberateFault[] {
  const seed = Number.parseInt(commit.slice(0, 8), 16) || 0;
  const rank = (index: number) => (((seed ^ (index * 0x9e3779b1)) >>> 0) * 0x85ebca6b) % 0x100000000;
  return faults
    .map((fault, index) => ({ fault, rank: rank(index + 1) }))
    .sort((left, right) => left.rank - right.rank)
    .slice(0, count)
    .map(({ fault }) => fault);
}
