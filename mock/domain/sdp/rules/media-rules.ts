import { isOpus } from "../read/audio.ts";
import { type SdpMedia, statedAt } from "../read/document.ts";
import { at, type ContentRule, type Hit, onAudio, type SdpSubject } from "./rule.ts";

// One stream with one audio track (meta-calling §5.1): the rules about media sections, codecs and sources.

// Assumption: a value stated twice at one level leaves open which one counts, so neither is believed.
const once = ["mid", "setup", "ice-ufrag", "ice-pwd"];
const directions = ["sendrecv", "sendonly", "recvonly", "inactive"];

/** Also what a document without an audio section is refused with if no other rule spoke. */
export const noMedia: ContentRule = {
  id: "no-media",
  behaviour: "META-SDP-008",
  stage: "content",
  severity: "refuse",
  checks: "There is a media section.",
  message: () => "The SDP has no media section.",
  remedy: "Add the microphone's track, or an audio transceiver, before you create the SDP.",
  find: ({ document }) => (document.media.length === 0 ? [{ line: null, detail: "" }] : []),
};

export const mediaRules: readonly ContentRule[] = [
  noMedia,
  {
    id: "video",
    behaviour: "META-SDP-010",
    stage: "content",
    severity: "refuse",
    checks: "There is no video section.",
    message: () => "The SDP has a video section; calls carry audio only.",
    remedy: "Create the SDP without a video track or transceiver.",
    find: (subject) => sections(subject, ({ kind }) => kind === "video"),
  },
  {
    id: "not-audio",
    behaviour: "META-SDP-010",
    stage: "content",
    severity: "refuse",
    checks: "There is no section for data channels, text, images or messages.",
    message: (detail) => `The SDP has a section for ${detail}; calls carry audio only.`,
    remedy: "Create the SDP without data channels and with one audio track.",
    find: (subject) => sections(subject, ({ kind }) => kind !== "video" && kind !== "audio"),
  },
  {
    id: "second-audio",
    behaviour: "META-SDP-009",
    stage: "content",
    severity: "refuse",
    checks: "There is one audio section.",
    message: () => "The SDP has more than one audio section; a call is one stream with one audio track.",
    remedy: "Use one audio transceiver, and a new RTCPeerConnection for every call.",
    find: (subject) => sections(subject, ({ kind }) => kind === "audio").slice(1),
  },
  {
    // RFC 3264 §5.1 and §6: port zero says that the stream is not to be used. Assumption that Meta refuses it.
    id: "audio-disabled",
    behaviour: "META-SDP-056",
    stage: "content",
    severity: "refuse",
    checks: "The audio section is not switched off by port 0.",
    message: () => "Port 0 switches the audio section off.",
    remedy: "Do not stop the audio transceiver before you create the SDP; port 9 is fine.",
    find: onAudio((audio) => (audio.port === 0 ? at(audio.line) : [])),
  },
  {
    id: "repeated-attribute",
    behaviour: "META-SDP-057",
    stage: "content",
    severity: "refuse",
    checks: "mid, setup, ice-ufrag, ice-pwd and the direction are stated at most once at a level.",
    message: (detail) => `${detail} is stated twice at this level.`,
    remedy: "Keep one of the two lines.",
    find: ({ document }) =>
      [document.session, ...document.media].flatMap((level) => [
        ...once.flatMap((name) => repeats(name, [...statedAt(level, name)])),
        ...repeats(
          "The direction",
          directions.flatMap((name) => statedAt(level, name)),
        ),
      ]),
  },
  {
    id: "no-opus",
    behaviour: "META-SDP-011",
    stage: "content",
    severity: "refuse",
    checks: "The audio section lists Opus at 48 kHz.",
    message: (detail) => `The audio section has no Opus: ${detail}.`,
    remedy: "List a payload type on the m= line and map it with a=rtpmap:<type> opus/48000/2.",
    find: onAudio((audio) => {
      const { codecs } = audio;
      if (codecs.some(isOpus)) return [];
      const almost = codecs.find(({ name }) => name.toLowerCase() === "opus");
      if (almost?.line) return [{ line: almost.line, detail: "this line is not opus/48000/2" }];
      return [{ line: audio.line, detail: "no payload type of this line is mapped to opus/48000/2" }];
    }),
  },
  {
    // More than one brings broken or no sound (meta-calling §5.1); that the signalling refuses it is inferred.
    id: "several-ssrcs",
    behaviour: "META-SDP-049",
    stage: "content",
    severity: "refuse",
    checks: "The audio section names at most one SSRC.",
    message: (detail) => `This line names SSRC ${detail}, the second of the audio section; a call has one.`,
    remedy: "Send one track through one sender, without retransmission or redundancy streams.",
    find: onAudio((audio) => audio.ssrcs.slice(1).map(({ line, value }) => ({ line, detail: String(value) }))),
  },
];

function sections({ document }: SdpSubject, matches: (media: SdpMedia) => boolean): readonly Hit[] {
  return document.media.filter(matches).map(({ line, kind }) => ({ line, detail: kind }));
}

function repeats(detail: string, stated: readonly { readonly line: number }[]): readonly Hit[] {
  return stated
    .map(({ line }) => line)
    .sort((left, right) => left - right)
    .slice(1)
    .map((line) => ({ line, detail }));
}
