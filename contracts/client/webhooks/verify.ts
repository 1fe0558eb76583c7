import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { WebhookSignatureError } from "./errors.ts";
import { parseWebhook, type WebhookEvent } from "./parse.ts";

/** What the sender signs with. One of the two is enough; what is given is checked. */
export interface WebhookSecrets {
  /** `whsec_…`, for the headers of Standard Webhooks, which every webhook of the sandbox has. */
  readonly webhookSecret?: string;
  /** Meta's app secret, for `X-Hub-Signature-256`, which Meta's own envelopes have beside them. */
  readonly appSecret?: string;
}

/** The headers of a request: a `Headers`, or an object such as Node's `request.headers`, in any case. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

type HeaderOf = (name: string) => string | null;

/**
 * Checks that a webhook comes from where it says, unchanged and, with `webhookSecret`, not older than five minutes.
 *
 * @param body the request's body as it came: read again and written anew it has other bytes
 * @throws WebhookSignatureError when it doesn't; TypeError when there is no secret to check with
 * @example await verifyWebhook(body, request.headers, { webhookSecret: process.env.WEBHOOK_SECRET });
 */
export async function verifyWebhook(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  { webhookSecret, appSecret }: WebhookSecrets,
): Promise<void> {
  if (!webhookSecret && !appSecret) {
    throw new TypeError(
      "A webhook can't be verified: a secret was expected, and there was none. Pass webhookSecret (whsec_…), appSecret, or both; the sandbox prints them when it starts.",
    );
  }
  const header = headerReader(headers);
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  if (webhookSecret) verifyStandard(standardWebhook(webhookSecret), bytes, header);
  // Flat events have no signature of Meta's; without the other secret there would be none at all.
  if (appSecret && (!webhookSecret || header(metaHeader) !== null)) await verifyMeta(appSecret, bytes, header);
}

/**
 * Verifies a webhook and then reads it.
 *
 * @throws WebhookSignatureError, WebhookBodyError, and TypeError as `verifyWebhook` and `parseWebhook` do
 * @example
 * const event = await readWebhook(await request.text(), request.headers, { webhookSecret });
 * if (event.type === "call.missed") await callBack(event.payload.peerNumber);
 */
export async function readWebhook(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  secrets: WebhookSecrets,
): Promise<WebhookEvent> {
  await verifyWebhook(body, headers, secrets);
  return parseWebhook(body);
}

const standardHeaders = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;
const metaHeader = "x-hub-signature-256";

function standardWebhook(secret: string): Webhook {
  try {
    return new Webhook(secret);
  } catch {
    // The secret itself is not repeated: errors end up in logs.
    throw new TypeError(
      "A webhook can't be verified: webhookSecret must be whsec_ and base64, but is something else. Copy it as the sender shows it.",
    );
  }
}

/** Standard Webhooks: HMAC-SHA-256 over id, time and body. The library compares in constant time. */
function verifyStandard(webhook: Webhook, body: Uint8Array, header: HeaderOf): void {
  const found = Object.fromEntries(standardHeaders.map((name) => [name, header(name) ?? ""]));
  const missing = standardHeaders.filter((name) => found[name] === "");
  if (missing.length > 0) {
    throw new WebhookSignatureError(
      `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} missing`,
      `the headers ${standardHeaders.join(", ")}`,
      "Pass the request's own headers; what lacks them was not sent by the sandbox.",
    );
  }
  try {
    webhook.verify(new TextDecoder("utf-8", { ignoreBOM: true }).decode(body), found, { jsonParse: false });
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    throw new WebhookSignatureError(
      error.message.toLowerCase(),
      "a v1 signature that fits the body, not more than five minutes old",
      "Check that webhookSecret is the sender's, that the body is passed as it came, and that this machine's clock is right.",
    );
  }
}

/** Meta's: `sha256=` and HMAC-SHA-256 over the body in hex (meta-calling §7). `verify` compares in constant time. */
async function verifyMeta(appSecret: string, body: Uint8Array, header: HeaderOf): Promise<void> {
  const given = header(metaHeader) ?? "";
  const [, digits = ""] = /^sha256=([0-9a-f]{64})$/i.exec(given) ?? [];
  const signature = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const secret = new TextEncoder().encode(appSecret);
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  if (await crypto.subtle.verify("HMAC", key, signature, new Uint8Array(body))) return;
  throw new WebhookSignatureError(
    given === "" ? `${metaHeader} is missing` : `${metaHeader} does not fit the body`,
    `${metaHeader}: sha256= and 64 hex digits`,
    "Check that appSecret is Meta's app secret and that the body is passed as it came. Flat call.* events have no such header: pass webhookSecret for them.",
  );
}

function headerReader(headers: WebhookHeaders): HeaderOf {
  if (headers instanceof Headers) return (name) => headers.get(name);
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => {
    const value = lower.get(name);
    return typeof value === "string" ? value : (value?.[0] ?? null);
  };
}
