import { iceLines, mediaLines, opusParameters, originLines, packetLines, sdpText, trackLines } from "./meta-lines.ts";
import type { SdpParts } from "./parts.ts";
import { isOpus } from "./read/audio.ts";
import type { ParsedSdp, SdpCodec, SdpDirection } from "./types.ts";

// RFC 3264 §6.1: the answer turns the offered direction round.
const answered: Readonly<Record<SdpDirection, SdpDirection>> = {
  sendrecv: "sendrecv",
  sendonly: "recvonly",
  recvonly: "sendonly",
  inactive: "inactive",
};

/**
 * The answer to the offer of a call that the business places, in the form of Meta's sample (meta-calling §5.4).
 *
 * Two points differ from the sample. The role is passive, so that the business side really is active even when its own
 * stack says actpass (META-SDP-039). What the offer did not have, a mid, a BUNDLE group or mixed extension
 * headers, the answer does not have either, because a browser would refuse it (RFC 8843 §7.3, RFC 8285 §6).
 *
 * @param offer an offer that `judgeSdp` let pass
 */
export function metaAnswer(offer: ParsedSdp, parts: SdpParts): string {
  const { audio, bundled, extmapAllowMixed } = offer;
  const codecs = mirrored(audio.codecs);
  return sdpText([
    ...originLines(parts),
    ...when(bundled, `a=group:BUNDLE ${audio.mid}`),
    ...when(extmapAllowMixed, "a=extmap-allow-mixed"),
    `a=msid-semantic: WMS ${parts.uuid}`,
    "a=ice-lite",
    ...mediaLines(
      parts,
      codecs.map(({ payloadType }) => payloadType),
    ),
    ...iceLines(parts),
    "a=ice-options:trickle",
    `a=fingerprint:sha-256 ${parts.fingerprint}`,
    "a=setup:passive",
    ...when(audio.mid !== null, `a=mid:${audio.mid}`),
    ...trackLines(parts, answered[audio.direction]),
    ...codecs.flatMap(codecLines),
    ...packetLines(parts),
  ]);
}

/**
 * All payload types of the offer but red, which Meta's sample drops. Opus leads, whatever the offer preferred: a sender
 * takes the first one of the answer, and Opus is the one codec that a call is sure to have (assumption).
 */
function mirrored(codecs: readonly SdpCodec[]): readonly SdpCodec[] {
  const known = codecs.filter(({ name, clockRate }) => clockRate > 0 && name.toLowerCase() !== "red");
  return [...known.filter(isOpus), ...known.filter((codec) => !isOpus(codec))];
}

function codecLines(codec: SdpCodec): readonly string[] {
  const { payloadType, name, clockRate, channels, feedback } = codec;
  return [
    ...when(codec.line !== null, `a=rtpmap:${payloadType} ${name}/${clockRate}${channels > 1 ? `/${channels}` : ""}`),
    ...when(feedback.includes("transport-cc"), `a=rtcp-fb:${payloadType} transport-cc`),
    ...when(isOpus(codec), `a=fmtp:${payloadType} ${opusParameters}`),
  ];
}

function when(condition: boolean, line: string): readonly string[] {
  return condition ? [line] : [];
}
