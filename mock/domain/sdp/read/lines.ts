/** What stands at the end of a line: RFC 8866 §5 wants CRLF, "none" is a text that stops in its last line. */
export type LineEnd = "crlf" | "lf" | "cr" | "none";

export interface SdpLine {
  /** 1 for the first line. */
  readonly number: number;
  readonly text: string;
  readonly end: LineEnd;
}

/**
 * Cuts a text into numbered lines and keeps how each one ended.
 *
 * @example readLines("v=0\r\ns=-").map((line) => line.end) // ["crlf", "none"]
 */
export function readLines(text: string): readonly SdpLine[] {
  const lines: SdpLine[] = [];
  let start = 0;
  for (const match of text.matchAll(/\r\n|\n|\r/g)) {
    lines.push({ number: lines.length + 1, text: text.slice(start, match.index), end: lineEnd(match[0]) });
    start = match.index + match[0].length;
  }
  if (start < text.length) lines.push({ number: lines.length + 1, text: text.slice(start), end: "none" });
  return lines;
}

/** The name and the value of an `a=` line; the value is null when the line has no colon. */
export function attributeOf(line: SdpLine): { readonly name: string; readonly value: string | null } | null {
  if (!line.text.startsWith("a=")) return null;
  const colon = line.text.indexOf(":");
  return colon < 0
    ? { name: line.text.slice(2), value: null }
    : { name: line.text.slice(2, colon), value: line.text.slice(colon + 1) };
}

function lineEnd(end: string): LineEnd {
  if (end === "\r\n") return "crlf";
  return end === "\n" ? "lf" : "cr";
}
