import type { Exchange } from "./exchange.ts";
import { redactSdp } from "./redact-sdp.ts";
import { type StandIns, standIns } from "./stand-ins.ts";

/** Replaces secrets the same way every time it is asked. */
export interface Redactor {
  readonly text: (value: string) => string;
  /** Path and query of a request. */
  readonly target: (value: string) => string;
  readonly exchange: (exchange: Exchange) => Exchange;
}

/** Headers whose values open doors. Keys have their own stand-ins. */
const secretHeaders: ReadonlySet<string> = new Set([
  "authorization",
  "proxy-authorization",
  "cookie",
  "set-cookie",
  "x-hub-signature-256",
  "webhook-signature",
]);
const keyHeaders: ReadonlySet<string> = new Set(["x-api-key", "x-api-key-id"]);

/** Fields whose values open doors, whatever they hold; `\\.` steps over escaped quotes. */
const secretFields = /("(?:\w*token|\w*secret|password)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi;

/** Fields that hold a phone number in whatever spelling, also as a JSON number. */
const phoneFields =
  /("(?:to|from|phone|number|peerNumber|fromNumber|wa_id)"\s*:\s*"?)([+\d() -]{8,64})(?=["\s,}\]]|$)/g;

/** Parameters of addresses, and the user in front of a host. */
const secretParameters = /([?&](?:\w*token|\w*secret|\w*key|sig|signature|password)=)[^&#\s"\\]+/gi;
const userInfo = /(\w:\/\/)[^/\s"@]+@/g;

/**
 * Digits that may be a phone number, or a line of an SDP, whose digits are none. A number right behind a JSON name is an
 * instant or a count. `\n` in JSON is an escape, not a letter in front of the digits.
 */
const phoneDigits = /(?<=\n|\\n|")[a-z]=[^\\\r\n"]*|(?<!":\s{0,2})(?<=^|[^\w.-]|\\[nrt])\d{8,15}(?![\w-]|\.\d)/g;

/** A phone number as people write it, `+55 (11) 99999-9999`. */
const writtenPhone = /\+\d[\d ()-]{6,24}\d/g;

/** Meta's ids hold both phone numbers in base64 (meta-calling §8). */
const metaIds = /\b(wacid|wamid)\.[\w+/=-]+/g;

/**
 * Replaces what must not leave the machine that recorded it: keys, tokens, signatures, phone numbers and the addresses
 * and passwords inside SDPs. The same original becomes the same stand-in, so that a report still tells people apart, and
 * a stand-in has the form of its original, so that a recording can be sent again.
 *
 * @example const redact = redactor(); redact.text("to +5511999999999") // "to +9990000000001"
 */
export function redactor(): Redactor {
  const stands = standIns();
  const text = (value: string) => redactText(value, stands);
  const target = (value: string) => redactTarget(value, text, stands);
  const headers = (all: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(all).map(([name, value]) => [name, redactHeader(name, value, stands)]));
  const body = (value: string | null) => (value === null ? null : text(value));
  return {
    text,
    target,
    exchange: ({ request, response }) => ({
      request: {
        method: request.method,
        target: target(request.target),
        headers: headers(request.headers),
        body: body(request.body),
      },
      response: { status: response.status, headers: headers(response.headers), body: body(response.body) },
    }),
  };
}

function redactText(value: string, { phone, metaId }: StandIns): string {
  return redactSdp(value)
    .replaceAll(/\bps_[\w-]+/g, "ps_redacted")
    .replaceAll(userInfo, "$1redacted@")
    .replaceAll(secretParameters, "$1redacted")
    .replaceAll(secretFields, '$1"redacted"')
    .replaceAll(metaIds, metaId)
    .replaceAll(phoneFields, (_, name: string, written: string) => `${name}${spelt(written, phone)}`)
    .replaceAll(writtenPhone, (written) => spelt(written, phone))
    .replaceAll(phoneDigits, (found) => (found[1] === "=" ? found : phone(found)));
}

function redactHeader(name: string, value: string, stands: StandIns): string {
  if (keyHeaders.has(name)) return stands.key(value);
  if (secretHeaders.has(name)) return "redacted";
  return name === "content-length" ? value : redactText(value, stands);
}

/** A phone number in any spelling, which the stand-in doesn't keep. */
function spelt(written: string, phone: StandIns["phone"]): string {
  const digits = written.replaceAll(/\D/g, "");
  if (digits.length < 8 || digits.length > 15) return written;
  return `${written.includes("+") ? "+" : ""}${phone(digits)}`;
}

function redactTarget(target: string, text: Redactor["text"], stands: StandIns): string {
  const [path = "", ...query] = target.split("?");
  const redacted = path
    .split("/")
    .map((segment) => redactSegment(segment, text))
    .join("/");
  return [redacted, ...query.map((part) => redactQuery(part, text, stands))].join("?");
}

/**
 * One step of a path. An id of Meta's is decoded, where clients write its `=`, `+` and `/` as `%3D`, `%2B` and `%2F`: so it
 * has the stand-in that it has in bodies, which a path may hold as it is (RFC 3986 §3.3).
 */
function redactSegment(segment: string, text: Redactor["text"]): string {
  return text(/^(?:wacid|wamid)\./.test(segment) ? decoded(segment) : segment);
}

/** In a query `+` is written `%2B` or as a blank, which would hide the digits behind it. */
function redactQuery(query: string, text: Redactor["text"], { phone }: StandIns): string {
  const parameters = query.replaceAll(/(?<=^|&)([^=&]*)=([^&]*)/g, (pair, name: string, value: string) => {
    const plain = decoded(value);
    const redacted = text(name === "to" ? spelt(plain, phone) : plain);
    return redacted === plain ? pair : `${name}=${encodeURIComponent(redacted)}`;
  });
  // With the mark in front, by which secrets in addresses are known.
  return text(`?${parameters}`).slice(1);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
