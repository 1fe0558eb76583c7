const longest = 120;

/**
 * Makes a piece of somebody's SDP fit to be shown in an error, a log or a terminal: control characters, bidirectional
 * marks and halves of surrogate pairs become `\u{…}`, and the rest is cut at 120 characters.
 *
 * @example printable("a=\u0000") // "a=\\u{0}"
 */
export function printable(text: string): string {
  const shown = Array.from(text.slice(0, longest + 1).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped));
  return shown.length > longest ? `${shown.slice(0, longest - 1).join("")}…` : shown.join("");
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
