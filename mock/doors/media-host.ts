import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { Admission, UpgradeRefused, UpgradeRequest } from "../media/realtime/admission.ts";
import type { RealtimeSession } from "../media/realtime/session.ts";
import type { Wire } from "../media/realtime/wire.ts";
import type { Sandbox } from "../sandbox.ts";
import { closed, listening } from "./http.ts";
import { requestedAt } from "./realtime-address.ts";

export interface MediaHostOptions {
  /** Address to listen on. */
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
}

/** The host on which realtime sockets are opened. */
export interface MediaHost {
  /** The base of every wsUrl, `ws://host:port`. */
  readonly url: string;
  readonly port: number;
  /** Closes every socket with 1001 and resolves when the last connection has ended. */
  readonly close: () => Promise<void>;
}

/** How long a client may take to answer a close frame before its connection is cut, in milliseconds of real time. */
const closingMs = 1_000;

/**
 * Opens the media host of a sandbox, and tells the sandbox its address.
 *
 * @throws the server's own error, for example EADDRINUSE, when it can't listen
 * @example const media = await listenMedia(sandbox, { host: "127.0.0.1", port: 0 });
 */
export async function listenMedia(sandbox: Sandbox, options: MediaHostOptions): Promise<MediaHost> {
  const server = createServer(answerPlainHttp);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: sandbox.media.options.mostMessageBytes,
    perMessageDeflate: false,
    clientTracking: true,
    // `ws` would take the first protocol that a client offers; the service has none (realtime-media §3 row 27).
    handleProtocols: () => false,
  });
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    upgrade(sandbox, sockets, request, socket, head);
  });
  await listening(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  const url = `ws://${host}:${port}`;
  sandbox.setMediaUrl(url);
  return { url, port, close: () => shutDown(sandbox, sockets, () => closed(server)) };
}

async function shutDown(sandbox: Sandbox, sockets: WebSocketServer, closeServer: () => Promise<void>): Promise<void> {
  sandbox.media.shutDown();
  const cut = setTimeout(() => {
    for (const socket of sockets.clients) socket.terminate();
  }, closingMs);
  await closeServer();
  clearTimeout(cut);
}

/** What an upgrade asks for; null when the path is none of the two. */
function requested(request: IncomingMessage): UpgradeRequest | null {
  const target = `http://media${request.url ?? "/"}`;
  return URL.canParse(target) ? requestedAt(new URL(target)) : null;
}

function upgrade(
  sandbox: Sandbox,
  sockets: WebSocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const wanted = requested(request);
  if (wanted === null) {
    return refuse(socket, 404, {
      error: "Realtime sockets are at /call/media/realtime/ws. Use the wsUrl as it was given.",
    });
  }
  const admission = sandbox.media.admit(wanted);
  if (!admission.ok && admission.closeWith === null) {
    return refuse(socket, admission.status, { error: admission.error }, admission.behaviour);
  }
  // The callback runs before `handleUpgrade` returns, and only if the handshake was a good one.
  sockets.handleUpgrade(request, socket, head, (client) => accept(client, admission));
}

function accept(client: WebSocket, admission: Admission): void {
  // Too long a message and bad frames end the socket with their own code; there is nobody else to tell.
  client.on("error", () => undefined);
  if (!admission.ok) return closeAtOnce(client, admission);
  const session = admission.open(wireOf(client));
  client.on("message", (data, isBinary) => receive(session, data, isBinary));
  client.on("close", (code, reason) => session.gone(code, reason.toString()));
}

function closeAtOnce(client: WebSocket, { closeWith, error }: UpgradeRefused): void {
  client.close(closeWith ?? 1008, error);
}

function receive(session: RealtimeSession, data: RawData, isBinary: boolean): void {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? Buffer.from(data) : data;
  if (isBinary) session.receive(bytes);
  else session.receiveText(bytes.toString());
}

function wireOf(client: WebSocket): Wire {
  return {
    send: (bytes) => client.send(bytes, { binary: true }),
    sendText: (text) => client.send(text),
    ping: () => client.ping(),
    unread: () => client.bufferedAmount,
    close: (code, reason) => client.close(code, reason),
    cut: () => client.terminate(),
  };
}

/** Answers an upgrade with plain HTTP; after it the connection ends. */
function refuse(socket: Duplex, status: number, answer: { readonly error: string }, behaviour?: string): void {
  const body = JSON.stringify(answer);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    ...(behaviour === undefined ? [] : [`x-sandbox-behaviour: ${behaviour}`]),
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

function answerPlainHttp(request: IncomingMessage, response: ServerResponse): void {
  const known = requested(request) !== null;
  const error = known
    ? "This is the address of a WebSocket. Open it with a WebSocket client."
    : "This is the media host: it has realtime sockets only. The API is on another port.";
  const headers = { "content-type": "application/json; charset=utf-8", ...(known ? { upgrade: "websocket" } : {}) };
  response.writeHead(known ? 426 : 404, headers).end(JSON.stringify({ error }));
}
