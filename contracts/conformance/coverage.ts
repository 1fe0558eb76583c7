import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { isMap, itemsOf } from "../../mock/config/path.ts";
import { packageFile } from "../package-file.ts";
import type { Case } from "./case.ts";
import type { LedgerEntry } from "./ledger.ts";

/** Entries of the ledger that no case can show, with the reason. */
export interface Unseen {
  readonly reason: string;
  readonly behaviours: readonly string[];
  /** A whole area, such as CTRL; null where entries are named one by one. */
  readonly area: string | null;
}

/** How much of the ledger the cases show. */
export interface Coverage {
  readonly total: number;
  readonly shown: readonly string[];
  readonly unseen: ReadonlyMap<string, string>;
  /** Neither shown nor said to be unseen. */
  readonly missing: readonly string[];
  /** Said to be unseen, and shown all the same. */
  readonly contradicted: readonly string[];
  /** Said to be unseen, and not in the ledger. */
  readonly unknown: readonly string[];
}

/** Reads which entries can't be seen from outside, and why. */
export async function readUnseen(): Promise<readonly Unseen[]> {
  const folder = packageFile("contracts/conformance/unseen");
  const files = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  return texts.flatMap((text) => itemsOf(parse(text)).filter(isMap).map(unseenOf));
}

function unseenOf({ reason, behaviours, area }: Readonly<Record<string, unknown>>): Unseen {
  return {
    reason: String(reason),
    behaviours: itemsOf(behaviours).map(String),
    area: typeof area === "string" ? area : null,
  };
}

/** Holds the cases against the ledger. */
export function coverageOf(
  ledger: readonly LedgerEntry[],
  cases: readonly Case[],
  unseen: readonly Unseen[],
): Coverage {
  const shown = new Set(cases.flatMap(({ behaviours }) => behaviours));
  const ids = new Set(ledger.map(({ id }) => id));
  const byName = new Map(unseen.flatMap(({ behaviours, reason }) => behaviours.map((id) => [id, reason] as const)));
  const byArea = new Map(unseen.flatMap(({ area, reason }) => (area === null ? [] : [[area, reason] as const])));
  const reasons = new Map<string, string>();
  for (const { id, area } of ledger) {
    const reason = byName.get(id) ?? byArea.get(area);
    if (reason !== undefined && !shown.has(id)) reasons.set(id, reason);
  }
  return {
    total: ledger.length,
    shown: ledger.filter(({ id }) => shown.has(id)).map(({ id }) => id),
    unseen: reasons,
    missing: ledger.filter(({ id }) => !shown.has(id) && !reasons.has(id)).map(({ id }) => id),
    contradicted: [...byName.keys()].filter((id) => shown.has(id)),
    unknown: [...byName.keys()].filter((id) => !ids.has(id)),
  };
}
