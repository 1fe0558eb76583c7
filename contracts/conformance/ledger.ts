import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { isMap, itemsOf } from "../../mock/config/path.ts";
import { packageFile } from "../package-file.ts";

/** An entry of the fidelity ledger, as reports show it. */
export interface LedgerEntry {
  readonly id: string;
  readonly area: string;
  readonly behaviour: string;
  readonly source: string;
  readonly certainty: string;
}

/** Reads the ledger of this package, in its order. */
export async function readLedger(): Promise<readonly LedgerEntry[]> {
  const entries: unknown = parse(await readFile(packageFile("spec/behaviours.yaml"), "utf8"));
  return itemsOf(entries)
    .filter(isMap)
    .map(({ id, behaviour, source, certainty }) => ({
      id: String(id),
      area: String(id).replace(/-\d{3}$/, ""),
      behaviour: String(behaviour),
      source: String(source),
      certainty: String(certainty),
    }));
}
