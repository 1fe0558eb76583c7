import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { WebhookSecrets } from "../../mock/webhooks/sign.ts";
import type { Mismatch } from "./matchers.ts";
import type { ReceivedWebhook } from "./receiver.ts";

/** What is wrong with a webhook's signatures; nothing where the secrets are not known. */
export async function signatureMismatches(
  { headers, text }: ReceivedWebhook,
  secrets: WebhookSecrets | null,
): Promise<readonly Mismatch[]> {
  if (secrets === null) return [];
  const mismatches: Mismatch[] = [];
  try {
    new Webhook(secrets.webhookSecret).verify(text, { ...headers });
  } catch (error) {
    const actual = error instanceof Error ? error.message : String(error);
    mismatches.push({ path: "headers.webhook-signature", expected: "a signature by the webhook secret", actual });
  }
  const hub = headers["x-hub-signature-256"];
  const wanted = `sha256=${createHmac("sha256", secrets.appSecret).update(text).digest("hex")}`;
  if (hub !== undefined && hub !== wanted) {
    mismatches.push({ path: "headers.x-hub-signature-256", expected: "a signature by the app secret", actual: hub });
  }
  return mismatches;
}
