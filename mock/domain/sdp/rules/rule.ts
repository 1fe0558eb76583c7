import type { BehaviourId } from "../../../../spec/generated/behaviour-ids.ts";
import type { SdpAudio } from "../read/audio.ts";
import type { SdpDocument } from "../read/document.ts";
import type { SdpLine } from "../read/lines.ts";
import type { SdpRole } from "../types.ts";
import type { SdpRuleId } from "./ids.ts";

/** A place where a rule is broken; `detail` is what its message adds about this place, and may be empty. */
export interface Hit {
  readonly line: number | null;
  readonly detail: string;
}

/** What a content rule looks at. */
export interface SdpSubject {
  readonly document: SdpDocument;
  /** The first m=audio section; null when there is none, and then only the rules about media sections speak. */
  readonly audio: SdpAudio | null;
  readonly role: SdpRole;
}

interface RuleFacts {
  readonly id: SdpRuleId;
  /** Entry of the ledger, for example `META-SDP-003`. */
  readonly behaviour: BehaviourId;
  /** One sentence: what holds for an SDP that keeps the rule. */
  readonly checks: string;
  readonly message: (detail: string) => string;
  readonly remedy: string;
}

/** "refuse" always refuses; "warn" goes into the timeline, and refuses in strict mode by the entry named `strict`. */
type Severity = { readonly severity: "refuse" } | { readonly severity: "warn"; readonly strict: BehaviourId };

/** Looks at the whole text, before it is cut into lines; always refuses. */
export type TextRule = RuleFacts & {
  readonly stage: "text";
  readonly severity: "refuse";
  readonly find: (text: string) => Hit | null;
};

/** Looks at the lines, before any is understood. */
export type LineRule = RuleFacts &
  Severity & {
    readonly stage: "lines";
    readonly find: (lines: readonly SdpLine[]) => readonly Hit[];
  };

/** Looks at what well-formed lines say. */
export type ContentRule = RuleFacts &
  Severity & {
    readonly stage: "content";
    readonly find: (subject: SdpSubject) => readonly Hit[];
  };

export type SdpRule = TextRule | LineRule | ContentRule;

/** A finder that speaks only where there is an audio section. */
export function onAudio(find: (audio: SdpAudio, subject: SdpSubject) => readonly Hit[]): ContentRule["find"] {
  return (subject) => (subject.audio === null ? [] : find(subject.audio, subject));
}

/** One hit for each line number. */
export function at(...lines: readonly number[]): readonly Hit[] {
  return lines.map((line) => ({ line, detail: "" }));
}
