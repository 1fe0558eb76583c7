import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import { ScriptError } from "../lib/script.ts";

/** An area and a number: `META-PERM-004`. */
export const idPattern = /^[A-Z]+(?:-[A-Z]+)*-\d{3}$/;

const certainties = ["documented", "observed", "inferred", "assumed"];
const proofs = ["open", "proven"];

export interface LedgerEntry {
  readonly id: string;
  readonly area: string;
  readonly certainty: string;
  readonly proof: string;
  /** Where the word after `proof:` stands in the file, so that `--mark` can change it and nothing else. */
  readonly proofAt: { readonly start: number; readonly end: number };
}

/**
 * Reads the fidelity ledger: a YAML list of `{id, providers, behaviour, source, certainty, proof}`.
 * @param name how messages call the file
 * @throws ScriptError naming every entry that is not well formed
 */
export function readLedger(text: string, name: string): LedgerEntry[] {
  const document = parseDocument(text);
  const problems = document.errors.map((error) => error.message);
  const entries: LedgerEntry[] = [];
  const items = isSeq(document.contents) ? document.contents.items : [];
  if (!isSeq(document.contents)) problems.push("it must be a list of entries");
  for (const [index, item] of items.entries()) {
    const read = readEntry(item);
    if (typeof read === "string") problems.push(`entry ${index + 1}: ${read}`);
    else entries.push(read);
  }
  if (problems.length > 0) {
    throw new ScriptError(`${name} is not a ledger:\n  ${problems.join("\n  ")}`, `mend ${name}`, 2);
  }
  return entries;
}

function readEntry(item: unknown): LedgerEntry | string {
  if (!isMap(item)) return "it must be a map";
  const id = item.get("id");
  if (typeof id !== "string" || !idPattern.test(id)) return `its id ${String(id)} is not AREA-NNN`;
  const certainty = item.get("certainty");
  if (typeof certainty !== "string" || !certainties.includes(certainty)) {
    return `${id}: certainty is ${String(certainty)}, expected ${certainties.join(", ")}`;
  }
  const proof: unknown = item.get("proof", true);
  if (!isScalar(proof) || typeof proof.value !== "string" || !proofs.includes(proof.value)) {
    return `${id}: proof is ${isScalar(proof) ? String(proof.value) : "missing"}, expected ${proofs.join(" or ")}`;
  }
  const [start, end] = proof.range ?? [0, 0];
  return { id, area: id.slice(0, -4), certainty, proof: proof.value, proofAt: { start, end } };
}

/** The same text with `proof: proven` for the given entries; every other byte stays. */
export function markProven(text: string, entries: readonly LedgerEntry[], ids: ReadonlySet<string>): string {
  const chosen = entries.filter((entry) => ids.has(entry.id)).sort((a, b) => b.proofAt.start - a.proofAt.start);
  let marked = text;
  for (const { proofAt } of chosen) marked = `${marked.slice(0, proofAt.start)}proven${marked.slice(proofAt.end)}`;
  return marked;
}
