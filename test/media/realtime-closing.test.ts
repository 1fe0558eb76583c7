import { expect, test } from "vitest";
import { listenMedia } from "../../mock/doors/media-host.ts";
import { expectTone, synth } from "../../mock/media/index.ts";
import { createSandbox } from "../../mock/sandbox.ts";
import { Client, mediaSandbox, refusal } from "./support/client.ts";

test("MEDIA-WS-030: when the person hangs up the socket is closed with 1000 and call ended", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall("+5511900000001");
  const client = await sandbox.open(callId);
  await sandbox.advance("PT5S");
  expect(await client.closed).toEqual({ code: 1000, reason: "call ended" });
  const { sockets } = await sandbox.control.getMedia({ callId });
  expect(sockets).toEqual([
    {
      mode: "talk",
      openedAt: "2026-01-01T00:00:01.000Z",
      closedAt: "2026-01-01T00:00:06.000Z",
      code: 1000,
      reason: "call ended",
    },
  ]);
});

test("MEDIA-WS-030: when the business ends the call every socket is closed, and the timeline says so", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const clients = [await sandbox.open(callId, "talk"), await sandbox.open(callId, "listen")];
  await sandbox.api("evo", "POST", `/calls/${callId}/terminate`);
  for (const client of clients) expect(await client.closed).toEqual({ code: 1000, reason: "call ended" });
  const closed = (await sandbox.timeline(callId)).filter(({ name }) => name === "realtimeClosed");
  expect(closed.map(({ detail }) => detail)).toEqual([
    { mode: "talk", code: 1000, reason: "call ended", by: "sandbox" },
    { mode: "listen", code: 1000, reason: "call ended", by: "sandbox" },
  ]);
});

test("MEDIA-WS-031: in abrupt mode the connection is cut, and the client sees 1006", async () => {
  const sandbox = await mediaSandbox({ realtime: { callEnd: "abrupt" } });
  const callId = await sandbox.answeredCall();
  const client = await sandbox.open(callId);
  await sandbox.api("evo", "POST", `/calls/${callId}/terminate`);
  expect(await client.closed).toEqual({ code: 1006, reason: "" });
});

test("MEDIA-WS-032: when the media host closes every socket is closed with 1001, and no connection stays", async () => {
  const sandbox = await mediaSandbox();
  const client = await sandbox.open(await sandbox.answeredCall());
  await sandbox.host.close();
  expect(await client.closed).toEqual({ code: 1001, reason: "sandbox shuts down" });
});

test("MEDIA-WS-032: a world that is deleted closes its own sockets with 1001, and no other", async () => {
  const sandbox = await mediaSandbox();
  const { id, keys } = await sandbox.control.createWorld({ clock: "virtual" });
  const headers = { "x-api-key": keys.evo };
  const { body: call } = await sandbox.request("POST", "/v1/calls", { headers, body: { to: "+5511977776666" } });
  const { body: session } = await sandbox.request("POST", `/v1/calls/${call.id}/realtime-session`, {
    headers,
    body: {},
  });
  const there = await Client.open(session.wsUrl);
  const here = await sandbox.open(await sandbox.answeredCall());
  await sandbox.control.deleteWorld({ w: id });
  expect(await there.closed).toMatchObject({ code: 1001 });
  await here.settled();
  expect(here.socket.readyState).toBe(here.socket.OPEN);
});

test("MEDIA-WS-027: a second talk socket takes over, and what the first had queued is gone", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall("+5511900000005");
  const first = await sandbox.open(callId);
  await first.send(synth("1000/5000", { ms: 1_000 }));
  const second = await sandbox.open(callId);
  expect(await first.closed).toEqual({ code: 1000, reason: "replaced" });
  await second.send(synth("1700/5000", { ms: 1_000 }));
  await sandbox.advance("PT1.5S");
  await second.settled();
  expectTone(second.heard.subarray(8_100, 23_900), { hz: 1_700 });
  const { client: side } = await sandbox.control.getMedia({ callId });
  expect(side.droppedBytes).toBe(32_000);
});

