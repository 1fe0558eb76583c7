import { iceLines, mediaLines, opusParameters, originLines, packetLines, sdpText, trackLines } from "./meta-lines.ts";
import type { SdpParts } from "./parts.ts";

/**
 * The offer of a call that a WhatsApp user places: Meta's present form, line by line (meta-calling §5.4).
 *
 * @example metaOffer(sdpPartsFrom(random, now)).split("\r\n")[0] // "v=0"
 */
export function metaOffer(parts: SdpParts): string {
  return sdpText([
    ...originLines(parts),
    "a=group:BUNDLE audio",
    `a=msid-semantic: WMS ${parts.uuid}`,
    "a=ice-lite",
    ...mediaLines(parts, [111, 126]),
    ...iceLines(parts),
    `a=fingerprint:sha-256 ${parts.fingerprint}`,
    "a=setup:actpass",
    "a=mid:audio",
    ...trackLines(parts, "sendrecv"),
    "a=rtpmap:111 opus/48000/2",
    "a=rtcp-fb:111 transport-cc",
    `a=fmtp:111 ${opusParameters}`,
    "a=rtpmap:126 telephone-event/8000",
    ...packetLines(parts),
  ]);
}
