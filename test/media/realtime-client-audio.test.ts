import { expect, test } from "vitest";
import { expectTone, readWav, synth, toWav } from "../../mock/media/index.ts";
import { isSilent } from "../../mock/media/pcm/level.ts";
import { mediaSandbox } from "./support/client.ts";

const echo = "+5511900000005";
const bytesOf = (pcm: Int16Array) => new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength);
const tone = (ms: number, hz = 1_000) => synth(`${hz}/3600000`, { ms });

test("MEDIA-WS-012, MEDIA-WS-015, MEDIA-TONE-009: frames of any even length are framed anew, and the echo gives back the same samples", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall(echo);
  const client = await sandbox.open(callId);
  const spoken = synth("speech", { ms: 600 });
  for (const [from, to] of [
    [0, 1],
    [1, 320],
    [320, 321],
    [321, 2_921],
    [2_921, 9_600],
  ] as const)
    await client.send(spoken.subarray(from, to));
  await sandbox.advance("PT1.2S");
  await client.settled();
  expect(client.heard.subarray(0, 8_000)).toEqual(new Int16Array(8_000));
  expect(client.heard.subarray(8_000, 17_600)).toEqual(spoken);
  const { client: side } = await sandbox.control.getMedia({ callId });
  expect(side).toMatchObject({ messages: 5, bytes: 19_200, frames: 10, droppedBytes: 0, underruns: 0 });
});

test("MEDIA-WS-016: the odd byte is held for the next message, with a warning", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall(echo);
  const client = await sandbox.open(callId);
  const bytes = bytesOf(tone(120));
  await client.send(bytes.subarray(0, 1_921));
  await client.send(bytes.subarray(1_921, 1_922));
  await client.send(bytes.subarray(1_922));
  await sandbox.advance("PT0.66S");
  await client.settled();
  expect(client.heard.subarray(8_000, 9_920)).toEqual(tone(120));
  const { warnings } = await sandbox.control.getMedia({ callId });
  expect(warnings).toMatchObject([{ name: "oddBytes", count: 2, message: expect.stringContaining("1921 bytes") }]);
  expect((await sandbox.timeline(callId)).filter(({ kind }) => kind === "warning")).toMatchObject([
    { name: "oddBytes" },
  ]);
});

test("MEDIA-WS-017: a WAV header in every message is reported with its rate and skipped", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall(echo);
  const client = await sandbox.open(callId);
  const voice = tone(120);
  await client.send(toWav([voice.subarray(0, 960)], 24_000));
  await client.send(toWav([voice.subarray(960)], 24_000));
  await sandbox.advance("PT0.66S");
  await client.settled();
  expect(client.heard.subarray(8_000, 9_920)).toEqual(voice);
  const { warnings } = await sandbox.control.getMedia({ callId });
  expect(warnings).toMatchObject([{ name: "wavHeader", count: 2, message: expect.stringContaining("say 24000 Hz") }]);
});

test("MEDIA-WS-019: text is ignored and counted", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const client = await sandbox.open(callId);
  await client.send('{"event":"start"}');
  await client.send("hello");
  const { client: side, warnings } = await sandbox.control.getMedia({ callId });
  expect(side).toMatchObject({ messages: 0, frames: 0 });
  expect(warnings).toMatchObject([{ name: "textFrame", count: 2 }]);
});

test("MEDIA-WS-022: 3 s are kept, beyond that the newest is dropped and counted", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall(echo);
  const client = await sandbox.open(callId);
  await client.send(tone(2_000, 1_000));
  await client.send(tone(2_000, 1_700));
  await sandbox.advance("PT4.5S");
  await client.settled();
  const ms = 16;
  expectTone(client.heard.subarray(520 * ms, 2_480 * ms), { hz: 1_000 });
  expectTone(client.heard.subarray(2_520 * ms, 3_480 * ms), { hz: 1_700 });
  expect(isSilent(client.heard.subarray(3_510 * ms))).toBe(true);
  const { client: side, warnings } = await sandbox.control.getMedia({ callId });
  expect(side).toMatchObject({ bytes: 128_000, droppedBytes: 32_000, frames: 50 });
  expect(warnings).toMatchObject([{ name: "clientTooFast", count: 1 }]);
});

