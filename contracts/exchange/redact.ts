import type { Exchange } from "./exchange.ts";

/** Headers whose values open doors. */
const secretHeaders: ReadonlySet<string> = new Set([
  "x-api-key",
  "x-api-key-id",
  "authorization",
  "cookie",
  "set-cookie",
  "x-hub-signature-256",
  "webhook-signature",
]);

/** Fields whose values open doors, whatever they hold. */
const secretFields = /("(?:token|secret|signingSecret|password)"\s*:\s*)"[^"]*"/g;

/** Digits that may be a phone number; a number right behind a JSON name is an instant or a count. */
const phoneDigits = /(?<!":\s{0,2})(?<![\w.-])\d{8,15}(?![\w.-])/g;

/** Meta's ids hold both phone numbers in base64 (meta-calling §8). */
const metaIds = /\b(wacid|wamid)\.[\w+/=-]+/g;

/**
 * Replaces what must not leave the machine that recorded it: keys, tokens, signatures, phone numbers and the addresses
 * and passwords inside SDPs. The same number becomes the same stand-in, so that a report still tells people apart.
 *
 * @example const redact = redactor(); redact.text("to +5511999999999") // "to +00000000001"
 */
export function redactor(): Redactor {
  const stands = new Map<string, string>();
  const standFor = (original: string, make: (ordinal: number) => string) => {
    const known = stands.get(original);
    if (known !== undefined) return known;
    const made = make(stands.size + 1);
    stands.set(original, made);
    return made;
  };
  const standIn = (digits: string) => standFor(digits, (ordinal) => String(ordinal).padStart(digits.length, "0"));
  const metaId = (id: string, kind: string) =>
    standFor(id, (ordinal) => `${kind}.${Buffer.from(`redacted ${ordinal}`).toString("base64")}`);
  const text = (value: string) =>
    value
      .replaceAll(/\bps_[\w-]+/g, "ps_redacted")
      .replaceAll(/([?&]token=)[^&\s"]+/g, "$1redacted")
      .replaceAll(secretFields, '$1"redacted"')
      .replaceAll(/a=(ice-ufrag|ice-pwd|fingerprint|candidate):[^\\\r\n"]*/g, "a=$1:redacted")
      .replaceAll(metaIds, metaId)
      .replaceAll(phoneDigits, standIn);
  const headers = (all: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(all).map(([name, value]) => [name, secretHeaders.has(name) ? "redacted" : text(value)]),
    );
  return {
    text,
    exchange: ({ request, response }) => ({
      request: {
        method: request.method,
        target: redactTarget(request.target, standIn, text),
        headers: headers(request.headers),
        body: request.body === null ? null : text(request.body),
      },
      response: {
        status: response.status,
        headers: headers(response.headers),
        body: response.body === null ? null : text(response.body),
      },
    }),
  };
}

/** Replaces secrets the same way every time it is asked. */
export interface Redactor {
  readonly text: (value: string) => string;
  readonly exchange: (exchange: Exchange) => Exchange;
}

/** In a query `+` is written `%2B`, which would hide the digits behind it. */
function redactTarget(target: string, standIn: (digits: string) => string, text: Redactor["text"]): string {
  return text(target.replaceAll(/%2B(\d{8,15})/gi, (_, digits: string) => `%2B${standIn(digits)}`));
}
