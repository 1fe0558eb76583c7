import { type WebSocketData, type WebSocketHandler, type WebSocketHandlerConnection, ws } from "msw";
import type { UpgradeRefused } from "../media/realtime/admission.ts";
import type { RealtimeSession } from "../media/realtime/session.ts";
import type { Wire } from "../media/realtime/wire.ts";
import type { Sandbox } from "../sandbox.ts";
import { realtimePath, requestedAt } from "./realtime-address.ts";

/** msw's connection to one program; in Node and in browsers the intercepted socket is there too. */
type Client = WebSocketHandlerConnection["client"] & { readonly socket?: WebSocket };

/** The part of a message that counts here. */
interface Message {
  readonly data: WebSocketData;
}

// One link for all: each has msw listen to its broadcast channel once more, for good.
const link = ws.link(realtimePath);

/**
 * Makes the msw handler that answers the realtime socket from a sandbox, without a port: programs that open a
 * `WebSocket` of Node's or of a browser get one. The token decides, so every host with the socket's path is answered:
 * one sandbox per server of msw.
 *
 * @param sandbox the sandbox that answers
 * @example setupServer(...handlersFor(sandbox)) // holds it
 */
export function realtimeHandlerFor(sandbox: Sandbox): WebSocketHandler {
  return link.addEventListener("connection", ({ client }) => connect(sandbox, client));
}

function connect(sandbox: Sandbox, client: Client): void {
  const wanted = requestedAt(client.url);
  if (wanted === null) return cut(client);
  const admission = sandbox.media.admit(wanted);
  if (!admission.ok) return refuse(client, admission);
  const session = admission.open(wireOf(client));
  const { mostMessageBytes } = sandbox.media.options;
  client.addEventListener("message", inOrder(session, mostMessageBytes));
  client.addEventListener("close", ({ code, reason }) => session.gone(code, reason));
}

/** A program can't see the status of a refused upgrade: WHATWG's WebSocket tells an error and 1006 (realtime-media §3). */
function refuse(client: Client, { closeWith, error }: UpgradeRefused): void {
  if (closeWith === null) return cut(client);
  client.addEventListener("open", () => client.close(closeWith, error), { once: true });
}

function cut(client: Client): void {
  client.socket?.dispatchEvent(new Event("error"));
  client.close(1006, "");
}

function wireOf(client: Client): Wire {
  return {
    send: (bytes) => client.send(asProgramsGetIt(client, bytes)),
    sendText: (text) => client.send(text),
    // WHATWG's WebSocket shows no ping to its program, so there is nobody who could tell.
    ping: () => undefined,
    // What is sent is taken in the same turn.
    unread: () => 0,
    close: (code, reason) => client.close(code, reason),
    cut: () => cut(client),
  };
}

/** msw hands data over as it is; a real socket makes a Blob or an ArrayBuffer of it, as its program chose. */
function asProgramsGetIt({ socket }: Client, bytes: Uint8Array): ArrayBuffer | Blob {
  const own = Uint8Array.from(bytes);
  return socket?.binaryType === "arraybuffer" ? own.buffer : new Blob([own]);
}

/** Hands messages on in the order in which they were sent, although a Blob is read later than it comes. */
function inOrder(session: RealtimeSession, mostMessageBytes: number): (message: Message) => Promise<void> | void {
  let blobs: Promise<void> | null = null;
  const receive = (data: string | Uint8Array) => {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data).length : data.length;
    if (bytes > mostMessageBytes) session.close(1009, "");
    else if (typeof data === "string") session.receiveText(data);
    else session.receive(data);
  };
  return ({ data }) => {
    if (!(data instanceof Blob) && blobs === null) return receive(bytesOf(data));
    const former = blobs ?? Promise.resolve();
    const mine = Promise.all([data instanceof Blob ? data.arrayBuffer() : data, former]).then(([read]) => {
      receive(bytesOf(read));
      if (blobs === mine) blobs = null;
    });
    blobs = mine;
    return mine;
  };
}

function bytesOf(data: Exclude<WebSocketData, Blob>): string | Uint8Array {
  if (typeof data === "string") return data;
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