test.each([
  ["drop-oldest", 1_700],
  ["drop-newest", 1_000],
] as const)("with clientOverflow %s what is left begins with %i Hz", async (clientOverflow, hz) => {
  const sandbox = await mediaSandbox({ realtime: { clientQueueMs: 600, clientOverflow } });
  const client = await sandbox.open(await sandbox.answeredCall(echo));
  await client.send(tone(600, 1_000));
  await client.send(tone(600, 1_700));
  await sandbox.advance("PT1.2S");
  await client.settled();
  expectTone(client.heard.subarray(8_160, 17_400), { hz });
});

test("ten thousand tiny messages at once leave nothing behind but their sound", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall(echo);
  const client = await sandbox.open(callId);
  const spoken = tone(1_250);
  for (let at = 0; at < spoken.length; at += 2) client.socket.send(bytesOf(spoken.subarray(at, at + 2)));
  await client.settled();
  await sandbox.advance("PT1.8S");
  await client.settled();
  expect(client.heard.subarray(8_000, 28_000)).toEqual(spoken);
  const { client: side } = await sandbox.control.getMedia({ callId });
  expect(side).toMatchObject({ messages: 10_000, bytes: 40_000, droppedBytes: 0 });
});

test("MEDIA-WS-023, MEDIA-WS-024: when the client stops, what is queued plays, and then the person hears silence", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const client = await sandbox.open(callId);
  await client.send(tone(600));
  await client.send('{"action":"clear"}');
  await sandbox.advance("PT3S");
  const recording = new Int16Array((await (await sandbox.control.getAudio({ callId })).arrayBuffer()).slice(44));
  const left = recording.filter((_, index) => index % 2 === 0);
  expect(left.subarray(0, 9_600)).toEqual(tone(600));
  expect(isSilent(left.subarray(9_600))).toBe(true);
  expect(left.length).toBe(48_000);
});

test("with clientText clear a clear command empties the queue", async () => {
  const sandbox = await mediaSandbox({ realtime: { clientText: "clear" } });
  const callId = await sandbox.answeredCall();
  const client = await sandbox.open(callId);
  await client.send(tone(600));
  await client.send('{"action":"clear"}');
  await sandbox.advance("PT1S");
  const { client: side } = await sandbox.control.getMedia({ callId });
  expect(side).toMatchObject({ frames: 0, droppedBytes: 19_200 });
});

test("MEDIA-WS-025, MEDIA-WS-026: audio on a listen socket reaches nobody and is counted", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall(echo);
  const [talk, listen] = [await sandbox.open(callId, "talk"), await sandbox.open(callId, "listen")];
  await listen.send(tone(600));
  await talk.send(tone(60, 1_700));
  await sandbox.advance("PT1.5S");
  await Promise.all([talk.settled(), listen.settled()]);
  expect(listen.heard).toEqual(talk.heard);
  expectTone(talk.heard.subarray(8_000, 8_960), { hz: 1_700 });
  expect(isSilent(talk.heard.subarray(8_960))).toBe(true);
  const { client: side, warnings } = await sandbox.control.getMedia({ callId });
  expect(side).toMatchObject({ ignoredBytes: 19_200, bytes: 1_920 });
  expect(warnings).toMatchObject([{ name: "audioOnListen", count: 1 }]);
});

test("MEDIA-WS-041: audio.wav has the client left and the person right, each where it was heard", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const client = await sandbox.open(callId);
  await sandbox.advance("PT0.96S");
  await client.send(tone(600));
  await sandbox.advance("PT2.04S");
  const answer = await sandbox.app.request(`/_sandbox/worlds/default/calls/${callId}/audio.wav`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "audio/wav"]);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(readWav(bytes)).toMatchObject({ sampleRate: 16_000, samples: { length: 48_000 } });
  const samples = new Int16Array(bytes.slice(44).buffer);
  const channel = (number: number) => samples.filter((_, index) => index % 2 === number);
  const [left, right] = [channel(0), channel(1)];
  expect(isSilent(left.subarray(0, 15_360))).toBe(true);
  expect(left.subarray(15_360, 24_960)).toEqual(tone(600));
  expect(isSilent(left.subarray(24_960))).toBe(true);
  expect(right).toEqual(synth("turns", { ms: 3_000 }));
});
