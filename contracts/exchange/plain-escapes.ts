/** `\u0026`, with as many backslashes as JSON inside JSON puts there; a run of them is looked at once. */
const escaped = /(?<!\\)(\\+)u([\da-fA-F]{4})/g;

/** Characters that JSON needs escaped, controls, and halves of a character. */
const needed = /["\\\p{Cc}\p{Cs}]/u;

/**
 * Writes characters as themselves that JSON lets stand so. Many a writer escapes more than it must: .NET every `+`, Go
 * every `&`, which would hide a phone number or a parameter. The text means the same afterwards.
 *
 * @example plainEscapes('"\\u002B5511999999999"') // '"+5511999999999"'
 */
export function plainEscapes(text: string): string {
  if (!text.includes("\\u")) return text;
  return text.replaceAll(escaped, (found, slashes: string, code: string) => {
    const character = String.fromCharCode(Number.parseInt(code, 16));
    if (needed.test(character)) return found;
    // Of an odd run only the last is the escape's; an even one is an escape inside a string.
    return slashes.length % 2 === 1 ? `${slashes.slice(1)}${character}` : character;
  });
}
