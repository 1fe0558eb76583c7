import type { Hit, TextRule } from "./rule.ts";

/** Assumption: nobody says where Meta stops reading; a browser's audio offer has about 3,000 characters, 60 lines. */
const longest = 100_000;
const mostLines = 2_000;

const whole: Hit = { line: null, detail: "" };
const opening: Hit = { line: 1, detail: "" };

export const textRules: readonly TextRule[] = [
  {
    id: "empty",
    behaviour: "META-SDP-006",
    stage: "text",
    severity: "refuse",
    checks: "The SDP is not empty.",
    message: () => "The SDP is empty.",
    remedy: "Send the whole text of RTCPeerConnection.localDescription.sdp.",
    find: (text) => (text.trim() === "" ? whole : null),
  },
  {
    id: "too-large",
    behaviour: "META-SDP-051",
    stage: "text",
    severity: "refuse",
    checks: "The SDP has at most 100,000 characters and 2,000 lines.",
    message: (detail) => `The SDP is too large: ${detail}.`,
    remedy: "Send the SDP of one audio call; it fits in a few thousand characters.",
    find: (text) => {
      if (text.length > longest) return { ...whole, detail: `${text.length} characters, ${longest} are allowed` };
      return hasMoreLines(text) ? { ...whole, detail: `more than ${mostLines} lines` } : null;
    },
  },
  {
    id: "serialised-twice",
    behaviour: "META-SDP-052",
    stage: "text",
    severity: "refuse",
    checks: "The SDP is plain text in one JSON string.",
    message: () => "The SDP was serialised twice: it holds the characters of a JSON document, not the SDP itself.",
    remedy: "Put the SDP into the body as it is and serialise the body once.",
    find: (text) => (/^\s*["{]/.test(text) || /^v=0\\r|^v=0\\n/.test(text) ? opening : null),
  },
  {
    id: "version-first",
    behaviour: "META-SDP-053",
    stage: "text",
    severity: "refuse",
    checks: "The first line is v=0.",
    message: () => "The SDP does not start with v=0.",
    remedy: "Send a session description as RFC 8866 §5 has it, with nothing before v=0.",
    find: (text) => (/^v=0(?:[\r\n]|$)/.test(text) ? null : opening),
  },
];

function hasMoreLines(text: string): boolean {
  let ends = 0;
  for (let index = 0; index < text.length && ends <= mostLines; index++) {
    const character = text[index];
    if (character === "\n" || (character === "\r" && text[index + 1] !== "\n")) ends++;
  }
  return ends > mostLines;
}
