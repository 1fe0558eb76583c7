import { once } from "node:events";
import { WebSocket } from "ws";

/** How long a service may take to answer an upgrade or a close, in milliseconds of real time. */
const patienceMs = 5_000;

/** A realtime socket as the cases see it: what was opened, what was heard, and how it ended. */
export class CaseSocket {
  readonly #socket: WebSocket;
  readonly frames: Buffer[] = [];
  /** How many frames earlier steps have looked at. */
  heard = 0;
  closed: { readonly code: number; readonly reason: string } | null = null;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data, isBinary) => {
      if (isBinary && Buffer.isBuffer(data)) this.frames.push(data);
    });
    socket.on("close", (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
    socket.on("error", () => {});
  }

  /** Resolves once the bytes are with the operating system. */
  send(data: Uint8Array | string): Promise<void> {
    return new Promise((resolve, reject) => this.#socket.send(data, (error) => (error ? reject(error) : resolve())));
  }

  /** Resolves when the service has taken everything sent so far: it answers pings in their order. */
  async taken(): Promise<void> {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.ping();
    await once(this.#socket, "pong", { signal: AbortSignal.timeout(patienceMs) });
  }

  async close(): Promise<void> {
    if (this.closed !== null) return;
    const ended = once(this.#socket, "close", { signal: AbortSignal.timeout(patienceMs) });
    this.#socket.close(1000);
    await ended.catch(() => this.#socket.terminate());
  }
}

/** What came of an attempt to open a socket. */
export type Opened = { readonly socket: CaseSocket } | { readonly refused: number; readonly body: string };

/**
 * Opens a socket, and reads the answer where the upgrade is refused.
 *
 * @throws when there is no answer at all
 */
export function openSocket(url: string): Promise<Opened> {
  const socket = new WebSocket(url, { handshakeTimeout: patienceMs, maxPayload: 1024 * 1024 });
  // Frames may come with the answer to the upgrade, so the listener is there before it.
  const kept = new CaseSocket(socket);
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve({ socket: kept }));
    socket.once("unexpected-response", (_, response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => resolve({ refused: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }));
    });
    socket.once("error", reject);
  });
}
