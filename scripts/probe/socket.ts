import { type RawData, WebSocket } from "ws";

/** A message of the server, with its moment in milliseconds since the socket opened. */
export interface Received {
  readonly atMs: number;
  readonly bytes: number;
  /** Null when it was binary. */
  readonly text: string | null;
}

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** How an attempt at a socket was answered before there was one. */
export interface Refused {
  readonly status: number;
  readonly body: string;
}

/** One socket of the probe, which writes down everything that happens on it. */
export class ProbeSocket {
  readonly received: Received[] = [];
  readonly pingsAtMs: number[] = [];
  readonly #socket: WebSocket;
  readonly #closed: Promise<Closed>;
  #openedAt = 0;
  #end: Closed | null = null;
  #refused: Refused | null = null;

  constructor(url: string) {
    this.#socket = new WebSocket(url, { handshakeTimeout: 10_000 });
    // The cause follows as a refusal or as a close; there is nothing to add to those.
    this.#socket.on("error", () => undefined);
    this.#socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    this.#socket.on("ping", () => this.pingsAtMs.push(performance.now() - this.#openedAt));
    this.#closed = new Promise((resolve) => {
      this.#socket.on("close", (code, reason) => {
        this.#end = { code, reason: reason.toString() };
        resolve(this.#end);
      });
    });
  }

  /** Resolves when there is a socket, or when it is sure that there will be none. */
  async opened(): Promise<Refused | null> {
    await new Promise<void>((resolve) => {
      this.#socket.on("open", () => {
        this.#openedAt = performance.now();
        resolve();
      });
      this.#socket.on("unexpected-response", (request, response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (text: string) => {
          body = (body + text).slice(0, 1_000);
        });
        response.on("close", () => {
          this.#refused = { status: response.statusCode ?? 0, body };
          request.destroy();
          resolve();
        });
      });
      this.#socket.on("close", () => resolve());
    });
    if (this.#openedAt > 0) return null;
    return this.#refused ?? { status: 0, body: "" };
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  get extensions(): string {
    return this.#socket.extensions;
  }

  /** Null while it is open. */
  get end(): Closed | null {
    return this.#end;
  }

  /** Resolves with the close, or with null when it is still open after so many milliseconds. */
  async closedWithin(ms: number): Promise<Closed | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), ms);
    });
    const first = await Promise.race([this.#closed, late]);
    clearTimeout(timer);
    return first;
  }

  send(data: Uint8Array | string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(data);
  }

  /** Ends it from this side. */
  async close(): Promise<void> {
    this.#socket.close(1000);
    if ((await this.closedWithin(2_000)) === null) this.#socket.terminate();
  }

  #receive(data: RawData, isBinary: boolean): void {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);
    const atMs = performance.now() - this.#openedAt;
    this.received.push({ atMs, bytes: bytes.length, text: isBinary ? null : bytes.toString() });
  }
}
