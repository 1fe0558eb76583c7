import { expect, test } from "vitest";
import {
  dominantHz,
  expectTone,
  goertzel,
  palette,
  signatureHz,
  synth,
  ToneNotHeard,
} from "../../../mock/media/index.ts";
import { isSilent, levelOf } from "../../../mock/media/pcm/level.ts";

const peakOf = (samples: Int16Array) => levelOf(samples).peak;

const perMs = 16;
const part = (pcm: Int16Array, fromMs: number, toMs: number) => pcm.subarray(fromMs * perMs, toMs * perMs);

/** Stretches of sound, in milliseconds, to 5 ms. */
function stretches(pcm: Int16Array): [number, number][] {
  const found: [number, number][] = [];
  for (let ms = 0; ms * perMs < pcm.length; ms += 5) {
    if (isSilent(part(pcm, ms, ms + 5))) continue;
    const last = found.at(-1);
    if (last !== undefined && last[1] === ms) last[1] = ms + 5;
    else found.push([ms, ms + 5]);
  }
  return found;
}

test("MEDIA-TONE-001: every tone of the palette has whole cycles in 20 ms, so frames join where they began", () => {
  for (const hz of palette) {
    expect(hz % 50).toBe(0);
    const tone = synth(`${hz}/1000`, { ms: 200 });
    expect(tone.subarray(100 * perMs, 120 * perMs)).toEqual(tone.subarray(120 * perMs, 140 * perMs));
  }
});

test("MEDIA-TONE-001: two frames of a tone meet without a step", () => {
  const tone = synth("tone", { ms: 240, signatureHz: 500 });
  const steps = [...tone.subarray(100 * perMs)].map((sample, index, all) =>
    Math.abs(sample - (all[index - 1] ?? sample)),
  );
  // The steepest slope of 500 Hz at that level is 2π · 500 / 16,000 of the peak.
  expect(Math.max(...steps)).toBeLessThan(8_230 * 0.2);
});

test("MEDIA-TONE-002: voices go through the palette without 900 Hz and start over", () => {
  const first = Array.from({ length: 10 }, (_, ordinal) => signatureHz(ordinal));
  expect(first).toEqual([500, 550, 1_000, 1_050, 1_100, 1_150, 1_400, 1_550, 1_700, 500]);
});

test("MEDIA-TONE-003: a tone is at -12 dBFS and rises and falls within 5 ms", () => {
  const tone = synth("500/200,0/200", { ms: 400 });
  expect(goertzel(part(tone, 20, 180), 16_000, 500)).toBeCloseTo(-12, 1);
  expect(peakOf(tone.subarray(0, 8))).toBeLessThan(250);
  expect(peakOf(part(tone, 5, 10))).toBeGreaterThan(8_200);
  expect(peakOf(part(tone, 190, 195))).toBeGreaterThan(8_200);
  expect(peakOf(tone.subarray(200 * perMs - 8, 200 * perMs))).toBeLessThan(250);
  expect(isSilent(part(tone, 200, 400))).toBe(true);
});

test.each([
  [
    "MEDIA-TONE-004",
    "turns",
    [
      [0, 1_500],
      [2_200, 3_700],
    ],
  ],
  ["MEDIA-TONE-005", "monologue", [[0, 4_000]]],
  [
    "MEDIA-TONE-006",
    "hesitation",
    [
      [0, 600],
      [900, 1_300],
      [1_600, 2_400],
      [3_900, 4_000],
    ],
  ],
  ["MEDIA-TONE-007", "cough", [[0, 120]]],
  ["MEDIA-TONE-010", "silence", []],
])("%s: %s sounds exactly there", (_, preset, expected) => {
  expect(stretches(synth(preset, { ms: 4_000 }))).toEqual(expected);
});

test("MEDIA-TONE-010: silence is zeros", () => {
  expect(synth("silence", { ms: 60 })).toEqual(new Int16Array(960));
});

