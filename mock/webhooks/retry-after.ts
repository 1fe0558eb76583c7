/**
 * Reads a Retry-After header: seconds, or an HTTP date (RFC 9110 §10.2.3). A date counts from the receiver's own `Date`
 * where it sent one, because the world's clock may be anywhere.
 *
 * @returns milliseconds from now, or null when there is no such header or it can't be read
 * @example readRetryAfter("120", null) // 120_000
 */
export function readRetryAfter(value: string | null, date: string | null): number | null {
  if (value === null) return null;
  const text = value.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return null;
  const sentAt = Date.parse(date ?? "");
  return Math.max(0, at - (Number.isNaN(sentAt) ? Date.now() : sentAt));
}
