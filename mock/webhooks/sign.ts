import { Webhook } from "standardwebhooks";
import { draw } from "../domain/draw.ts";
import { base64, hex } from "../domain/encoding.ts";
import type { WebhookEvent } from "../domain/subscription.ts";

/** What a receiver needs to verify where a webhook comes from. One pair for the whole sandbox, whatever the world. */
export interface WebhookSecrets {
  /** For the headers of Standard Webhooks: `whsec_` and base64. */
  readonly webhookSecret: string;
  /** For Meta's `X-Hub-Signature-256` on the native envelopes. */
  readonly appSecret: string;
}

/** The secrets of a sandbox: drawn from its seed, so that they stay the same across restarts (HOOK-SUB-028). */
export function webhookSecrets(seed: string): WebhookSecrets {
  const source = { seed, worldId: "" };
  return {
    webhookSecret: `whsec_${base64(draw(source, "webhook-secret", 0, 32))}`,
    appSecret: hex(draw(source, "app-secret", 0, 16)),
  };
}

/** Signs what is about to be sent. */
export type Sign = (message: {
  readonly id: string;
  readonly event: WebhookEvent;
  readonly payload: string;
  /** The machine's time of day, not the world's: a verifier compares it with its own clock (HOOK-SUB-027). */
  readonly sentAt: Date;
}) => Promise<Readonly<Record<string, string>>>;

const native: readonly WebhookEvent[] = ["calls", "messages"];

/**
 * Makes the signer of a sandbox: the headers of Standard Webhooks, and Meta's own on what Meta itself would have sent
 * (meta-calling §7).
 */
export function signer({ webhookSecret, appSecret }: WebhookSecrets): Sign {
  const webhook = new Webhook(webhookSecret);
  let appKey: ReturnType<typeof hmacKey> | null = null;
  return async ({ id, event, payload, sentAt }) => {
    const headers = {
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1_000)),
      "webhook-signature": webhook.sign(id, sentAt, payload),
    };
    if (!native.includes(event)) return headers;
    appKey ??= hmacKey(appSecret);
    const signature = await crypto.subtle.sign("HMAC", await appKey, new TextEncoder().encode(payload));
    return { ...headers, "x-hub-signature-256": `sha256=${hex(new Uint8Array(signature))}` };
  };
}

function hmacKey(secret: string) {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, ["sign"]);
}
