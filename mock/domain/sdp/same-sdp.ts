/**
 * Whether an accept repeats the SDP of the pre-accept, as Meta asks (meta-calling §4).
 *
 * Character by character, since nobody documents a looser comparison. Only the CRLF after the last line does not count:
 * a client that trims one of the two texts did send the same lines, and a missing end is only a warning (assumption).
 *
 * @example sameSdp("v=0\r\ns=-\r\n", "v=0\r\ns=-") // true
 */
export function sameSdp(first: string, second: string): boolean {
  return withoutLastEnd(first) === withoutLastEnd(second);
}

function withoutLastEnd(text: string): string {
  return text.endsWith("\r\n") ? text.slice(0, -2) : text;
}
