import type { SdpLine } from "../read/lines.ts";
import { wrongValues } from "./field-values.ts";
import { outOfOrder } from "./line-order.ts";
import { at, type LineRule } from "./rule.ts";

export const lineRules: readonly LineRule[] = [
  {
    id: "line-ends",
    behaviour: "META-SDP-005",
    stage: "lines",
    severity: "refuse",
    checks: "Every line ends with CRLF.",
    message: (detail) => `This line ends with ${detail}; Meta wants CRLF at the end of every line.`,
    remedy: 'Separate the lines by "\\r\\n". Check editors, templates and shells that turn CRLF into LF.',
    find: (lines) =>
      lines
        .filter(({ end }) => end === "lf" || end === "cr")
        .map(({ number, end }) => ({ line: number, detail: end === "lf" ? "LF alone" : "CR alone" })),
  },
  {
    id: "control-character",
    behaviour: "META-SDP-007",
    stage: "lines",
    severity: "refuse",
    checks: "The text holds no control characters and no bytes that are not text.",
    message: () => "This line holds a control character or bytes that are not text.",
    remedy: "Send the SDP as text, neither compressed nor encoded in base64.",
    find: (lines) => at(...lines.filter(({ text }) => isBinary(text)).map(({ number }) => number)),
  },
  {
    id: "line-shape",
    behaviour: "META-SDP-001",
    stage: "lines",
    severity: "refuse",
    checks: "Every line is one known letter, = and a value.",
    message: () => "This line is not of the form <letter>=<value> with a letter of RFC 8866.",
    remedy: "Remove blank lines, spaces around = and anything that is not part of the SDP.",
    find: (lines) => at(...lines.filter(({ text }) => !hasShape(text)).map(({ number }) => number)),
  },
  {
    id: "line-order",
    behaviour: "META-SDP-054",
    stage: "lines",
    severity: "refuse",
    checks: "v, o, s and t are there, and the lines come in the order of RFC 8866.",
    message: (detail) => `The lines are not in the order of RFC 8866: ${detail}.`,
    remedy:
      "Send the SDP as your WebRTC stack wrote it, or keep the order v, o, s, t, a, m when you write it yourself.",
    find: outOfOrder,
  },
  {
    id: "field-value",
    behaviour: "META-SDP-055",
    stage: "lines",
    severity: "refuse",
    checks: "The lines that the call depends on have values of the right form.",
    message: (detail) => `The value of this line has the wrong form; expected ${detail}.`,
    remedy: "Send the line as your WebRTC stack wrote it.",
    find: wrongValues,
  },
  {
    // Assumption: many clients trim the text before they send it, and no report names that as a cause of a refusal.
    id: "last-line-end",
    behaviour: "META-SDP-061",
    stage: "lines",
    severity: "warn",
    strict: "META-SDP-061",
    checks: "The last line, too, ends with CRLF.",
    message: () => "The last line has no CRLF at its end.",
    remedy: "Do not trim the SDP.",
    find: (lines) => at(...lines.filter(({ end }) => end === "none").map(({ number }) => number)),
  },
];

const letters = new Set("vosiuepcbtrzkam");

function hasShape(text: string): boolean {
  if (text.length < 3 || text[1] !== "=" || !letters.has(text[0] ?? "")) return false;
  // RFC 8866 §5: no blank may follow the "=", but "s= " is the form it recommends for a session without a name.
  return text[2] !== " " || text === "s= ";
}

/** A tab counts too: no line of RFC 8866 that matters here has a place for one. */
function isBinary(text: SdpLine["text"]): boolean {
  if (!text.isWellFormed()) return true;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0xfffd) return true;
  }
  return false;
}
