import { DAY, HOUR, MINUTE, parseDuration, SECOND } from "./time.ts";

const units = new Map([
  ["ms", 1],
  ["s", SECOND],
  ["m", MINUTE],
  ["h", HOUR],
  ["d", DAY],
]);

/** Nobody waits longer than a year (assumption): beyond it lie instants that no date can show. */
export const longestWait = 365 * DAY;

/**
 * Reads how long a person waits: a number with its unit, or an ISO 8601 duration.
 *
 * @returns whole milliseconds, or null when the text is neither
 * @example parseWait("1.5s") // 1_500
 */
export function parseWait(text: string): number | null {
  const [, count, unit = ""] = /^(\d+(?:\.\d+)?)([a-z]+)$/.exec(text) ?? [];
  const milliseconds = units.get(unit);
  if (count === undefined || milliseconds === undefined) return parseDuration(text);
  return Math.round(Number(count) * milliseconds);
}
