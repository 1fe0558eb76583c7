/** One line of text, safe inside a table cell. */
export function cell(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|").trim();
}

/** A Markdown table, or nothing where there are no rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""];
}

/** The words in code style, separated by commas; a dash for none. */
export function codes(words: readonly string[]): string {
  return words.length === 0 ? "–" : words.map((word) => `\`${word}\``).join(", ");
}
