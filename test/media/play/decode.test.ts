import { expect, test } from "vitest";
import { dominantHz } from "../../../mock/media/pcm/dominant.ts";
import { decode } from "../../../mock/media/play/decode.ts";
import { PlayFailure } from "../../../mock/media/play/failure.ts";
import { mp3File, opusFile, tone, wavFile } from "./fixtures.ts";

const seconds = 600;

test.each([
  ["MP3", "mp3", () => mp3File(1_000, 1_000)],
  ["MP3 of 16 kHz", "mp3", () => mp3File(1_000, 1_000, 16_000)],
  ["WAV", "wav", async () => wavFile(1_000, 1_000)],
  ["WAV in stereo of 44.1 kHz", "wav", async () => wavFile(1_000, 1_000, 44_100, 2)],
  ["WAV of 8 kHz", "wav", async () => wavFile(1_000, 1_000, 8_000)],
  ["Ogg Opus", "opus", () => opusFile(1_000, 1_000)],
  ["Ogg Opus in stereo", "opus", () => opusFile(1_000, 1_000, 2)],
])("MEDIA-PLAY-015, MEDIA-PLAY-017: %s is decoded to 16 kHz mono", async (_title, format, file) => {
  const decoded = await decode(await file(), 16_000, seconds);
  expect(decoded).toMatchObject({ format, sampleRate: 16_000, complete: true, cut: false });
  expect(decoded.samples.length).toBeGreaterThan(15_500);
  expect(decoded.samples.length).toBeLessThan(17_500);
  expect(dominantHz(decoded.samples.subarray(2_000, 14_000), 16_000)).toBeCloseTo(1_000, -1);
  expect(Math.max(...decoded.samples)).toBeGreaterThan(6_000);
  expect(Math.max(...decoded.samples)).toBeLessThan(11_000);
});

test("MEDIA-PLAY-017: a long WAV file loses nothing where it is read in pieces", async () => {
  const { samples } = await decode(wavFile(1_000, 20_000, 48_000, 2), 48_000, seconds);
  expect(samples).toEqual(tone(1_000, 20_000, 48_000));
});

test.each([8_000, 24_000, 48_000])("Opus is decoded at once for a call of %i Hz", async (rate) => {
  const decoded = await decode(await opusFile(1_000, 500), rate, seconds);
  expect(decoded.sampleRate).toBe(rate);
  expect(dominantHz(decoded.samples.subarray(rate / 10, rate / 2.5), rate)).toBeCloseTo(1_000, -1);
});

const text = (letters: string) => new TextEncoder().encode(letters.padEnd(64, " "));

test.each([
  ["text", text("Hello, this is no music"), "text"],
  ["a page", text("<!doctype html><title>Not found</title>"), "text"],
  ["FLAC", text("fLaC\0\0\0\x22"), "FLAC"],
  ["FLAC behind an ID3 tag", text("ID3\x04\0\0\0\0\0\0fLaC"), "FLAC"],
  ["Ogg Vorbis", text(`OggS${"\0".repeat(24)}\x01vorbis`), "Ogg without Opus"],
  ["M4A", text("\0\0\0\x20ftypM4A "), "MP4 or M4A"],
  ["AAC", Uint8Array.from([0xff, 0xf1, 0x50, 0x80, 0, 0, 0, 0]), "AAC"],
  ["ZIP", text("PK\x03\x04"), "ZIP"],
  ["gzip", Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0]), "gzip"],
  ["MPEG layer II", Uint8Array.from([0xff, 0xfd, 0x84, 0, 0, 0]), "an unknown format"],
  ["noise", Uint8Array.from({ length: 64 }, (_, index) => (index * 37 + 5) % 256), "an unknown format"],
])("MEDIA-PLAY-016: %s is not played, and is named", async (_title, bytes, name) => {
  const failure = await decode(bytes, 16_000, seconds).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(PlayFailure);
  expect(failure).toMatchObject({ reason: "format", behaviour: "MEDIA-PLAY-016" });
  expect(String(failure)).toContain(`The file is ${name};`);
});

test.each([
  ["MP3", () => mp3File(500, 2_000)],
  ["WAV", async () => wavFile(500, 2_000)],
  ["Ogg Opus", () => opusFile(500, 2_000)],
])("MEDIA-PLAY-022: half of an %s is played as far as it goes", async (format, file) => {
  const whole = await file();
  const decoded = await decode(whole.subarray(0, whole.length / 2), 16_000, seconds);
  expect(decoded.samples.length).toBeGreaterThan(10_000);
  expect(decoded.samples.length).toBeLessThan(22_000);
  // MP3 has no length of its own, so nothing tells that it ends early.
  expect(decoded.complete).toBe(format === "MP3");
});

test.each([
  ["an empty file", new Uint8Array(), "empty"],
  ["a WAV file without its data", wavFile(500, 100).subarray(0, 36), "undecodable"],
  ["a WAV file with a head only", wavFile(500, 100).subarray(0, 44), "empty"],
  ["a WAV file of a kind nobody reads", wavOfKind(2), "undecodable"],
  ["an ID3 tag and nothing else", text("ID3\x04\0\0\0\0\0\x10"), "empty"],
  ["an Opus head that ends early", text(`OggS${"\0".repeat(22)}\x01\x08OpusHead`), "undecodable"],
])("MEDIA-PLAY-022: %s has a name for what is wrong", async (_title, bytes, reason) => {
  await expect(decode(bytes, 16_000, seconds)).rejects.toMatchObject({ reason, behaviour: "MEDIA-PLAY-022" });
});

test.each([
  ["MP3", () => mp3File(500, 2_000)],
  ["WAV", async () => wavFile(500, 2_000)],
  ["Ogg Opus", () => opusFile(500, 2_000)],
])("MEDIA-PLAY-023: of an %s no more is decoded than is played", async (_title, file) => {
  const decoded = await decode(await file(), 16_000, 1);
  expect(decoded.samples.length).toBe(16_000);
  expect(decoded.cut).toBe(true);
});

test.each([
  ["MP3", () => mp3File(500, 1_000)],
  ["WAV", async () => wavFile(500, 1_000)],
  ["Ogg Opus", () => opusFile(500, 1_000)],
])("a broken %s never does worse than fail by name", async (_title, file) => {
  const whole = await file();
  for (let round = 0; round < 40; round++) {
    // Every round breaks other bytes, the same ones in every run.
    const bytes = whole.map((byte, at) =>
      (at * 7_919 + round * 104_729) % 23 === 0 ? (byte * 31 + round) % 256 : byte,
    );
    const result = await decode(bytes, 16_000, seconds).catch((error: unknown) => error);
    if (result instanceof Error) expect(result).toBeInstanceOf(PlayFailure);
  }
});

function wavOfKind(kind: number): Uint8Array {
  const bytes = wavFile(500, 100);
  bytes[20] = kind;
  return bytes;
}
