import { printable } from "./printable.ts";
import type { SdpLine } from "./read/lines.ts";
import type { Hit, SdpRule } from "./rules/rule.ts";
import type { SdpFinding } from "./types.ts";

const mostNamed = 10;

/**
 * What a rule says about one place.
 *
 * @param strict whether a rule that usually warns refuses here
 */
export function findingAt(rule: SdpRule, hit: Hit, lines: readonly SdpLine[], strict = false): SdpFinding {
  const line = hit.line === null ? undefined : lines[hit.line - 1];
  return {
    rule: rule.id,
    behaviour: strict && rule.severity === "warn" ? rule.strict : rule.behaviour,
    line: hit.line,
    text: line === undefined ? null : printable(line.text),
    message: rule.message(printable(hit.detail)),
    remedy: rule.remedy,
  };
}

/** One warning for a rule, at its first line, that names the other lines: a browser has a dozen of some kinds. */
export function summarised(rule: SdpRule, hits: readonly Hit[], lines: readonly SdpLine[]): readonly SdpFinding[] {
  const [first, ...others] = hits.toSorted((left, right) => (left.line ?? 0) - (right.line ?? 0));
  if (first === undefined) return [];
  const finding = findingAt(rule, first, lines);
  const also = [...new Set(others.map(({ line }) => line))].filter((line) => line !== first.line);
  if (also.length === 0) return [finding];
  const named = also.slice(0, mostNamed).join(", ");
  const rest = also.length > mostNamed ? ` and ${also.length - mostNamed} more` : "";
  return [{ ...finding, message: `${finding.message} The same goes for line ${named}${rest}.` }];
}

/**
 * A finding as one sentence for an error body or a log.
 *
 * @example describeFinding(finding) // 'Line 9 (a=setup:passive): The offer says … Offer a=setup:active.'
 */
export function describeFinding({ line, text, message, remedy }: SdpFinding): string {
  const place = line === null ? "" : `Line ${line}${text ? ` (${text})` : ""}: `;
  return `${place}${message} ${remedy}`;
}
