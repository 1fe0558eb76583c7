import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import type { Sandbox } from "../sandbox.ts";

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
  const server = createServer(getRequestListener((request) => sandbox.app.fetch(request), { overrideGlobalObjects }));
  server.on("upgrade", refuseUpgrade);
  await listening(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return { url: `http://${host}:${port}`, port, close: () => closed(server) };
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
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

/** The realtime socket lives on the media host; nothing under `/v1` can be upgraded (ROUTE-007). */
function refuseUpgrade(request: IncomingMessage, socket: Duplex): void {
  const error = `No WebSocket can be opened at ${request.url?.slice(0, 200) ?? "/"}. Connect to the wsUrl that POST /v1/calls/{callId}/realtime-session answers; it is on the media host.`;
  const body = JSON.stringify({ error, code: "UPGRADE_NOT_SUPPORTED" });
  const head = [
    "HTTP/1.1 426 Upgrade Required",
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "x-sandbox-behaviour: ROUTE-007",
    "connection: close",
  ];
  socket.on("error", () => socket.destroy());
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
