import { UsageError } from "../explain.ts";

const short = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d{1,3})?)s)?$/;

/**
 * Turns a duration as people type it into ISO 8601, which the control API takes.
 *
 * @throws UsageError when it is neither
 * @example isoDuration("1d12h") // "P1DT12H"
 */
export function isoDuration(text: string): string {
  if (/^P/i.test(text)) return text.toUpperCase();
  const parts = short.exec(text);
  if (parts === null || text === "") {
    throw new UsageError(
      `${JSON.stringify(text)} is no duration. Write 24h, 7d, 90s, 1d12h, or ISO 8601 such as PT24H.`,
    );
  }
  const [, days, hours, minutes, seconds] = parts;
  const time = `${part(hours, "H")}${part(minutes, "M")}${part(seconds, "S")}`;
  return `P${part(days, "D")}${time === "" ? "" : `T${time}`}`;
}

function part(amount: string | undefined, unit: string): string {
  return amount === undefined ? "" : `${amount}${unit}`;
}
