import { type RealtimeOptions, realtimeDefaults, realtimeMistake } from "../../realtime-options.ts";

/** A choice of `--realtime` that names no option, or gives it a value that it doesn't take. */
export class RealtimeFormError extends Error {
  override readonly name = "RealtimeFormError";
}

/**
 * Reads one choice of `--realtime`.
 *
 * @param text such as `frameMs=20` or `callEnd=abrupt`
 * @returns the choice as the option `realtime` of a sandbox takes it
 * @throws RealtimeFormError with the names there are, or the values that the option accepts
 * @example parseRealtimeChoice("frameMs=20") // { frameMs: 20 }
 */
export function parseRealtimeChoice(text: string): Partial<RealtimeOptions> {
  const [, name = "", value = ""] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/s.exec(text) ?? [];
  if (name === "" || value === "")
    throw new RealtimeFormError(`It is name=value, as in frameMs=20. The names: ${optionNames.join(", ")}.`);
  const choice = { [name]: readValue(value) };
  const mistake = realtimeMistake(choice);
  if (mistake !== null) throw new RealtimeFormError(explain(name, mistake.expected));
  return choice;
}

/** Every option that can be chosen, in the order of docs/realtime.md. */
export const optionNames: readonly string[] = Object.keys(realtimeDefaults);

function readValue(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function explain(name: string, expected: string): string {
  if (!optionNames.includes(name)) return `There is no option ${name}. The names: ${optionNames.join(", ")}.`;
  return `${name} must be ${expected.replaceAll('"', "")}.`;
}
