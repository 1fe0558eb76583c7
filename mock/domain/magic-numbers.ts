import type { Phone } from "./phone.ts";
import { isMetaErrorCode, isMetaRefusalCode, type MetaRefusalCode } from "./refusals/meta-errors.ts";

/** Numbers whose person has a script by birth: dial one to see a behaviour without any set-up. */
export const magicScripts: Readonly<Record<Phone, string>> = {
  "5511900000001": "hang-up",
  "5511900000002": "reject",
  "5511900000003": "no-answer",
  "5511900000004": "unreachable",
  "5511900000005": "echo",
  "5511900000006": "silent",
  "5511900000007": "talkative",
};

/** The Meta code in a number that ends in 00 and a known six-digit code, for example +55 11 900138006. */
function magicCode(phone: Phone) {
  const digits = /00(\d{6})$/.exec(phone)?.[1];
  const code = Number(digits);
  // Only codes of six digits count: a number that ends in 00000100 is not meant as Meta's 100.
  return code > 99_999 && isMetaErrorCode(code) ? code : null;
}

/** The Meta code with which a META call to this number is refused, before every other rule of Meta's. */
export function magicRefusal(phone: Phone): MetaRefusalCode | null {
  const code = magicCode(phone);
  return code !== null && isMetaRefusalCode(code) ? code : null;
}

/** The script of a META call that starts and then fails with the code in its number (138019 to 138023). */
export function magicFailureScript(phone: Phone): string | null {
  const code = magicCode(phone);
  return code === null || isMetaRefusalCode(code) ? null : `fail-${code}`;
}
