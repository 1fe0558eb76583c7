import { readLedger } from "../behaviours/ledger.ts";
import { headline, unionAndArray } from "./text.ts";

/** `behaviour-ids.ts`: the ids of the fidelity ledger. Its sentences stay in the ledger, which only scripts read. */
export function behaviourIdsModule(source: string, ledgerText: string): string {
  const ids = readLedger(ledgerText, source).map((entry) => entry.id);
  const unique = [...new Set(ids)].sort();
  return `${headline(source)}\n${unionAndArray("BehaviourId", "behaviourIds", "Every entry of the fidelity ledger.", unique)}`;
}
