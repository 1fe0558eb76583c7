import { expect, test } from "vitest";
import { PatternError, synth } from "../../../mock/media/index.ts";
import { isSilent } from "../../../mock/media/pcm/level.ts";
import { parsePattern } from "../../../mock/media/voice/parse-pattern.ts";

test("MEDIA-TONE-014: a list of tone and milliseconds plays in a loop", () => {
  const pcm = synth("500/60,0/40", { ms: 250 });
  expect(pcm.subarray(0, 1_600)).toEqual(pcm.subarray(1_600, 3_200));
  expect(pcm.subarray(3_200, 4_000)).toEqual(pcm.subarray(0, 800));
  expect(isSilent(pcm.subarray(960, 1_600))).toBe(true);
  expect(isSilent(pcm.subarray(100, 900))).toBe(false);
});

test.each([
  [
    "tone/500, speech/900 ,noise/20,silence/1,0/2000",
    [
      ["signature", 500],
      ["speech", 900],
      ["noise", 20],
      ["silence", 1],
      ["silence", 2_000],
    ],
  ],
  [
    "dtmf:1/80",
    [
      ["dtmf", 80],
      ["silence", 80],
    ],
  ],
  [
    "dtmf:1,0/500",
    [
      ["dtmf", 100],
      ["silence", 100],
      ["silence", 500],
    ],
  ],
  [
    "wav:./a/b.wav,0/700",
    [
      ["wav", null],
      ["silence", 700],
    ],
  ],
  [
    "wav:a.wav/300,0/700",
    [
      ["wav", 300],
      ["silence", 700],
    ],
  ],
])("MEDIA-TONE-014: %s is understood", (text, expected) => {
  const parsed = parsePattern(text);
  expect(parsed).toMatchObject({ ok: true, pattern: { kind: "parts", loop: true } });
  if (!parsed.ok || parsed.pattern.kind !== "parts") return;
  expect(parsed.pattern.parts.map(({ sound, ms }) => [sound.kind, ms])).toEqual(expected);
});

test.each([
  ["hello", "hello", "is no sound"],
  ["", "", "is no sound"],
  ["500/1500,beep/300,0/700", "beep/300", "is no sound"],
  ["500", "500", "needs a length, such as 500/1500"],
  ["500/", "500/", "is no length"],
  ["500/1500,0/0", "0/0", "is no length"],
  ["500/-1", "500/-1", "is no length"],
  ["500/1e3", "500/1e3", "is no length"],
  ["500/99999999", "500/99999999", "from 1 to 3600000"],
  ["440/1000", "440/1000", "the nearest to 440 is 450"],
  ["9000/1000", "9000/1000", "the nearest to 9000 is 3950"],
  ["echo:0", "echo:0", "from 1 to 10000"],
  ["echo:never", "echo:never", "is no length"],
  ["barge-in:", "barge-in:", "is no length"],
  ["dtmf:12x", "dtmf:12x", "takes the keys"],
  ["dtmf:/100", "dtmf:/100", "takes the keys"],
  ["wav:", "wav:", "needs the name of a file"],
  ["500/1500,,0/700", "", "is no sound"],
])("MEDIA-TONE-015: %j is a mistake in %j", (text, part, message) => {
  expect(parsePattern(text)).toEqual({ ok: false, part, message: expect.stringContaining(message) });
});

test("MEDIA-TONE-015: more than 64 parts are too many", () => {
  expect(parsePattern("500/10,".repeat(64).concat("0/10"))).toMatchObject({ ok: false });
  expect(parsePattern(Array(64).fill("500/10").join(","))).toMatchObject({ ok: true });
});

test("synth refuses a pattern with a mistake by name", () => {
  expect(() => synth("hello", { ms: 10 })).toThrow(PatternError);
  expect(() => synth("wav:a.wav", { ms: 10 })).toThrow("synth reads no files");
});