test("MEDIA-WS-028: any number of listen sockets get every frame", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const clients = await Promise.all(Array.from({ length: 5 }, () => sandbox.open(callId, "listen")));
  await sandbox.advance("PT0.6S");
  await Promise.all(clients.map((client) => client.settled()));
  const expected = synth("turns", { ms: 600 });
  for (const client of clients) expect(client.heard).toEqual(expected);
});

test("MEDIA-WS-029: a client that closes its socket doesn't hang up, and a new token lets it back", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const client = await sandbox.open(callId);
  client.socket.close(1000, "bye");
  await client.closed;
  await sandbox.advance("PT1S");
  expect((await sandbox.api("evo", "GET", `/calls/${callId}`)).body.status).toBe("ACCEPTED");
  const again = await sandbox.open(callId);
  await sandbox.advance("PT0.12S");
  await again.settled();
  expect(again.frames).toHaveLength(2);
});

test("with hangUpOnTalkClose a client that closes its socket ends the call", async () => {
  const sandbox = await mediaSandbox({ realtime: { hangUpOnTalkClose: true } });
  const callId = await sandbox.answeredCall();
  const client = await sandbox.open(callId);
  client.socket.close();
  await client.closed;
  expect((await sandbox.api("evo", "GET", `/calls/${callId}`)).body.status).toBe("COMPLETED");
});

test("MEDIA-WS-033: the server sends no ping and answers every ping with its data", async () => {
  const sandbox = await mediaSandbox();
  const client = await sandbox.open(await sandbox.answeredCall());
  await sandbox.advance("PT1H");
  const pong = new Promise<string>((resolve) => client.socket.once("pong", (data) => resolve(data.toString())));
  client.socket.ping("42");
  expect(await pong).toBe("42");
  expect(client.pings).toBe(0);
});

test("MEDIA-WS-034: a socket that is silent for ten hours stays open", async () => {
  const sandbox = await mediaSandbox();
  const client = await sandbox.open(await sandbox.answeredCall());
  for (let hour = 0; hour < 10; hour++) await sandbox.advance("PT1H");
  await client.settled();
  expect(client.socket.readyState).toBe(client.socket.OPEN);
});

test.each([
  [{ idleSeconds: 30 }, "PT40S", "idle"],
  [{ mostSeconds: 60 }, "PT1M", "too long"],
] as const)("with %j a quiet socket is closed with 1000", async (realtime, by, reason) => {
  const sandbox = await mediaSandbox({ realtime });
  const client = await sandbox.open(await sandbox.answeredCall());
  await sandbox.advance(by);
  expect(await client.closed).toEqual({ code: 1000, reason });
});

test("with pingSeconds the server pings", async () => {
  const sandbox = await mediaSandbox({ realtime: { pingSeconds: 20 } });
  const client = await sandbox.open(await sandbox.answeredCall());
  await sandbox.advance("PT1M");
  await client.settled();
  expect(client.pings).toBe(3);
});

test("MEDIA-WS-035: a message of 1 MiB passes, a longer one closes with 1009, and the call goes on", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const client = await sandbox.open(callId);
  await client.send(new Uint8Array(2 ** 20));
  expect(client.socket.readyState).toBe(client.socket.OPEN);
  client.socket.send(new Uint8Array(10 * 2 ** 20));
  expect(await client.closed).toMatchObject({ code: 1009 });
  expect((await sandbox.api("evo", "GET", `/calls/${callId}`)).body.status).toBe("ACCEPTED");
});

test("MEDIA-WS-037: a client that never reads is closed once its queue is full", async () => {
  const sandbox = await mediaSandbox({ realtime: { mostUnreadBytes: 64_000, sampleRate: 48_000 } });
  const callId = await sandbox.answeredCall();
  const client = await sandbox.open(callId);
  client.socket.pause();
  // The operating system holds some megabytes of its own before anything is left over.
  const ended = async () => (await sandbox.control.getMedia({ callId })).sockets[0]?.closedAt !== null;
  for (let round = 0; round < 60 && !(await ended()); round++) await sandbox.advance("PT10S");
  const { sockets, person, warnings } = await sandbox.control.getMedia({ callId });
  expect(sockets).toMatchObject([{ code: 1013, reason: "client does not read" }]);
  expect(person.droppedBytes).toBe(5_760);
  expect(warnings.map(({ name }) => name)).toEqual(["clientDoesNotRead"]);
  expect((await sandbox.api("evo", "GET", `/calls/${callId}`)).body.status).toBe("ACCEPTED");
});

