import { createServer, type IncomingMessage } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { sandboxTarget } from "../../../contracts/conformance/targets/sandbox-target.ts";
import { portOf } from "../../../contracts/http/port-of.ts";
import { sendInProcess } from "../../../contracts/http/send.ts";
import { listening } from "../../../mock/doors/http.ts";
import { listenMedia } from "../../../mock/doors/media-host.ts";
import { createSandbox } from "../../../mock/sandbox.ts";
import { played } from "./stage.ts";

/** A sandbox with a media host. */
async function withMedia() {
  const sandbox = createSandbox({ validateResponses: true });
  const host = await listenMedia(sandbox, { host: "127.0.0.1", port: 0 });
  sandbox.setMediaUrl(host.url);
  onTestFinished(async () => {
    await host.close();
    await sandbox.close();
  });
  return sandboxTarget({
    send: sendInProcess(sandbox.app),
    control: sandbox.control,
    receiver: null,
    secrets: sandbox.secrets,
  });
}

/** A service of another kind: what it does with a socket, and the address at which it does. */
async function service(
  does: (socket: WebSocket, request: IncomingMessage) => void,
  options: { perMessageDeflate?: boolean } = {},
) {
  const server = createServer();
  const sockets = new WebSocketServer({ server, ...options }).on("connection", does);
  await listening(server, { host: "127.0.0.1", port: 0 });
  onTestFinished(() => {
    for (const client of sockets.clients) client.terminate();
    server.close();
  });
  return `ws://127.0.0.1:${portOf(server)}/`;
}

const session = `
- call: { direction: OUTBOUND, state: ACCEPTED }
- person: { action: speak, pattern: "echo:500" }
- send: POST /v1/calls/{callId}/realtime-session
  body: { mode: talk }
  expect: { status: 200 }
  capture: { wsUrl: wsUrl, token: token }`;

const run = async (steps: string) => played(`${session}\n${steps}`, await withMedia());

describe("a socket of a case", () => {
  it("opens at another path of the same host", async () => {
    const short = "/call/media/realtime/ws";
    const { failure } = await run(`
- { socket: a, open: "{wsUrl}", at: "${short}", refused: 401, answer: { error: not authorized } }
- { socket: a, open: "{wsUrl}", at: "${short}?token={token}" }`);
    expect(failure).toBeNull();
  });

  it("holds the body of a refused upgrade against the case", async () => {
    const { failure } = await run(
      `- { socket: a, open: "{wsUrl}", at: /call/media/realtime/ws, refused: 401, answer: { error: gone } }`,
    );
    expect(failure?.mismatches).toEqual([{ path: "error", expected: '"gone"', actual: '"not authorized"' }]);
  });

  it("sends sound behind the header of a WAV file", async () => {
    const { failure } = await run(`
- { socket: a, open: "{wsUrl}", say: { hz: 1000, for: 60ms, wavHeader: 24000 } }
- control: getMedia
  with: { callId: "{callId}" }
  answer: { warnings: [{ name: wavHeader, message: "/24000 Hz/" }] }`);
    expect(failure).toBeNull();
  });

  it("counts text and pings, which are no frames", async () => {
    const url = await service((socket) => {
      socket.send("hello");
      socket.ping();
      socket.send(new Uint8Array(1_920));
    });
    const step = (others: number) => `- { socket: a, open: "${url}", hear: { frames: 1, others: ${others} } }`;
    expect((await played(step(2))).failure).toBeNull();
    expect((await played(step(0))).failure?.mismatches).toEqual([{ path: "others", expected: "0", actual: "2" }]);
  });

  it("tells its origin, and what was agreed on", async () => {
    const origins: (string | undefined)[] = [];
    const keepOrigin = (_: WebSocket, { headers }: IncomingMessage) => origins.push(headers.origin);
    const plain = await service(keepOrigin);
    const compressing = await service(keepOrigin, { perMessageDeflate: true });
    const step = (url: string) =>
      `- { socket: a, open: "${url}", origin: https://a.example, agreed: { extensions: "", protocol: "" } }`;
    expect((await played(step(plain))).failure).toBeNull();
    const { failure } = await played(step(compressing));
    expect(failure?.mismatches).toEqual([{ path: "extensions", expected: "", actual: "permessage-deflate" }]);
    expect(origins).toEqual(["https://a.example", "https://a.example"]);
  });

  it("sees that it is closed because of what it says", async () => {
    const { failure } = await run(`- { socket: a, open: "{wsUrl}", say: { bytes: 1048578 }, closed: { code: 1009 } }`);
    expect(failure).toBeNull();
  });
});
