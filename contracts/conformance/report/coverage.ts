import type { Coverage } from "../coverage.ts";

/** How much of the ledger has a case, and what is wrong with the rest. */
export function coverageText({ total, shown, unseen, missing, contradicted, unknown }: Coverage): string {
  const reasons = Map.groupBy(unseen, ([, reason]) => reason);
  return [
    `${shown.length} of ${total} ledger entries have a case, ${unseen.size} can't be seen from outside:`,
    ...[...reasons].map(([reason, own]) => `  ${String(own.length).padStart(4)}  ${reason}`),
    ...list("Neither shown nor said to be unseen", missing),
    ...list("Said to be unseen, and shown", contradicted),
    ...list("Said to be unseen, and not in the ledger", unknown),
  ].join("\n");
}

function list(heading: string, ids: readonly string[]): readonly string[] {
  return ids.length === 0 ? [] : ["", `${heading} (${ids.length}):`, `  ${ids.join(" ")}`];
}
