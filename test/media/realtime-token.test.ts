import { createConnection } from "node:net";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { mediaSandbox, refusal } from "./support/client.ts";
import { closed } from "./support/closed.ts";

const notAuthorized = { error: "not authorized" };

test("MEDIA-WS-002, MEDIA-WS-008, MEDIA-WS-010: a token opens one socket, and the second attempt is a 401 with its cause in the timeline", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const { wsUrl } = await sandbox.session(callId);
  expect(await refusal(wsUrl)).toBeNull();
  expect(await refusal(wsUrl)).toEqual({ status: 401, body: notAuthorized, behaviour: "MEDIA-WS-008" });
  const refused = (await sandbox.timeline(callId)).filter(({ name }) => name === "upgradeRefused");
  expect(refused).toMatchObject([
    {
      kind: "media",
      detail: { status: 401, cause: expect.stringContaining("This token was used at 2026-01-01T00:00:01.000Z") },
    },
  ]);
});

test("MEDIA-WS-003, MEDIA-WS-007, MEDIA-WS-010: a token ends 120 s after it was given, on the world's clock", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const [early, late] = [await sandbox.session(callId), await sandbox.session(callId)];
  await sandbox.advance("PT119.999S");
  expect(await refusal(early.wsUrl)).toBeNull();
  await sandbox.advance("PT0.001S");
  expect(await refusal(late.wsUrl)).toEqual({ status: 401, body: notAuthorized, behaviour: "MEDIA-WS-007" });
  const refused = (await sandbox.timeline(callId)).filter(({ name }) => name === "upgradeRefused");
  expect(refused.map(({ detail }) => detail["cause"])).toEqual([
    expect.stringContaining("ended at 2026-01-01T00:02:01.000Z"),
  ]);
});

test("MEDIA-WS-004: an open socket outlives its token, and a failed handshake doesn't spend it", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const { wsUrl } = await sandbox.session(callId);
  const { host, port, pathname, search } = new URL(wsUrl);
  const raw = createConnection(Number(port), "127.0.0.1");
  raw.write(
    `GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n\r\n`,
  );
  const answer = await new Promise<string>((resolve) => raw.once("data", (data) => resolve(data.toString())));
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  const socket = new WebSocket(wsUrl);
  await new Promise((resolve) => socket.once("open", resolve));
  await sandbox.advance("PT10M");
  expect(socket.readyState).toBe(WebSocket.OPEN);
  socket.terminate();
});

test("a snapshot brings a call back with its tokens, and its timeline goes on", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const { wsUrl } = await sandbox.session(callId);
  const snapshot = await sandbox.control.getSnapshot();
  await sandbox.api("evo", "POST", `/calls/${callId}/terminate`);
  expect(await refusal(wsUrl)).toMatchObject({ status: 404, behaviour: "MEDIA-WS-009" });
  await sandbox.control.putSnapshot(snapshot);
  expect(await refusal(wsUrl)).toBeNull();
  expect((await sandbox.timeline(callId)).map(({ name }) => name)).toContain("realtimeOpened");
});

test("MEDIA-WS-005, MEDIA-WS-010: no token is a 401 before the upgrade", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const { wsUrl } = await sandbox.session(callId);
  const bare = wsUrl.split("?")[0] ?? "";
  const expected = { status: 401, body: notAuthorized, behaviour: "MEDIA-WS-005" };
  expect(await refusal(bare)).toEqual(expected);
  expect(await refusal(`${bare}?token=`)).toEqual(expected);
  const refused = (await sandbox.timeline(callId)).filter(({ name }) => name === "upgradeRefused");
  expect(refused.map(({ detail }) => detail["cause"])).toEqual(Array(2).fill("There was no token in the query."));
});

test("MEDIA-WS-006, MEDIA-WS-010: an unknown token is a 401, noted where the path names a call", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const { wsUrl } = await sandbox.session(callId);
  const expected = { status: 401, body: notAuthorized, behaviour: "MEDIA-WS-006" };
  expect(await refusal(wsUrl.replace(/token=.*/, "token=0000"))).toEqual(expected);
  expect(await refusal(`${sandbox.host.url}/call/media/realtime/ws?token=0000`)).toEqual(expected);
  const refused = (await sandbox.timeline(callId)).filter(({ name }) => name === "upgradeRefused");
  expect(refused.map(({ detail }) => detail["cause"])).toEqual(["No such token was ever given."]);
});

test("MEDIA-WS-009, MEDIA-WS-010: an upgrade for a call that has ended is a 404", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const { wsUrl } = await sandbox.session(callId);
  await sandbox.api("evo", "POST", `/calls/${callId}/terminate`);
  expect(await refusal(wsUrl)).toEqual({ status: 404, body: { error: "call not found" }, behaviour: "MEDIA-WS-009" });
  const refused = (await sandbox.timeline(callId)).filter(({ name }) => name === "upgradeRefused");
  expect(refused.map(({ detail }) => detail["cause"])).toEqual(["The call has ended."]);
});

