import { findingAt, summarised } from "./findings.ts";
import { readAudio } from "./read/audio.ts";
import { readDocument } from "./read/document.ts";
import { readLines, type SdpLine } from "./read/lines.ts";
import { readSession } from "./read/session.ts";
import { noMedia } from "./rules/media-rules.ts";
import type { Hit, SdpRule } from "./rules/rule.ts";
import { contentRules, lineRules, textRules } from "./rules/table.ts";
import type { SdpFinding, SdpRole, SdpVerdict } from "./types.ts";

/**
 * Judges an SDP that a business sends on META.
 *
 * The stages follow each other: a text that is no SDP is not cut into lines, and lines that are malformed are not
 * understood. Of several findings about lines or content the one with the lowest line refuses, and on one line the rule
 * that comes first in the table; a finding without a line comes last.
 *
 * @param sdp the text as it was sent
 * @param role "offer" for a call of the business, "answer" for the acceptance of a user's call
 * @param options strict turns every warning into a refusal
 * @returns the parsed SDP with one warning for each rule that warns, or the one finding that refuses; it never throws
 * @example judgeSdp("", "offer", { strict: false }) // { ok: false, finding: { rule: "empty", … } }
 */
export function judgeSdp(sdp: string, role: SdpRole, { strict }: { readonly strict: boolean }): SdpVerdict {
  for (const rule of textRules) {
    const hit = rule.find(sdp);
    if (hit !== null) return { ok: false, finding: findingAt(rule, hit, readLines(sdp.slice(0, 1_000))) };
  }

  const lines = readLines(sdp);
  const grammar = inspect(lineRules, (rule) => rule.find(lines), lines, strict);
  if (grammar.refusal !== null) return { ok: false, finding: grammar.refusal };

  const document = readDocument(lines);
  const audio = readAudio(document);
  const content = inspect(contentRules, (rule) => rule.find({ document, audio, role }), lines, strict);
  if (content.refusal !== null) return { ok: false, finding: content.refusal };
  if (audio === null) return { ok: false, finding: findingAt(noMedia, { line: null, detail: "" }, lines) };
  return {
    ok: true,
    session: readSession(sdp, document, audio),
    warnings: [...grammar.warnings, ...content.warnings],
  };
}

interface Inspection {
  readonly refusal: SdpFinding | null;
  readonly warnings: readonly SdpFinding[];
}

function inspect<Rule extends SdpRule>(
  rules: readonly Rule[],
  find: (rule: Rule) => readonly Hit[],
  lines: readonly SdpLine[],
  strict: boolean,
): Inspection {
  const warnings: SdpFinding[] = [];
  let first: { readonly rule: Rule; readonly hit: Hit } | null = null;
  for (const rule of rules) {
    const hits = find(rule);
    if (rule.severity === "warn" && !strict) warnings.push(...summarised(rule, hits, lines));
    else for (const hit of hits) if (first === null || placeOf(hit) < placeOf(first.hit)) first = { rule, hit };
  }
  return { refusal: first === null ? null : findingAt(first.rule, first.hit, lines, strict), warnings };
}

function placeOf({ line }: Hit): number {
  return line ?? Number.POSITIVE_INFINITY;
}
