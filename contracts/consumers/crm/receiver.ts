import { createServer, type IncomingMessage, type Server } from "node:http";
// In your own project: from "calls-sandbox/client".
import { readWebhook, type WebhookSecrets, WebhookSignatureError } from "../../client/index.ts";
import type { Crm } from "./crm.ts";

/** An HTTP server that takes webhooks for a CRM: verified, each once, and answered at once. */
export function receiver(crm: Crm, secrets: WebhookSecrets): Server {
  const seen = new Set<string>();
  return createServer(async (request, response) => {
    try {
      const event = await readWebhook(await bodyOf(request), request.headers, secrets);
      // What was not acknowledged in time comes again under the same id.
      const id = String(request.headers["webhook-id"]);
      if (!seen.has(id)) crm.take(event);
      seen.add(id);
      response.writeHead(200).end();
    } catch (error) {
      response.writeHead(error instanceof WebhookSignatureError ? 401 : 400).end();
    }
  });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}
