import { expect, test } from "vitest";
import { resample, synth } from "../../mock/media/index.ts";
import { rateMismatch } from "../../mock/media/inspect/rate-mismatch.ts";
import { mediaSandbox } from "./support/client.ts";

const tone = (hz: number, ms: number) => synth(`${hz}/3600000`, { ms });

test("MEDIA-WS-039: the figures of both sides are those of what was said", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const client = await sandbox.open(callId);
  await sandbox.advance("PT0.96S");
  await client.send(tone(1_000, 1_200));
  await sandbox.advance("PT2.04S");
  const media = await sandbox.control.getMedia({ callId });
  expect(media).toMatchObject({
    callId,
    format: { encoding: "pcm_s16le", sampleRate: 16_000, channels: 1, frameMs: 60, frameBytes: 1_920 },
    voice: { pattern: "turns", toneHz: 500 },
    client: {
      frames: 20,
      messages: 1,
      bytes: 38_400,
      soundingFrames: 20,
      gaps: 0,
      underruns: 0,
      droppedBytes: 0,
      dominantHz: [1_000, 1_000, 1_000],
      firstAudioAt: "2026-01-01T00:00:02.020Z",
      lastAudioAt: "2026-01-01T00:00:03.160Z",
    },
    person: {
      frames: 50,
      messages: 50,
      bytes: 96_000,
      soundingFrames: 39,
      lateFrames: 0,
      dominantHz: [500, 500, 500],
      arrivalRatio: 1,
      firstAudioAt: "2026-01-01T00:00:01.060Z",
    },
    warnings: [],
  });
  expect(media.client.peak).toBeCloseTo(10 ** (-12 / 20), 3);
  expect(media.client.rms).toBeCloseTo(10 ** (-12 / 20) / Math.SQRT2, 3);
});

test("MEDIA-WS-039: a short break is an underrun, a long one a gap", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const client = await sandbox.open(callId);
  for (const pause of ["PT0.5S", "PT2S", "PT0.5S", "PT0.5S"]) {
    await client.send(tone(1_000, 200));
    await sandbox.advance(pause);
  }
  const { client: side } = await sandbox.control.getMedia({ callId });
  expect(side).toMatchObject({ underruns: 2, gaps: 1 });
});

test("MEDIA-WS-039: a call that nobody listened to has zeros, and its figures outlive one that had a socket", async () => {
  const sandbox = await mediaSandbox();
  const quiet = await sandbox.answeredCall();
  expect(await sandbox.control.getMedia({ callId: quiet })).toMatchObject({
    voice: null,
    sockets: [],
    person: { frames: 0, dominantHz: [] },
  });
  expect((await (await sandbox.control.getAudio({ callId: quiet })).arrayBuffer()).byteLength).toBe(44);
  const callId = await sandbox.answeredCall("+5511900000001");
  await sandbox.open(callId);
  await sandbox.advance("PT10S");
  const { client, person } = await sandbox.control.getMedia({ callId });
  expect(client).toMatchObject({ frames: 0, firstAudioAt: null, arrivalRatio: null });
  expect(person).toMatchObject({ frames: 83, dominantHz: [550, 550, 550, 550, 550] });
});

test("MEDIA-WS-010: the first audio of each side is in the timeline, between opening and closing", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const client = await sandbox.open(callId);
  await client.send(tone(1_000, 60));
  await sandbox.advance("PT0.12S");
  await sandbox.api("evo", "POST", `/calls/${callId}/terminate`);
  const names = (await sandbox.timeline(callId)).filter(({ kind }) => kind === "media").map(({ name }) => name);
  expect(names).toEqual([
    "realtimeSessionCreated",
    "realtimeOpened",
    "firstAudioOfClient",
    "firstAudioOfPerson",
    "realtimeClosed",
  ]);
});

test.each([
  [24_000, 1_000, 667],
  [48_000, 1_000, 333],
  [8_000, 550, 1_100],
])(
  "MEDIA-WS-040: a tone at %i Hz sent as 16,000 is named in a warning, or is a tone of ours",
  async (sentRate, hz, heardHz) => {
    const sandbox = await mediaSandbox();
    const callId = await sandbox.answeredCall();
    const client = await sandbox.open(callId);
    const seconds = resample(synth(`${hz}/3600000`, { ms: 3_000, sampleRate: 48_000 }), 48_000, sentRate);
    const frame = (sentRate * 60) / 1_000;
    for (let at = 0; at < seconds.length; at += frame) {
      await client.send(seconds.subarray(at, at + frame));
      await sandbox.advance("PT0.06S");
    }
    const { client: side, warnings } = await sandbox.control.getMedia({ callId });
    expect(Math.abs((side.dominantHz[1] ?? 0) - heardHz)).toBeLessThanOrEqual(3);
    expect(side.arrivalRatio).toBeCloseTo(sentRate / 16_000, 1);
    const named = warnings.find(({ name }) => name === "rateMismatch");
    if (sentRate === 8_000) expect(named).toBeUndefined();
    else expect(named?.message).toContain(`${hz} Hz sent at ${sentRate} Hz`);
  },
);

test("MEDIA-WS-040: tones of ours, speech and silence are no mismatch", () => {
  expect(rateMismatch([500, 1_000, 1_700, null], 16_000, 1)).toBeNull();
  expect(rateMismatch([123, 2_310], 16_000, 1)).toBeNull();
  expect(rateMismatch([], 16_000, null)).toBeNull();
});

test("a sandbox with realtime options that don't exist or can't be is refused by name", async () => {
  await expect(mediaSandbox({ realtime: JSON.parse('{"frameLength":20}') })).rejects.toThrow(
    /realtime\.frameLength must be one that exists/,
  );
  await expect(mediaSandbox({ realtime: JSON.parse('{"frameMs":30}') })).rejects.toThrow(
    /realtime\.frameMs must be one of 20, 40, 60, 100/,
  );
  await expect(mediaSandbox({ realtime: { clientQueueMs: -1 } })).rejects.toThrow(
    /realtime\.clientQueueMs must be a number from 0/,
  );
});
