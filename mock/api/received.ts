import { shortenKeys } from "../world/request-log.ts";

/** Fields that open doors: of what was sent there, not even a part is shown. */
const secretField = /(?:key|secret|token|password)$/i;

/**
 * What was received in place of what was expected, short enough for an error and without secrets.
 *
 * @param path where it stood, as `call_hours.status`
 * @example received("by", "6s") // "6s", in quotes
 */
export function received(path: string, value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value !== "string") return String(value);
  if (secretField.test(path)) return `a text of ${value.length} characters`;
  return shortenKeys(JSON.stringify(value.length <= 40 ? value : `${value.slice(0, 39)}…`));
}