test.each([
  [{ clientText: "close" }, 1003, "text"],
  [{ clientFrames: "exact" }, 1007, new Uint8Array(640)],
  [{ oddBytes: "close" }, 1007, new Uint8Array(641)],
  [{ wavHeaders: "close" }, 1003, new TextEncoder().encode("RIFF....WAVEdata....")],
  [{ clientOverflow: "close" }, 1009, new Uint8Array(96_002)],
] as const)("with %j a client that does otherwise is closed with %i", async (realtime, code, message) => {
  const sandbox = await mediaSandbox({ realtime });
  const client = await sandbox.open(await sandbox.answeredCall());
  client.socket.send(message);
  expect(await client.closed).toMatchObject({ code });
});

test("with listenAudio close a listen socket that talks is closed with 1008", async () => {
  const sandbox = await mediaSandbox({ realtime: { listenAudio: "close" } });
  const client = await sandbox.open(await sandbox.answeredCall(), "listen");
  client.socket.send(new Uint8Array(2));
  expect(await client.closed).toEqual({ code: 1008, reason: "listen only" });
});

test("with secondTalk refuse and mostListeners 1 a second of either is a 409", async () => {
  const sandbox = await mediaSandbox({ realtime: { secondTalk: "refuse", mostListeners: 1 } });
  const callId = await sandbox.answeredCall();
  for (const mode of ["talk", "listen"] as const) {
    await sandbox.open(callId, mode);
    expect(await refusal((await sandbox.session(callId, mode)).wsUrl)).toMatchObject({ status: 409 });
  }
});

test("with greeting hello the format comes first, as text", async () => {
  const sandbox = await mediaSandbox({ realtime: { greeting: "hello", frameMs: 20 } });
  const client = await sandbox.open(await sandbox.answeredCall());
  await client.settled();
  expect(client.texts.map((text) => JSON.parse(text))).toEqual([
    { event: "hello", encoding: "pcm_s16le", sampleRate: 16_000, channels: 1, frameMs: 20 },
  ]);
});

test("with silence skip nothing is sent in the person's pauses", async () => {
  const sandbox = await mediaSandbox({ realtime: { silence: "skip" } });
  const client = await sandbox.open(await sandbox.answeredCall());
  await sandbox.advance("PT2.16S");
  await client.settled();
  expect(client.frames).toHaveLength(25);
});

test("a hundred sockets that come and go leave no timer, no peer and no byte behind", async () => {
  const sandbox = createSandbox({ clock: "virtual", seed: "coming and going" });
  const host = await listenMedia(sandbox, { host: "127.0.0.1", port: 0 });
  const headers = { "x-api-key": "ps_sandbox_evo", "content-type": "application/json" };
  const post = async (path: string, body: object): Promise<{ id: string; wsUrl: string }> => {
    const answer = await sandbox.app.request(`/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    return JSON.parse(await answer.text());
  };
  for (let round = 0; round < 10; round++) {
    const call = await post("/calls", { to: `+55119777766${10 + round}` });
    await sandbox.clock.advance(1_000);
    const clients = await Promise.all(
      Array.from({ length: 10 }, async () =>
        Client.open((await post(`/calls/${call.id}/realtime-session`, { mode: "listen" })).wsUrl),
      ),
    );
    await sandbox.clock.advance(600);
    await post(`/calls/${call.id}/terminate`, {});
    for (const client of clients) expect(await client.closed).toMatchObject({ code: 1000 });
  }
  expect(sandbox.clock.waiting).toBe(0);
  expect(sandbox.world.state.tokens.size).toBe(0);
  await host.close();
  await sandbox.close();
});