test("MEDIA-TONE-008: barge-in starts a second into the client's audio, and not before", () => {
  const heard = new Int16Array(4_000 * perMs);
  heard.set(synth("1000/2000", { ms: 2_000 }), 600 * perMs);
  const spoken = synth("barge-in", { ms: 4_000, heard });
  const [[start = 0, end = 0] = [], ...more] = stretches(spoken);
  expect(start).toBeGreaterThanOrEqual(1_500);
  expect(start).toBeLessThanOrEqual(1_600);
  expect(end - start).toBe(1_500);
  expect(more).toEqual([]);
});

test("MEDIA-TONE-008: a cough of the client's doesn't make the person barge in", () => {
  expect(isSilent(synth("barge-in:1000", { ms: 4_000, heard: synth("cough", { ms: 4_000 }) }))).toBe(true);
});

test("MEDIA-TONE-009: echo gives back the same samples after 500 ms", () => {
  const heard = synth("speech", { ms: 1_000 });
  const echoed = synth("echo", { ms: 1_500, heard });
  expect(isSilent(part(echoed, 0, 500))).toBe(true);
  expect(part(echoed, 500, 1_500)).toEqual(heard);
});

test("MEDIA-TONE-011: dtmf sounds both tones of each key and no other", () => {
  const keys = synth("dtmf:5#", { ms: 400 });
  const rows = [697, 770, 852, 941, 1_209, 1_336, 1_477, 1_633];
  const heard = (fromMs: number) =>
    rows.filter((hz) => goertzel(part(keys, fromMs + 10, fromMs + 90), 16_000, hz) > -25);
  expect(heard(0)).toEqual([770, 1_336]);
  expect(heard(200)).toEqual([941, 1_477]);
  expect(isSilent(part(keys, 100, 200))).toBe(true);
});

test("MEDIA-TONE-012: speech has a voice's pitch and formants, and pauses between syllables", () => {
  const speech = synth("speech", { ms: 1_000 });
  expect(peakOf(speech)).toBeGreaterThan(4_000);
  const near = (hz: number) =>
    Math.max(...[-100, -50, 0, 50, 100].map((off) => goertzel(part(speech, 50, 200), 16_000, hz + off)));
  expect(near(700)).toBeGreaterThan(near(5_000) + 20);
  expect(peakOf(part(speech, 245, 255))).toBeLessThan(peakOf(part(speech, 100, 150)) / 4);
});

test("MEDIA-TONE-016: the expected tone stands 20 dB above every other", () => {
  for (const hz of palette) {
    const { dbfs, next } = expectTone(synth(`${hz}/60000`, { ms: 80 }).subarray(20 * perMs), { hz });
    expect(dbfs - next.dbfs).toBeGreaterThan(20);
  }
});

test("MEDIA-TONE-016: a wrong, a quiet and a mixed tone are told apart, with the levels in the message", () => {
  const tone = synth("500/1000", { ms: 500 });
  expect(() => expectTone(tone, { hz: 550 })).toThrow(/Expected 550 Hz at -40\.0 dBFS or louder, but 550 Hz is at/);
  expect(() =>
    expectTone(
      tone.map((sample) => sample / 100),
      { hz: 500 },
    ),
  ).toThrow(ToneNotHeard);
  const other = synth("1000/1000", { ms: 500 });
  const mixed = tone.map((sample, index) => sample + (other[index] ?? 0));
  expect(() => expectTone(mixed, { hz: 500 })).toThrow(/20 dB above every other tone.*1000 Hz at -12\.\d dBFS/);
});

test.each(["noise", "speech", "cough"])(
  "MEDIA-TONE-017: the same seed gives the same samples of %s, another gives others",
  (preset) => {
    const first = synth(preset, { ms: 1_000, seed: "a" });
    expect(synth(preset, { ms: 1_000, seed: "a" })).toEqual(first);
    expect(synth(preset, { ms: 1_000, seed: "b" })).not.toEqual(first);
  },
);

test.each([500, 667, 1_000, 1_234, 3_900])("the dominant frequency of %i Hz is found to 2 Hz", (hz) => {
  const pcm = Int16Array.from({ length: 16_000 }, (_, index) => 8_000 * Math.sin((2 * Math.PI * hz * index) / 16_000));
  expect(Math.abs((dominantHz(pcm, 16_000) ?? 0) - hz)).toBeLessThanOrEqual(2);
  expect(dominantHz(new Int16Array(16_000), 16_000)).toBeNull();
});
