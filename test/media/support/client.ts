import { once } from "node:events";
import { onTestFinished } from "vitest";
import { type RawData, WebSocket } from "ws";
import { listenMedia, type MediaHost } from "../../../mock/doors/media-host.ts";
import type { SandboxOptions } from "../../../mock/sandbox-options.ts";
import { type TestSandbox, testSandbox } from "../../support/sandbox.ts";
import { closed } from "./closed.ts";

/** A sandbox with a media host on a free port of the loopback. */
export interface MediaSandbox extends TestSandbox {
  readonly host: MediaHost;
  /** A call from EVO_GO that was placed; it is answered once a second has passed. */
  placeCall(to?: string): Promise<string>;
  /** A call that was answered just now. */
  answeredCall(to?: string): Promise<string>;
  /** What realtime-session answers. */
  session(callId: string, mode?: "talk" | "listen"): Promise<{ wsUrl: string; token: string }>;
  /** Opens a socket on a call. */
  open(callId: string, mode?: "talk" | "listen"): Promise<Client>;
  timeline(callId: string): Promise<readonly { kind: string; name: string; detail: Record<string, unknown> }[]>;
}

export async function mediaSandbox(options: SandboxOptions = {}): Promise<MediaSandbox> {
  const sandbox = testSandbox(options);
  const host = await listenMedia(sandbox, { host: "127.0.0.1", port: 0 });
  onTestFinished(() => host.close());
  const session: MediaSandbox["session"] = async (callId, mode = "talk") =>
    (await sandbox.api("evo", "POST", `/calls/${callId}/realtime-session`, { mode })).body;
  const placeCall: MediaSandbox["placeCall"] = async (to = "+5511977776666") =>
    (await sandbox.api("evo", "POST", "/calls", { to })).body.id;
  return {
    ...sandbox,
    host,
    session,
    placeCall,
    answeredCall: async (to) => {
      const callId = await placeCall(to);
      await sandbox.advance("PT1S");
      return callId;
    },
    open: async (callId, mode) => Client.open((await session(callId, mode)).wsUrl),
    timeline: async (callId) => (await sandbox.control.getTimeline({ callId })).entries,
  };
}

/** A client of the realtime socket that keeps what it gets. */
export class Client {
  readonly frames: Buffer[] = [];
  readonly texts: string[] = [];
  readonly socket: WebSocket;
  /** Code and reason, once the socket has closed. */
  readonly closed: Promise<{ code: number; reason: string }>;
  pings = 0;

  constructor(url: string) {
    this.socket = new WebSocket(url);
    this.socket.on("message", (data: RawData, isBinary: boolean) => {
      const bytes = Buffer.isBuffer(data) ? data : Buffer.from(data as ArrayBuffer);
      if (isBinary) this.frames.push(bytes);
      else this.texts.push(bytes.toString());
    });
    this.socket.on("ping", () => this.pings++);
    this.socket.on("error", () => undefined);
    this.closed = closed(this.socket);
    onTestFinished(() => this.socket.terminate());
  }

  static async open(url: string): Promise<Client> {
    const client = new Client(url);
    await once(client.socket, "open");
    return client;
  }

  /** Everything heard so far, as samples. */
  get heard(): Int16Array {
    const bytes = new Uint8Array(Buffer.concat(this.frames));
    return new Int16Array(bytes.buffer);
  }

  /** Resolves when everything that was sent has reached the sandbox, and everything it sent has come here. */
  async settled(): Promise<void> {
    const pong = once(this.socket, "pong");
    this.socket.ping();
    await pong;
  }

  async send(data: Int16Array | Uint8Array | string): Promise<void> {
    this.socket.send(typeof data === "string" ? data : new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    await this.settled();
  }
}

/** How the sandbox answers an upgrade that it refuses; null when it opened the socket. */
export async function refusal(url: string): Promise<{ status: number; body: unknown; behaviour: unknown } | null> {
  const socket = new WebSocket(url);
  socket.on("error", () => undefined);
  return new Promise((resolve) => {
    socket.once("open", () => {
      socket.terminate();
      resolve(null);
    });
    socket.once("unexpected-response", (_, response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          body: JSON.parse(text),
          behaviour: response.headers["x-sandbox-behaviour"],
        }),
      );
    });
  });
}
