import { setupServer } from "msw/node";
import { expect, onTestFinished, test } from "vitest";
import { handlersFor } from "../../mock/doors/msw.ts";
import { expectTone } from "../../mock/media/index.ts";
import { synth } from "../../mock/media/voice/synth.ts";
import type { SandboxOptions } from "../../mock/sandbox-options.ts";
import { keys, testSandbox } from "../support/sandbox.ts";

/** A sandbox that answers this process's `fetch` and `WebSocket`, with a call that was just answered. */
async function inProcess(options: SandboxOptions = {}) {
  const sandbox = testSandbox(options);
  const server = setupServer(...handlersFor(sandbox));
  server.listen();
  onTestFinished(() => server.close());
  const post = async (path: string, body: object) => {
    const headers = { "x-api-key": keys.evo, "content-type": "application/json" };
    const answer = await fetch(`https://pilotstatus.com.br/v1${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return JSON.parse(await answer.text());
  };
  const { id: callId } = await post("/calls", { to: "+5511977776666" });
  await sandbox.advance("PT1S");
  const session = async (mode = "talk"): Promise<string> =>
    (await post(`/calls/${callId}/realtime-session`, { mode })).wsUrl;
  return { ...sandbox, callId: String(callId), post, session };
}

/** Node's own WebSocket, and what it tells its program. */
function program(url: string) {
  const socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  const frames: Int16Array[] = [];
  const told: string[] = [];
  const opened = new Promise<void>((resolve) => socket.addEventListener("open", () => resolve()));
  const closed = new Promise<string>((resolve) =>
    socket.addEventListener("close", ({ code, reason }) => {
      told.push("close");
      resolve(`${code} ${reason}`);
    }),
  );
  socket.addEventListener("open", () => told.push("open"));
  socket.addEventListener("error", () => told.push("error"));
  socket.addEventListener("message", ({ data }) => frames.push(new Int16Array(data)));
  return { socket, frames, told, opened, closed };
}

const join = (frames: readonly Int16Array[]) => Int16Array.from(frames.flatMap((frame) => [...frame]));

test("MEDIA-WS-012, MEDIA-WS-014: a WebSocket of Node's hears the person without a port, in frames of 60 ms", async () => {
  const { session, advance } = await inProcess();
  const { opened, frames } = program(await session());
  await opened;
  await advance("PT1.5S");
  expect(frames).toHaveLength(25);
  expect(frames.map((frame) => frame.length)).toEqual(Array(25).fill(960));
  expectTone(join(frames), { hz: 500, sampleRate: 16_000 });
});

test("MEDIA-WS-025: what the program sends, as a view, a buffer or a Blob, is heard in the order it was sent", async () => {
  const { session, advance, callId, control } = await inProcess();
  const { socket, opened } = program(await session());
  await opened;
  const [first, second, third] = [1_000, 1_400, 900].map((hz) => synth(`${hz}/1000`, { ms: 1_000 }));
  if (first === undefined || second === undefined || third === undefined) throw new Error("No sound");
  socket.send(new Blob([first]));
  socket.send(second);
  socket.send(Uint8Array.from(new Uint8Array(third.buffer)).buffer);
  await new Promise((resolve) => setImmediate(resolve));
  await advance("PT3S");
  const { client } = await control.getMedia({ callId });
  expect(client).toMatchObject({ messages: 3, bytes: 3 * 32_000, droppedBytes: 0 });
  // The call was answered just now, so the first second of the recording is the first that was sent.
  expect(client.dominantHz).toEqual([1_000, 1_400, 900]);
});

test("MEDIA-WS-008, MEDIA-WS-006: a spent token and an unknown one are an error and 1006, as a browser sees a 401", async () => {
  const { session, control, callId } = await inProcess();
  const url = await session();
  await program(url).opened;
  const second = program(url);
  expect(await second.closed).toBe("1006 ");
  expect(second.told).toEqual(["error", "close"]);
  const unknown = program(url.replace(/token=.*/, "token=00"));
  expect(await unknown.closed).toBe("1006 ");
  const { entries } = await control.getTimeline({ callId });
  const refused = entries.filter(({ name }) => name === "upgradeRefused").map(({ detail }) => detail["behaviour"]);
  expect(refused).toEqual(["MEDIA-WS-008", "MEDIA-WS-006"]);
});

test("MEDIA-WS-006: where the options say so the socket opens and closes with 1008", async () => {
  const { session } = await inProcess({ realtime: { badToken: 1008 } });
  const refused = program((await session()).replace(/token=.*/, "token=00"));
  expect(await refused.closed).toBe("1008 not authorized");
  expect(refused.told).toEqual(["open", "close"]);
});

test("MEDIA-WS-030: the hang-up closes it with 1000", async () => {
  const { session, post, callId } = await inProcess();
  const { opened, closed } = program(await session());
  await opened;
  await post(`/calls/${callId}/terminate`, {});
  expect(await closed).toBe("1000 call ended");
});

test("MEDIA-WS-031: in abrupt mode the program sees an error and 1006", async () => {
  const { session, post, callId } = await inProcess({ realtime: { callEnd: "abrupt" } });
  const { opened, closed, told } = program(await session());
  await opened;
  await post(`/calls/${callId}/terminate`, {});
  expect(await closed).toBe("1006 ");
  expect(told).toEqual(["open", "error", "close"]);
});

test("MEDIA-WS-032: a sandbox that is closed closes it with 1001", async () => {
  const { session, close } = await inProcess();
  const { opened, closed } = program(await session());
  await opened;
  await close();
  expect(await closed).toBe("1001 sandbox shuts down");
});

test("MEDIA-WS-019, MEDIA-WS-035: text is counted, and a message that is too long closes with 1009", async () => {
  const { session, callId, control } = await inProcess();
  const { socket, opened, closed } = program(await session());
  await opened;
  socket.send("hello");
  await new Promise((resolve) => setImmediate(resolve));
  expect((await control.getMedia({ callId })).warnings.map(({ name }) => name)).toEqual(["textFrame"]);
  socket.send(new Uint8Array(2 ** 20 + 2));
  expect(await closed).toBe("1009 ");
});

test("MEDIA-WS-029: a program that closes its socket leaves the call as it is, and gets another one", async () => {
  const { session, api, callId } = await inProcess();
  const first = program(await session());
  await first.opened;
  first.socket.close();
  await first.closed;
  expect((await api("evo", "GET", `/calls/${callId}`)).body.status).toBe("ACCEPTED");
  const second = program(await session());
  await second.opened;
  expect(second.told).toEqual(["open"]);
});
