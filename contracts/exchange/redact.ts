import type { Exchange } from "./exchange.ts";
import { knownSecrets } from "./known-secrets.ts";
import { plainEscapes } from "./plain-escapes.ts";
import { redactPhones, spelt } from "./redact-phones.ts";
import { redactSdp } from "./redact-sdp.ts";
import { isSecret, redactNamed } from "./secret-names.ts";
import { type StandIns, standIns } from "./stand-ins.ts";

/** Replaces secrets the same way every time it is asked. */
export interface Redactor {
  /** Remembers the secrets that headers hold, to find them again in texts. */
  readonly learn: (headers: Readonly<Record<string, string>>) => void;
  readonly text: (value: string) => string;
  /** Path and query of a request. */
  readonly target: (value: string) => string;
  readonly exchange: (exchange: Exchange) => Exchange;
}

/** Headers that hold keys of the API, which have stand-ins of their own. */
const keyHeaders: ReadonlySet<string> = new Set(["x-api-key", "x-api-key-id"]);

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
  const known = knownSecrets();
  const text = (value: string) => {
    const named = redactNamed(redactSdp(plainEscapes(value)));
    return redactPhones(known.redact(named).replaceAll(metaIds, stands.metaId), stands.phone);
  };
  const target = (value: string) => redactTarget(value, text, stands);
  const header = (name: string, value: string) => {
    if (keyHeaders.has(name)) return stands.key(value);
    if (isSecret(name)) return "redacted";
    return name === "content-length" ? value : text(value);
  };
  const headers = (all: Headers) =>
    Object.fromEntries(Object.entries(all).map(([name, value]) => [name, header(name, value)]));
  const body = (value: string | null, { "content-type": type = "" }: Headers) => {
    if (value === null) return null;
    return isForm.test(type) ? redactQuery(value, text, stands) : text(value);
  };
  return {
    learn: known.learn,
    text,
    target,
    exchange: ({ request, response }) => {
      known.learn(request.headers);
      known.learn(response.headers);
      return {
        request: {
          method: request.method,
          target: target(request.target),
          headers: headers(request.headers),
          body: body(request.body, request.headers),
        },
        response: {
          status: response.status,
          headers: headers(response.headers),
          body: body(response.body, response.headers),
        },
      };
    },
  };
}

type Headers = Readonly<Record<string, string>>;

const isForm = /^application\/x-www-form-urlencoded\b/i;

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

/** In a query or a form `+` is written `%2B` or as a blank, which would hide the digits behind it. */
function redactQuery(query: string, text: Redactor["text"], { phone }: StandIns): string {
  const parameters = query.replaceAll(/(?<=^|&)([^=&]*)=([^&]*)/g, (pair, name: string, value: string) => {
    const plain = decoded(value);
    const redacted = text(name === "to" ? spelt(plain, phone) : plain);
    return redacted === plain ? pair : `${name}=${encodeURIComponent(redacted)}`;
  });
  return text(parameters);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
