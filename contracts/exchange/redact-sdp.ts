/** `a=candidate:<foundation> <component> <transport> <priority> <address>` (RFC 8839 §5.1), and the related address. */
const candidateAddress = /(?<start>a=candidate:\S+ \d+ \S+ \d+ )[^\s\\"]+/g;
const relatedAddress = /(?<= raddr )[^\s\\"]+/g;

/** `IN IP4 203.0.113.4`, in `o=`, `c=` and `a=rtcp:` lines (RFC 8866 §5). */
const address4 = /\bIN IP4 [\d.]+/g;
const address6 = /\bIN IP6 [\da-fA-F:.]+/g;

/** The user in `o=` (RFC 8866 §5.2), and the CNAME of a source, by default user@host (RFC 5576 §6.1, RFC 3550 §6.5.1). */
const originUser = /(?<=o=)[^\s\\"]+(?= \d+ \d+ IN )/g;
const cname = /(?<= cname:)[^\s\\"]+/g;

/** Keys of SRTP in base64 (RFC 4568 §6.1), whose slashes some JSON writers escape. */
const mediaKey = /(?<=inline:)(?:[\w+/=]|\\\/)+/g;

const userFragment = /(a=ice-ufrag:)[^\\\r\n"]*/g;
const icePassword = /(a=ice-pwd:)[^\\\r\n"]*/g;
const fingerprint = /(a=fingerprint:\S+ )([\dA-Fa-f:]+)/g;

/**
 * Replaces what an SDP says of its sender, and leaves an SDP that is still well-formed: passwords of at least 22
 * characters (RFC 8839 §5.4), fingerprints as long as they were.
 *
 * @param text anything that may hold an SDP, also one inside JSON
 */
export function redactSdp(text: string): string {
  if (!text.includes("a=") && !text.includes("IN IP")) return text;
  return text
    .replaceAll(candidateAddress, "$<start>0.0.0.0")
    .replaceAll(relatedAddress, "0.0.0.0")
    .replaceAll(address4, "IN IP4 0.0.0.0")
    .replaceAll(address6, "IN IP6 ::")
    .replaceAll(originUser, "-")
    .replaceAll(cname, "redacted")
    .replaceAll(mediaKey, (key) => key.replaceAll(/[^=]/g, "A"))
    .replaceAll(userFragment, "$1redacted")
    .replaceAll(icePassword, "$1redactedredactedredacted")
    .replaceAll(fingerprint, (_, start: string, hex: string) => `${start}${hex.replaceAll(/[\dA-Fa-f]/g, "0")}`);
}