test("MEDIA-WS-009: so it is for a call that a reset has taken away", async () => {
  const sandbox = await mediaSandbox();
  const { wsUrl } = await sandbox.session(await sandbox.answeredCall());
  await sandbox.control.resetWorld();
  expect(await refusal(wsUrl)).toMatchObject({ status: 404, behaviour: "MEDIA-WS-009" });
});

test.each([
  ["the short path", (url: string, token: string) => `${url}/call/media/realtime/ws?token=${token}`],
  [
    "any instance and call in the long one",
    (url: string, token: string) => `${url}/call/media/realtime/ws/other/call?token=${token}`,
  ],
])("MEDIA-WS-011: %s will do, because the token alone decides", async (_, path) => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const { token } = await sandbox.session(callId);
  expect(await refusal(path(sandbox.host.url, token))).toBeNull();
  expect((await sandbox.control.getMedia({ callId })).sockets).toHaveLength(1);
});

test("another path on the media host is a 404 that names the right one, and plain HTTP is told to upgrade", async () => {
  const sandbox = await mediaSandbox();
  expect(await refusal(`${sandbox.host.url}/v1/calls`)).toMatchObject({
    status: 404,
    body: { error: expect.stringContaining("/call/media/realtime/ws") },
  });
  const origin = sandbox.host.url.replace("ws:", "http:");
  expect((await fetch(`${origin}/call/media/realtime/ws?token=1`)).status).toBe(426);
  expect((await fetch(`${origin}/v1/calls`)).status).toBe(404);
});

test("MEDIA-WS-036: any Origin is welcome, and there is no compression and no subprotocol", async () => {
  const sandbox = await mediaSandbox();
  const { wsUrl } = await sandbox.session(await sandbox.answeredCall());
  const socket = new WebSocket(wsUrl, { origin: "https://elsewhere.example", perMessageDeflate: true });
  const upgraded = new Promise<Record<string, unknown>>((resolve) =>
    socket.once("upgrade", ({ headers }) => resolve(headers)),
  );
  const headers = await upgraded;
  expect(headers["sec-websocket-extensions"]).toBeUndefined();
  expect(headers["sec-websocket-protocol"]).toBeUndefined();
  expect(socket.extensions).toBe("");
  socket.terminate();
});

test.each([
  [1008, "not authorized"],
  [4001, "not authorized"],
] as const)("with badToken %i the socket opens and closes with that code", async (badToken, reason) => {
  const sandbox = await mediaSandbox({ realtime: { badToken } });
  const socket = new WebSocket(`${sandbox.host.url}/call/media/realtime/ws?token=0`);
  expect(await closed(socket)).toEqual({ code: badToken, reason });
});

test("with callGone 4004 the socket of an ended call opens and closes with that code", async () => {
  const sandbox = await mediaSandbox({ realtime: { callGone: 4004 } });
  const callId = await sandbox.answeredCall();
  const { wsUrl } = await sandbox.session(callId);
  await sandbox.api("evo", "POST", `/calls/${callId}/terminate`);
  expect(await closed(new WebSocket(wsUrl))).toEqual({ code: 4004, reason: "call not found" });
});

test("with beforeAnswer refuse there is no socket until the answer, and the token stays good", async () => {
  const sandbox = await mediaSandbox({ realtime: { beforeAnswer: "refuse" } });
  const { wsUrl } = await sandbox.session(await sandbox.placeCall());
  expect(await refusal(wsUrl)).toMatchObject({ status: 409 });
  await sandbox.advance("PT1S");
  expect(await refusal(wsUrl)).toBeNull();
});

test("with tokenSpentBy attempt a refused attempt spends the token", async () => {
  const sandbox = await mediaSandbox({ realtime: { beforeAnswer: "refuse", tokenSpentBy: "attempt" } });
  const { wsUrl } = await sandbox.session(await sandbox.placeCall());
  expect(await refusal(wsUrl)).toMatchObject({ status: 409 });
  await sandbox.advance("PT1S");
  expect(await refusal(wsUrl)).toMatchObject({ status: 401, behaviour: "MEDIA-WS-008" });
});

test("MEDIA-WS-043: a call keeps its last 1,000 tokens, and an older one counts as never given", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const sessions = [];
  for (let count = 0; count < 1_001; count++) sessions.push(await sandbox.session(callId));
  const [oldest, second] = sessions;
  expect(sandbox.world.state.tokens.size).toBe(1_000);
  expect(await refusal(oldest?.wsUrl ?? "")).toMatchObject({ status: 401, behaviour: "MEDIA-WS-006" });
  expect(await refusal(second?.wsUrl ?? "")).toBeNull();
});
