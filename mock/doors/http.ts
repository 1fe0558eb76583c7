import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { type Connection, ConnectionReset } from "../faults/connection.ts";
import type { Sandbox } from "../sandbox.ts";
import { isExamplePage, serveExamplePage } from "./example-pages.ts";

export interface HttpDoorOptions {
  /** Address to listen on. */
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /**
   * Lets the adapter put faster `Request` and `Response` classes in place of the global ones: right for a process of
   * its own, not inside somebody else's test. Half of the throughput depends on it.
   */
  readonly overrideGlobalObjects: boolean;
}

/** A sandbox that answers over HTTP. */
export interface HttpDoor {
  /** The origin, without `/v1`. */
  readonly url: string;
  readonly port: number;
  /** Takes no new connections, lets open requests finish, and resolves when the last has. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the HTTP door of a sandbox.
 *
 * @throws the server's own error, for example EADDRINUSE, when it can't listen
 * @example const door = await listenHttp(createSandbox(), { host: "127.0.0.1", port: 0, overrideGlobalObjects: false });
 */
export async function listenHttp(sandbox: Sandbox, options: HttpDoorOptions): Promise<HttpDoor> {
  const { overrideGlobalObjects } = options;
  const answer = getRequestListener(
    (request, { incoming }) => sandbox.app.fetch(request, { connection: endOf(incoming.socket) }),
    { overrideGlobalObjects, errorHandler: withoutAnswer },
  );
  const server = createServer((request, response) => {
    // A client that keeps asking on one connection must not hold a closing server open.
    if (!server.listening) response.shouldKeepAlive = false;
    if (wantsWebSocket(request)) return refuseUpgrade(request, response);
    return isExamplePage(request) ? serveExamplePage(request, response) : answer(request, response);
  });
  await listening(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return { url: `http://${host}:${port}`, port, close: () => closed(server) };
}

/** A fault rule can cut a connection off: the client sees ECONNRESET. */
function endOf(socket: Socket): Connection {
  return { reset: () => socket.resetAndDestroy() };
}

/** A connection that was reset gets no answer; anything else that is thrown is a bug, and says so. */
function withoutAnswer(error: unknown): Response | undefined {
  return error instanceof ConnectionReset ? undefined : new Response(null, { status: 500 });
}

/** Resolves once a server listens, and rejects with its error when it can't. */
export function listening(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** Resolves when a server has answered what it had begun; idle connections end at once. */
export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      clearInterval(idle);
      resolve();
    });
    // A connection that is busy now is idle once its answer is out, and would then stay for seconds.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    server.closeIdleConnections();
  });
}

/**
 * Without a listener for `upgrade`, Node hands every such request over as a plain one. That is wanted: Java's client
 * offers `Upgrade: h2c` with each of its requests and is content with HTTP/1.1.
 */
function wantsWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === "websocket";
}

/** The realtime socket lives on the media host; nothing under `/v1` can be upgraded (ROUTE-007). */
function refuseUpgrade(request: IncomingMessage, response: ServerResponse): void {
  const error = `No WebSocket can be opened at ${request.url?.slice(0, 200) ?? "/"}. Connect to the wsUrl that POST /v1/calls/{callId}/realtime-session answers; it is on the media host.`;
  response.writeHead(426, {
    "content-type": "application/json; charset=utf-8",
    "x-sandbox-behaviour": "ROUTE-007",
    connection: "close",
  });
  response.end(JSON.stringify({ error, code: "UPGRADE_NOT_SUPPORTED" }));
}
