/** An instant in world time: whole milliseconds since 1970, UTC. */
export type Instant = number;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * Writes an instant as the API does: ISO 8601, UTC, milliseconds and `Z` (pilot-status §7).
 *
 * @example isoTime(0) // "1970-01-01T00:00:00.000Z"
 */
export function isoTime(at: Instant): string {
  const minute = Math.floor(at / MINUTE);
  if (minute !== lastMinute.minute) lastMinute = { minute, text: new Date(minute * MINUTE).toISOString().slice(0, -7) };
  const digits = String(100_000 + Math.floor(at) - minute * MINUTE);
  return `${lastMinute.text}${digits.slice(1, 3)}.${digits.slice(3)}Z`;
}

// The instants of one answer mostly share a minute: measured, this takes about half the time of `Date` alone.
let lastMinute = { minute: Number.NaN, text: "" };

/** Whole unix seconds, as Meta writes its instants (meta-calling §2.3, §7). */
export function unixSeconds(at: Instant): number {
  return Math.floor(at / SECOND);
}

const isoDuration = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/**
 * Reads an ISO 8601 duration made of weeks, days, hours, minutes and seconds.
 *
 * @returns milliseconds, or null when the text is not such a duration (months and years have no fixed length)
 * @example parseDuration("PT24H") // 86_400_000
 */
export function parseDuration(text: string): number | null {
  const parts = isoDuration.exec(text);
  if (parts === null || !/\d/.test(text) || text.endsWith("T")) return null;
  const [, weeks, days, hours, minutes, seconds] = parts;
  return (
    Number(weeks ?? 0) * 7 * DAY +
    Number(days ?? 0) * DAY +
    Number(hours ?? 0) * HOUR +
    Number(minutes ?? 0) * MINUTE +
    Math.round(Number(seconds ?? 0) * SECOND)
  );
}

const isoInstant =
  /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s*(Z|z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * Reads an ISO 8601 date or date-time; without a zone it is UTC (design decision on `before`, assumption).
 *
 * @returns milliseconds since 1970, or null when the text is not a real date
 * @example parseInstant("2026-07-03") // 1_783_036_800_000
 */
export function parseInstant(text: string): Instant | null {
  const parts = isoInstant.exec(text);
  if (parts === null) return null;
  const [, date = "", clock = "00:00", zone = "Z"] = parts;
  if (!isRealDate(date)) return null;
  const at = Date.parse(`${date}T${clock.replace(",", ".")}${fullZone(zone)}`);
  return Number.isNaN(at) ? null : at;
}

/** `Date.parse` turns 30 February into 2 March; a calendar date must survive the round trip instead. */
export function isRealDate(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && isoTime(at).startsWith(date);
}

function fullZone(zone: string): string {
  if (zone.toUpperCase() === "Z") return "Z";
  const digits = zone.slice(1).replace(":", "").padEnd(4, "0");
  return `${zone[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
