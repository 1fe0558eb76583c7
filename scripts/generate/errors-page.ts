import { catalogue } from "../../mock/domain/refusals/catalogue.ts";
import { type MetaError, metaErrors } from "../../mock/domain/refusals/meta-errors.ts";
import type { OpenApiDocument } from "./document.ts";
import { codes, table } from "./markdown.ts";
import { markdownHeadline } from "./text.ts";
import { componentErrorCodes, readOperations } from "./walk.ts";

interface Use {
  readonly statuses: Set<string>;
  readonly operations: Set<string>;
}

function usesOf(document: OpenApiDocument): Map<string, Use> {
  const uses = new Map<string, Use>();
  for (const operation of readOperations(document)) {
    for (const { status, response } of operation.responses) {
      for (const code of response["x-error-codes"] ?? []) {
        const use = uses.get(code) ?? { statuses: new Set(), operations: new Set() };
        use.statuses.add(status);
        use.operations.add(operation.id);
        uses.set(code, use);
      }
    }
  }
  for (const code of componentErrorCodes(document)) {
    // An answer of no operation has no status in the spec; the catalogue of refusals has.
    const status = Object.entries(catalogue).find(([name]) => name === code)?.[1].status;
    if (!uses.has(code)) uses.set(code, { statuses: new Set(status ? [`${status}`] : []), operations: new Set() });
  }
  return new Map([...uses].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function operationsText(use: Use, all: number): string {
  if (use.operations.size === 0) return "none: it answers before there is an operation";
  return use.operations.size === all ? "all" : codes([...use.operations]);
}

function useRows(uses: ReadonlyMap<string, Use>, all: number): string[][] {
  return [...uses].map(([code, use]) => [`\`${code}\``, [...use.statuses].sort().join(", "), operationsText(use, all)]);
}

function metaRows(uses: ReadonlyMap<string, Use>, all: number): string[][] {
  const rows: [string, MetaError][] = Object.entries(metaErrors);
  return rows.flatMap(([number, error]) => {
    if (error.seenIn !== "answer") return [];
    const use = uses.get(error.name);
    return [
      [
        number,
        `\`${error.name}\``,
        String(error.gatewayStatus),
        error.title,
        use === undefined ? "–" : operationsText(use, all),
      ],
    ];
  });
}

function callRows(): string[][] {
  const rows: [string, MetaError][] = Object.entries(metaErrors);
  return rows.flatMap(([number, error]) => (error.seenIn === "call" ? [[number, error.title, error.details]] : []));
}

/** `docs/errors.md`: every code with its status, the operations that list it, and Meta's number where it has one. */
export function errorsPage(source: string, api: OpenApiDocument, control: OpenApiDocument): string {
  const apiUses = usesOf(api);
  const ofMeta = new Set(
    Object.values<MetaError>(metaErrors).flatMap((error) => (error.seenIn === "answer" ? [error.name] : [])),
  );
  const isMeta = (code: string) => [...ofMeta].some((name) => name === code);
  const gateway = new Map([...apiUses].filter(([code]) => !isMeta(code)));
  const apiCount = readOperations(api).length;
  const lines = [
    markdownHeadline(source),
    "# Errors",
    "",
    'Every refusal is JSON: `{"error": "<text>", "code": "<CODE>", "details"?: {…}}`. The header `x-sandbox-behaviour` names',
    "the entry of `spec/behaviours.yaml` behind it. What each operation can answer: [API reference](api-reference.md).",
    "",
    "## Calls API: the gateway's own",
    "",
    ...table(["Code", "Status", "Operations"], useRows(gateway, apiCount)),
    "## Calls API: forwarded from Meta",
    "",
    "On META numbers only. `details.meta` holds the inside of Meta's own error object. A number that ends in `00` and one of",
    "these six-digit numbers is refused with it: dial +55 11 900138006 to get 138006.",
    "",
    ...table(["Meta's number", "Code", "Status", "Meta's title", "Operations"], metaRows(apiUses, apiCount)),
    "## Only as the `errorCode` of a call that FAILED",
    "",
    ...table(["Meta's number", "Meta's title", "What happened"], callRows()),
    "## Control API",
    "",
    ...table(["Code", "Status", "Operations"], useRows(usesOf(control), readOperations(control).length)),
  ];
  return `${lines.join("\n").trim()}\n`;
}
