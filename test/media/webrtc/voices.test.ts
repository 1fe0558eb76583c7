import { expect, test } from "vitest";
import { expectTone } from "../../../mock/media/index.ts";
import { parsePattern } from "../../../mock/media/voice/parse-pattern.ts";
import type { Pattern } from "../../../mock/media/voice/pattern.ts";
import { frameSamples, sampleRate } from "../../../mock/media/webrtc/format.ts";
import { silentFrame } from "../../../mock/media/webrtc/frame-source.ts";
import { Mouth } from "../../../mock/media/webrtc/mouth.ts";
import { Decoder, mostCoders, openEncoders } from "../../../mock/media/webrtc/opus.ts";
import { repetitionOf } from "../../../mock/media/webrtc/repetition.ts";
import { readTelephoneEvent, writeTelephoneEvent } from "../../../mock/media/webrtc/telephone-event.ts";
import { Voices } from "../../../mock/media/webrtc/voices.ts";

const source = { seed: "voices", worldId: "default" };
const nothing = new Int16Array(frameSamples);

function pattern(text: string): Pattern {
  const parsed = parsePattern(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.pattern;
}

test.each([
  // 1.5 s and 0.7 s are 110 frames: once as the beginning, once to repeat.
  ["turns", { lead: 110, round: 110 }],
  // 1,030 ms are no whole frames, two rounds of it are.
  ["500/1000,0/30", { lead: 103, round: 103 }],
  ["tone", { lead: 50, round: 50 }],
  ["speech", { lead: 50, round: 200 }],
  ["cough", { lead: 56, round: 50 }],
  ["500/3600000", null],
  ["echo", null],
  ["barge-in", null],
  ["wav:./hello.wav", null],
])("%s repeats after its lead", (text, expected) => {
  expect(repetitionOf(pattern(text))).toEqual(expected);
});

test("people who say the same share the packets, each of them encoded once", () => {
  const voices = new Voices();
  const one = voices.voice(pattern("turns"), source, 500);
  const other = voices.voice(pattern("turns"), { ...source, worldId: "another" }, 500);
  expect(one.frame(7, nothing).packet).toBe(other.frame(7, nothing).packet);
  expect(one.frame(330 + 7, nothing).packet).toBe(one.frame(110 + 7, nothing).packet);
  expect(voices.voice(pattern("turns"), source, 550).frame(7, nothing).packet).not.toBe(one.frame(7, nothing).packet);
});

test("noise is another in another world", () => {
  const voices = new Voices();
  const here = voices.voice(pattern("noise"), source, 500);
  const there = voices.voice(pattern("noise"), { ...source, worldId: "another" }, 500);
  expect(here.frame(0, nothing).samples).not.toEqual(there.frame(0, nothing).samples);
});

test("the packets of a repeating voice are its tone, also where a round begins", () => {
  const voice = new Voices().voice(pattern("tone"), source, 900);
  const decoder = new Decoder();
  const heard = new Int16Array(120 * frameSamples);
  for (let index = 0; index < 120; index++)
    heard.set(decoder.decode(voice.frame(index, nothing).packet), index * frameSamples);
  decoder.close();
  voice.close();
  // Frames 90 to 110: the second round begins at 100.
  expectTone(heard.subarray(90 * frameSamples, 110 * frameSamples), { hz: 900, sampleRate });
});

test("an encoder goes back when nobody has its voice any more, and when all of a voice is encoded", () => {
  const before = openEncoders();
  const voices = new Voices();
  const [one, other] = [voices.voice(pattern("turns"), source, 500), voices.voice(pattern("turns"), source, 500)];
  one.frame(0, nothing);
  expect(openEncoders()).toBe(before + 1);
  one.close();
  expect(openEncoders()).toBe(before + 1);
  other.close();
  expect(openEncoders()).toBe(before);
  const all = voices.voice(pattern("tone"), source, 500);
  all.frame(99, nothing);
  expect(openEncoders()).toBe(before);
  all.close();
});

test("only so many voices of their own are encoded at once; one more is silent, until another goes", () => {
  const voices = new Voices();
  const before = openEncoders();
  const echoes = Array.from({ length: mostCoders - before }, () => voices.voice(pattern("echo:20"), source, 500));
  const oneMore = voices.voice(pattern("barge-in"), source, 500);
  expect(openEncoders()).toBe(mostCoders);
  expect(oneMore.frame(0, nothing)).toBe(silentFrame());
  for (const voice of [...echoes, oneMore]) voice.close();
  expect(openEncoders()).toBe(before);
  const later = voices.voice(pattern("echo:20"), source, 500);
  expect(later.frame(0, nothing)).not.toBe(silentFrame());
  later.close();
});

test("keys wait for each other, and speech goes on after them", () => {
  const mouth = new Mouth();
  mouth.say(0)(new Voices().voice(pattern("tone"), source, 500));
  mouth.press(2, "12");
  const said = Array.from({ length: 24 }, (_, frame) => mouth.utter(frame, nothing));
  expect(said.map((spoken) => (spoken.kind === "key" ? spoken.digit : "-")).join("")).toBe("--11111-----22222-------");
  mouth.close();
});

test("a telephone-event is read as it was written", () => {
  for (const digit of "0123456789*#ABCD")
    expect(readTelephoneEvent(writeTelephoneEvent({ digit, end: true, duration: 800 }))).toEqual({
      digit,
      end: true,
      duration: 800,
    });
  // A flash of the hook is no key, and half a payload is nothing.
  expect(readTelephoneEvent(Buffer.from([16, 0x8a, 3, 32]))).toBeNull();
  expect(readTelephoneEvent(Buffer.from([5, 0x8a]))).toBeNull();
});
