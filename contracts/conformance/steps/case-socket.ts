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
  /** How many messages came that are no frames: text and pings. */
  others = 0;
  closed: { readonly code: number; readonly reason: string } | null = null;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data, isBinary) => {
      if (isBinary && Buffer.isBuffer(data)) this.frames.push(data);
      else this.others++;
    });
    socket.on("ping", () => this.others++);
    socket.on("close", (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
    socket.on("error", () => {});
  }

  /** Resolves once the bytes are with the operating system. */
  send(data: Uint8Array | string): Promise<void> {
    return new Promise((resolve, reject) => this.#socket.send(data, (error) => (error ? reject(error) : resolve())));
  }

  /** What both sides agreed on in the upgrade. */
  get agreed(): { readonly extensions: string; readonly protocol: string } {
    const { extensions, protocol } = this.#socket;
    return { extensions, protocol };
  }

  /**
   * Waits until the service has taken everything sent so far: it answers pings in their order.
   *
   * @returns whether it has, or has closed the socket meanwhile
   */
  async taken(): Promise<boolean> {
    if (this.#socket.readyState !== WebSocket.OPEN) return true;
    this.#socket.ping();
    const enough = new AbortController();
    const signal = AbortSignal.any([enough.signal, AbortSignal.timeout(patienceMs)]);
    const ended = ["pong", "close"].map((event) => once(this.#socket, event, { signal }));
    const taken = await Promise.race(ended).then(
      () => true,
      () => false,
    );
    // The other one is waited for no longer, and its rejection is nobody's concern.
    for (const each of ended) each.catch(() => null);
    enough.abort();
    return taken;
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
 * @param origin the page's origin, as a browser tells it; a program tells none
 * @throws when there is no answer at all
 */
export function openSocket(url: URL, origin?: string): Promise<Opened> {
  const socket = new WebSocket(url, {
    handshakeTimeout: patienceMs,
    maxPayload: 1024 * 1024,
    ...(origin === undefined ? {} : { origin }),
  });
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
