/**
 * sdp-transform ships no types. What it returns is declared `unknown` on purpose: every field depends on the text that
 * was parsed, so `fields.ts` looks at each value before it believes it.
 */
declare module "sdp-transform" {
  export function parse(sdp: string): unknown;
}
