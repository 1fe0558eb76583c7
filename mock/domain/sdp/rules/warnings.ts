import { directionOf, isOpus, setupOf } from "../read/audio.ts";
import { effective, everywhere, statedAt } from "../read/document.ts";
import type { SdpCodec } from "../types.ts";
import { at, type ContentRule, onAudio } from "./rule.ts";

// What single reports blame and real calls do anyway (meta-calling §5.3), or what Meta's pages advise against.

export const warnings: readonly ContentRule[] = [
  {
    // Meta's pages disagree on offers, and every browser offers actpass (meta-calling §5.2).
    id: "offer-actpass",
    behaviour: "META-SDP-015",
    stage: "content",
    severity: "warn",
    strict: "STRICT-011",
    checks: "An offer says a=setup:active.",
    message: () => "The offer says a=setup:actpass; the API's reference asks the business side for active.",
    remedy: "Replace actpass by active in the text that you post; the browser keeps its own copy.",
    find: onAudio((audio, { document, role }) => {
      const setup = setupOf(document, audio);
      return role === "offer" && setup?.value === "actpass" ? at(setup.line) : [];
    }),
  },
  {
    // Assumption: RFC 8842 §5.2 lets the default be active in an offer, so a missing line can only be harmless.
    id: "offer-without-setup",
    behaviour: "META-SDP-062",
    stage: "content",
    severity: "warn",
    strict: "META-SDP-062",
    checks: "An offer names its DTLS role.",
    message: () => "The offer has no a=setup line.",
    remedy: "Offer a=setup:active.",
    find: onAudio((audio, { document, role }) =>
      role === "offer" && setupOf(document, audio) === null ? at(audio.line) : [],
    ),
  },
  {
    id: "not-sendrecv",
    behaviour: "META-SDP-050",
    stage: "content",
    severity: "warn",
    strict: "META-SDP-050",
    checks: "The audio section is sendrecv.",
    message: (detail) => `The audio section is ${detail}; a call sends and receives.`,
    remedy: "Add the microphone's track before you create the SDP.",
    find: onAudio((audio, { document }) => {
      const { line, value } = directionOf(document, audio);
      return value === "sendrecv" ? [] : [{ line, detail: value }];
    }),
  },
  {
    id: "mdns-candidate",
    behaviour: "META-SDP-019",
    stage: "content",
    severity: "warn",
    strict: "STRICT-007",
    checks: "Candidates are addresses, not .local names.",
    message: () =>
      "This candidate hides its address behind a .local name, which nobody outside the local network knows.",
    remedy: "Ask for the microphone before you create the SDP, or add a STUN or TURN server.",
    find: onAudio((audio) =>
      at(...audio.candidates.filter(({ address }) => address.toLowerCase().endsWith(".local")).map(({ line }) => line)),
    ),
  },
  {
    id: "trickle",
    behaviour: "META-SDP-020",
    stage: "content",
    severity: "warn",
    strict: "STRICT-008",
    checks: "ice-options does not announce trickle.",
    message: () => "The SDP announces trickle ICE; no candidate can be sent after it.",
    remedy: "Wait for iceGatheringState complete, then send the SDP without this line.",
    find: onAudio((audio, { document }) =>
      at(
        ...effective(document, audio, "ice-options")
          .filter(({ value }) => value.toLowerCase().split(" ").includes("trickle"))
          .map(({ line }) => line),
      ),
    ),
  },
  {
    id: "ice-lite",
    behaviour: "META-SDP-063",
    stage: "content",
    severity: "warn",
    strict: "META-SDP-063",
    checks: "The business side is a full ICE agent.",
    message: () => "The SDP announces ice-lite; Meta is the lite side, so nobody would check connectivity.",
    remedy: "Run full ICE in the controlling role and remove this line.",
    find: ({ document }) => at(...everywhere(document, "ice-lite").map(({ line }) => line)),
  },
  {
    id: "extmap",
    behaviour: "META-SDP-021",
    stage: "content",
    severity: "warn",
    strict: "STRICT-009",
    checks: "There are no header extensions.",
    message: () => "The SDP offers RTP header extensions.",
    remedy: "Remove the a=extmap lines if Meta refuses the SDP.",
    find: ({ document }) => at(...everywhere(document, "extmap").map(({ line }) => line)),
  },
  {
    id: "further-codecs",
    behaviour: "META-SDP-022",
    stage: "content",
    severity: "warn",
    strict: "STRICT-010",
    checks: "Opus and telephone-event/8000 are the only codecs.",
    message: (detail) => `${detail} is neither Opus nor telephone-event/8000.`,
    remedy: "Use RTCRtpTransceiver.setCodecPreferences, or ignore this: Meta picks Opus.",
    find: onAudio((audio) =>
      audio.codecs
        .filter((codec) => !isOpus(codec) && !isTelephoneEvent(codec))
        .map(({ name, clockRate, line }) => ({
          line: line ?? audio.line,
          detail: clockRate === 0 ? name : `${name}/${clockRate}`,
        })),
    ),
  },
  {
    id: "ptime",
    behaviour: "META-SDP-064",
    stage: "content",
    severity: "warn",
    strict: "META-SDP-064",
    checks: "Packets last 20 ms.",
    message: (detail) => `The SDP asks for packets of ${detail} ms; Meta uses 20 ms.`,
    remedy: "Remove the line or say a=ptime:20.",
    find: onAudio((audio) =>
      statedAt(audio, "ptime")
        .filter(({ value }) => Number(value) !== 20)
        .map(({ line, value }) => ({ line, detail: value.slice(0, 20) })),
    ),
  },
  {
    id: "private-address",
    behaviour: "META-SDP-065",
    stage: "content",
    severity: "warn",
    strict: "META-SDP-065",
    checks: "The address of the c= line is not a private one.",
    message: () => "The c= line has a private or link-local address, which Meta cannot reach.",
    remedy: "Say c=IN IP4 0.0.0.0 and leave the address to the candidates.",
    find: onAudio((audio, { document }) =>
      at(
        ...[...document.session.connection, ...audio.connection]
          .filter(({ value }) => isPrivate(value))
          .map(({ line }) => line),
      ),
    ),
  },
  {
    id: "protocol",
    behaviour: "META-SDP-066",
    stage: "content",
    severity: "warn",
    strict: "META-SDP-066",
    checks: "The audio section uses UDP/TLS/RTP/SAVPF.",
    message: (detail) => `The audio section uses ${detail}; Meta's SDPs say UDP/TLS/RTP/SAVPF.`,
    remedy: "Let a WebRTC stack write the m= line.",
    find: onAudio(({ protocol, line }) => (protocol === "UDP/TLS/RTP/SAVPF" ? [] : [{ line, detail: protocol }])),
  },
  {
    id: "no-rtcp-mux",
    behaviour: "META-SDP-067",
    stage: "content",
    severity: "warn",
    strict: "META-SDP-067",
    checks: "RTP and RTCP share one port.",
    message: () => "The audio section has no a=rtcp-mux.",
    remedy: "Add a=rtcp-mux; Meta has one port for both.",
    find: onAudio((audio) => (statedAt(audio, "rtcp-mux").length === 0 ? at(audio.line) : [])),
  },
];

function isTelephoneEvent(codec: SdpCodec): boolean {
  return codec.name.toLowerCase() === "telephone-event" && codec.clockRate === 8000;
}

/** RFC 1918, RFC 3927, RFC 4193 and RFC 4291 §2.5.6; loopback is left alone, Meta's own o= lines have it. */
function isPrivate(address: string): boolean {
  return /^(?:10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|fe[89ab][0-9a-f]:|f[cd][0-9a-f]{2}:)/i.test(
    address,
  );
}
