import { lineRules } from "./line-rules.ts";
import { mediaRules } from "./media-rules.ts";
import type { ContentRule, SdpRule } from "./rule.ts";
import { textRules } from "./text-rules.ts";
import { transportRules } from "./transport-rules.ts";
import { warnings } from "./warnings.ts";

export { lineRules, textRules };

export const contentRules: readonly ContentRule[] = [...mediaRules, ...transportRules, ...warnings];

/** Every rule for the SDPs of META calls, in the order that decides between findings of the same line. */
export const sdpRules: readonly SdpRule[] = [...textRules, ...lineRules, ...contentRules];
