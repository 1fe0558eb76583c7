import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { listening } from "../../mock/doors/http.ts";
import { portOf } from "../http/port-of.ts";

/** A webhook as it arrived. */
export interface ReceivedWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly json: unknown;
}

/** How an inbox answers. */
export interface ReceiverAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** For how many requests; after them it is 200 again. */
  readonly times: number;
}

/** The webhooks of one case. */
export interface Inbox {
  readonly url: string;
  /** Everything that came, oldest first. */
  readonly received: readonly ReceivedWebhook[];
  /** Sets how the next ones are answered. */
  readonly answerWith: (answer: ReceiverAnswer) => void;
  readonly close: () => void;
}

/** A server for webhooks, with an inbox for every case. */
export interface Receiver {
  readonly open: () => Inbox;
  readonly close: () => Promise<void>;
}

/** Nobody sends a webhook of that size (HOOK-SUB: under 20 kB); a flood must not fill the memory. */
const maximumBytes = 1024 * 1024;

interface OpenInbox {
  readonly received: ReceivedWebhook[];
  answer: ReceiverAnswer | null;
}

/** Opens a receiver on a free port of the loopback. */
export async function openReceiver(): Promise<Receiver> {
  const inboxes = new Map<string, OpenInbox>();
  const server = createServer((request, response) => {
    // A sender that leaves in the middle is nobody's webhook.
    receive(inboxes, request, response).catch(() => response.destroy());
  });
  await listening(server, { host: "127.0.0.1", port: 0 });
  const origin = `http://127.0.0.1:${portOf(server)}`;
  let opened = 0;
  return {
    open: () => {
      const path = `/case-${++opened}`;
      const inbox: OpenInbox = { received: [], answer: null };
      inboxes.set(path, inbox);
      return {
        url: `${origin}${path}`,
        received: inbox.received,
        answerWith: (answer) => {
          inbox.answer = answer;
        },
        close: () => inboxes.delete(path),
      };
    },
    close: () => ended(server),
  };
}

async function receive(
  inboxes: ReadonlyMap<string, OpenInbox>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const inbox = inboxes.get(request.url ?? "");
  const text = await textOf(request);
  if (inbox === undefined || text === null) return void response.writeHead(inbox === undefined ? 404 : 413).end();
  inbox.received.push({ headers: headersOf(request), text, json: parsed(text) });
  const { status, headers } = nextAnswer(inbox);
  response.writeHead(status, headers).end();
}

function nextAnswer(inbox: OpenInbox): Pick<ReceiverAnswer, "status" | "headers"> {
  const { answer } = inbox;
  if (answer === null) return { status: 200, headers: {} };
  inbox.answer = answer.times <= 1 ? null : { ...answer, times: answer.times - 1 };
  return answer;
}

async function textOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > maximumBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ended(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
