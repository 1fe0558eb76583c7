import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { onTestFinished } from "vitest";

/** What a path answers: a file, or a handler. */
export type Route = Uint8Array | ((request: IncomingMessage, response: ServerResponse) => void);

export interface FileServer {
  readonly url: string;
  readonly port: number;
  /** The paths that were asked for. */
  readonly requests: readonly string[];
  /** Connections that are open at present. */
  readonly open: ReadonlySet<Socket>;
}

/** Serves files on a free port of the loopback; gone when the test ends. */
export async function serveFiles(routes: Readonly<Record<string, Route>>): Promise<FileServer> {
  const requests: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    requests.push(path);
    const route = routes[path];
    if (route === undefined) response.writeHead(404, { "content-type": "audio/mpeg" }).end("nothing here");
    else if (typeof route === "function") route(request, response);
    else response.writeHead(200, { "content-type": "text/html" }).end(route);
  });
  server.on("connection", (socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return { url: `http://127.0.0.1:${address.port}`, port: address.port, requests, open };
}

/** Resolves when nobody is connected any more. */
export async function allClosed({ open }: FileServer): Promise<void> {
  await Promise.all([...open].map((socket) => new Promise((resolve) => socket.on("close", resolve))));
}

/** A route that leads elsewhere. */
export function redirect(status: number, location: string): Route {
  return (_request, response) => response.writeHead(status, { location }).end();
}
