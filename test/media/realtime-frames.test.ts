import { expect, test } from "vitest";
import { expectTone, goertzel, synth } from "../../mock/media/index.ts";
import { isSilent } from "../../mock/media/pcm/level.ts";
import { mediaSandbox } from "./support/client.ts";

test("MEDIA-WS-001, MEDIA-WS-012, MEDIA-WS-013, MEDIA-WS-014: wsUrl opens, and sends 60 ms frames of 1,920 raw bytes", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const client = await sandbox.open(callId);
  expect(client.socket.url.startsWith(`${sandbox.host.url}/call/media/realtime/ws/`)).toBe(true);
  await sandbox.advance("PT0.6S");
  await client.settled();
  expect(client.frames.map(({ length }) => length)).toEqual(Array(10).fill(1_920));
  expectTone(client.heard.subarray(960), { hz: 500, sampleRate: 16_000 });
});

test.each([
  [8_000, 960],
  [24_000, 2_880],
  [48_000, 5_760],
] as const)("MEDIA-WS-013: at %i Hz a frame has %i bytes and the same pitch", async (sampleRate, bytes) => {
  const sandbox = await mediaSandbox({ realtime: { sampleRate } });
  const client = await sandbox.open(await sandbox.answeredCall());
  await sandbox.advance("PT0.6S");
  await client.settled();
  expect(client.frames.map(({ length }) => length)).toEqual(Array(10).fill(bytes));
  expectTone(client.heard.subarray(bytes), { hz: 500, sampleRate });
});

test("MEDIA-TONE-001, MEDIA-TONE-004: the frames are the person's turns without a seam", async () => {
  const sandbox = await mediaSandbox();
  const client = await sandbox.open(await sandbox.answeredCall());
  await sandbox.advance("PT6S");
  await client.settled();
  expect(client.frames).toHaveLength(100);
  expect(client.heard).toEqual(synth("turns", { ms: 6_000 }));
});

test("MEDIA-WS-020, MEDIA-WS-018: a socket opened later joins in time, silence included, and gets no text", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall("+5511900000006");
  await sandbox.advance("PT2.01S");
  const client = await sandbox.open(callId);
  await sandbox.advance("PT1S");
  await client.settled();
  // Frames end at multiples of 60 ms after the answer: 2,040 to 3,000.
  expect(client.frames).toHaveLength(17);
  expect(isSilent(client.heard)).toBe(true);
  expect(client.texts).toEqual([]);
});

test("MEDIA-WS-021: a socket opened before the answer stays without audio until then", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.placeCall();
  const client = await sandbox.open(callId);
  await sandbox.advance("PT0.999S");
  await client.send(synth("1000/1000", { ms: 60 }));
  expect(client.frames).toHaveLength(0);
  await sandbox.advance("PT0.061S");
  await client.settled();
  expect(client.frames).toHaveLength(1);
  const { client: side, warnings } = await sandbox.control.getMedia({ callId });
  expect(side).toMatchObject({ frames: 0, ignoredBytes: 1_920 });
  expect(warnings.map(({ name }) => name)).toEqual(["audioBeforeAnswer"]);
});

test("MEDIA-TONE-002: two calls at once have two tones", async () => {
  const sandbox = await mediaSandbox();
  const first = await sandbox.open(await sandbox.answeredCall());
  const second = await sandbox.open(await sandbox.answeredCall("+5511977776667"));
  await sandbox.advance("PT0.3S");
  await Promise.all([first.settled(), second.settled()]);
  expectTone(second.heard.subarray(960), { hz: 550 });
  expect(goertzel(first.heard, 16_000, 550)).toBeLessThan(-60);
});

test("CLOCK-017: one advance puts 10 s of audio into a socket and then jumps", async () => {
  const sandbox = await mediaSandbox();
  const client = await sandbox.open(await sandbox.answeredCall());
  await sandbox.advance("PT24H");
  await client.settled();
  expect(client.frames).toHaveLength(167);
  await sandbox.advance("PT0.6S");
  await client.settled();
  expect(client.frames).toHaveLength(177);
});

test("MEDIA-WS-038: frames on a real clock keep to absolute deadlines", async () => {
  const sandbox = await mediaSandbox({ clock: "real", realtime: { frameMs: 20 } });
  const callId = await sandbox.placeCall();
  await sandbox.control.actAsPerson({ callId, action: "answer" });
  const answered = performance.now();
  const client = await sandbox.open(callId);
  const arrivals: number[] = [];
  await new Promise<void>((resolve) => {
    client.socket.on("message", () => {
      arrivals.push(performance.now());
      if (arrivals.length === 50) resolve();
    });
  });
  const first = arrivals[0] ?? 0;
  const last = arrivals.at(-1) ?? 0;
  // A timer that waits 20 ms after each frame is late by a millisecond every time; deadlines don't add that up.
  expect(last - first).toBeGreaterThan(49 * 20 - 60);
  expect(last - answered).toBeGreaterThanOrEqual(980);
  const { person } = await sandbox.control.getMedia({ callId });
  expect(person.frames).toBeGreaterThanOrEqual(50);
});

test("MEDIA-WS-001: Node's own WebSocket hears the same", async () => {
  const sandbox = await mediaSandbox();
  const { wsUrl } = await sandbox.session(await sandbox.answeredCall());
  const socket = new WebSocket(wsUrl);
  socket.binaryType = "arraybuffer";
  const frames: ArrayBuffer[] = [];
  const got = new Promise<void>((resolve) => {
    socket.addEventListener("message", ({ data }) => {
      frames.push(data);
      if (frames.length === 5) resolve();
    });
  });
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  await sandbox.advance("PT0.3S");
  await got;
  expectTone(new Int16Array(frames[2] ?? new ArrayBuffer(0)), { hz: 500 });
  socket.close();
});
