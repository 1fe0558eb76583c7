import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { onTestFinished } from "vitest";
import { webhookSecrets } from "../../mock/webhooks/sign.ts";

/** The secrets of a sandbox whose seed nobody chose. */
export const secrets = webhookSecrets("calls-sandbox");

/** One request that a receiver got. */
export interface Received {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what was sent is what the tests are about: they look into it freely
  readonly body: any;
  /** Whether the `standardwebhooks` library accepts it. */
  readonly verified: boolean;
  readonly path: string;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** The names of the flat events that came, in order; `calls` and `messages` for Meta's own. */
  readonly names: () => string[];
  readonly close: () => Promise<void>;
}

/** How a receiver answers: a status, or whatever it does with the response itself. */
export type Answering = (received: Received, response: ServerResponse) => number | undefined;

/** A real HTTP server that takes webhooks, verifies each and answers 200 unless told otherwise. */
export async function receiver(answering: Answering = () => 200): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const one = read(request, await textOf(request));
    received.push(one);
    const status = answering(one, response);
    if (status !== undefined) response.writeHead(status).end("seen");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(close);
  return { url: `http://127.0.0.1:${port}/hook`, received, names: () => received.map(nameOf), close };
}

export function nameOf({ body }: Received): string {
  return body.event ?? body.entry[0].changes[0].field;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

function read(request: IncomingMessage, text: string): Received {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return {
    id: headers["webhook-id"] ?? "",
    headers,
    text,
    body: JSON.parse(text),
    verified: verifies(text, headers),
    path: request.url ?? "",
  };
}

function verifies(text: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secrets.webhookSecret).verify(text, headers);
    return true;
  } catch {
    return false;
  }
}
