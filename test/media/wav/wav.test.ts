import { expect, test } from "vitest";
import { NotWav, readWav, resample, synth, toWav } from "../../../mock/media/index.ts";

const tone = synth("500/1000", { ms: 100 });

/** A WAV file of any format, with an odd chunk before its data. */
function wav(options: {
  code: number;
  bits: number;
  channels?: number;
  extensible?: boolean;
  write: (view: DataView, at: number) => void;
  samples: number;
}) {
  const { code, bits, channels = 1, extensible = false, write, samples } = options;
  const data = (samples * bits) / 8;
  const fmt = extensible ? 40 : 16;
  const bytes = new Uint8Array(12 + 8 + fmt + 8 + 4 + 8 + data);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("RIFF\0\0\0\0WAVEfmt "));
  view.setUint32(16, fmt, true);
  view.setUint16(20, extensible ? 0xfffe : code, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, 16_000, true);
  view.setUint16(34, bits, true);
  if (extensible) view.setUint16(44, code, true);
  const list = 20 + fmt;
  bytes.set(new TextEncoder().encode("LIST"), list);
  view.setUint32(list + 4, 3, true);
  bytes.set(new TextEncoder().encode("data"), list + 12);
  view.setUint32(list + 16, data, true);
  write(view, list + 20);
  return bytes;
}

test("what toWav writes, readWav reads", () => {
  expect(readWav(toWav([tone], 16_000))).toEqual({ samples: tone, sampleRate: 16_000 });
});

test("stereo is mixed down by averaging", () => {
  const left = Int16Array.of(1_000, 2_000, 3_000);
  const right = Int16Array.of(3_000, 2_000);
  expect([...readWav(toWav([left, right], 8_000)).samples]).toEqual([2_000, 2_000, 1_500]);
});

test.each([
  ["8 bits", { code: 1, bits: 8, write: (view: DataView, at: number) => view.setUint8(at, 192) }],
  ["24 bits", { code: 1, bits: 24, write: (view: DataView, at: number) => view.setUint8(at + 2, 0x40) }],
  ["32 bits", { code: 1, bits: 32, write: (view: DataView, at: number) => view.setInt32(at, 2 ** 30, true) }],
  ["floats", { code: 3, bits: 32, write: (view: DataView, at: number) => view.setFloat32(at, 0.5, true) }],
  ["doubles", { code: 3, bits: 64, write: (view: DataView, at: number) => view.setFloat64(at, 0.5, true) }],
  [
    "an extensible header",
    { code: 1, bits: 16, extensible: true, write: (view: DataView, at: number) => view.setInt16(at, 16_384, true) },
  ],
])("a file with %s is read, past a chunk of odd length", (_, options) => {
  expect([...readWav(wav({ samples: 1, ...options })).samples]).toEqual([16_384]);
});

test("a file that ends early is read as far as it goes", () => {
  expect(readWav(toWav([tone], 16_000).subarray(0, 44 + 201)).samples).toEqual(tone.subarray(0, 100));
});

test.each([
  ["nothing", new Uint8Array(0)],
  ["text", new TextEncoder().encode("this is no audio at all")],
  ["a header without chunks", new TextEncoder().encode("RIFF\0\0\0\0WAVE")],
  ["a header without data", toWav([tone], 16_000).subarray(0, 36)],
  ["mu-law", wav({ code: 7, bits: 8, samples: 1, write: () => undefined })],
])("%s is refused", (_, bytes) => {
  expect(() => readWav(bytes)).toThrow(NotWav);
});

test("resampling keeps the pitch and the length", () => {
  const up = resample(synth("500/1000", { ms: 100, sampleRate: 8_000 }), 8_000, 16_000);
  expect(up.length).toBe(1_600);
  const crossings = [...up.subarray(160, 1_440)].filter(
    (sample, index, all) => sample >= 0 && (all[index - 1] ?? 0) < 0,
  ).length;
  expect(crossings).toBeGreaterThanOrEqual(39);
  expect(crossings).toBeLessThanOrEqual(41);
});
