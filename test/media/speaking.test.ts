import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { expectTone, goertzel, synth, toWav } from "../../mock/media/index.ts";
import { isSilent } from "../../mock/media/pcm/level.ts";
import { mediaSandbox } from "./support/client.ts";

const ms = 16;

test("MEDIA-TONE-014: speak changes what the person says at once, within a frame", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall("+5511900000006");
  const client = await sandbox.open(callId);
  await sandbox.advance("PT0.63S");
  await sandbox.control.actAsPerson({ callId, action: "speak", pattern: "1400/300,0/300" });
  await sandbox.advance("PT1.2S");
  await client.settled();
  const { heard } = client;
  expect(isSilent(heard.subarray(0, 630 * ms))).toBe(true);
  expect(heard.subarray(630 * ms, 1_800 * ms)).toEqual(synth("1400/300,0/300", { ms: 1_170 }));
});

test("MEDIA-TONE-011: keys that the person presses sound in place of what they say", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall("+5511900000007");
  const client = await sandbox.open(callId);
  await sandbox.advance("PT0.6S");
  await sandbox.control.actAsPerson({ callId, action: "send-dtmf", digits: "5" });
  await sandbox.advance("PT0.6S");
  await client.settled();
  const pressed = client.heard.subarray(620 * ms, 680 * ms);
  expect(goertzel(pressed, 16_000, 770)).toBeGreaterThan(-20);
  expect(goertzel(pressed, 16_000, 1_336)).toBeGreaterThan(-20);
  expect(isSilent(client.heard.subarray(700 * ms, 800 * ms))).toBe(true);
  expectTone(client.heard.subarray(840 * ms), { hz: 500 });
});

test.each([
  ["beep/300", "is no sound"],
  ["500/1500,440/10", "the nearest to 440 is 450"],
  ["500", "needs a length"],
])("MEDIA-TONE-015: speak %s is refused with the part at fault, and changes nothing", async (pattern, message) => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const answer = await sandbox.request("POST", `/_sandbox/worlds/default/calls/${callId}/person`, {
    body: { action: "speak", pattern },
  });
  expect([answer.status, answer.body.code, answer.behaviour]).toEqual([400, "VALIDATION_ERROR", "MEDIA-TONE-015"]);
  expect(answer.body.details.issues).toEqual([{ path: "pattern", message: expect.stringContaining(message) }]);
  expect((await sandbox.timeline(callId)).filter(({ name }) => name === "speak")).toHaveLength(1);
});

test("MEDIA-TONE-013: a WAV file of any rate is a person's voice", async () => {
  const directory = mkdtempSync(join(tmpdir(), "voice-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, "hello.wav");
  writeFileSync(file, toWav([synth("1150/60000", { ms: 500, sampleRate: 44_100 })], 44_100));
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const client = await sandbox.open(callId);
  await sandbox.control.actAsPerson({ callId, action: "speak", pattern: `wav:${file}` });
  await sandbox.advance("PT0.9S");
  await client.settled();
  expectTone(client.heard.subarray(20 * ms, 480 * ms), { hz: 1_150 });
  expect(isSilent(client.heard.subarray(510 * ms))).toBe(true);
});

test("MEDIA-TONE-013: a file that can't be read is a warning in the timeline, and silent", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const client = await sandbox.open(callId);
  await sandbox.control.actAsPerson({ callId, action: "speak", pattern: "wav:/nowhere/at/all.wav" });
  await sandbox.advance("PT0.6S");
  await client.settled();
  expect(isSilent(client.heard)).toBe(true);
  expect(client.frames).toHaveLength(10);
  const warnings = (await sandbox.timeline(callId)).filter(({ kind }) => kind === "warning");
  expect(warnings).toMatchObject([
    { name: "voiceFile", detail: { message: expect.stringContaining("/nowhere/at/all.wav") } },
  ]);
});

test("MEDIA-TONE-008: barge-in talks into a client that has talked for long enough", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const client = await sandbox.open(callId);
  await sandbox.control.actAsPerson({ callId, action: "speak", pattern: "barge-in:600" });
  await client.send(synth("1700/60000", { ms: 1_200 }));
  await sandbox.advance("PT3S");
  await client.settled();
  expect(isSilent(client.heard.subarray(0, 540 * ms))).toBe(true);
  expectTone(client.heard.subarray(600 * ms, 2_000 * ms), { hz: 500 });
  expect(isSilent(client.heard.subarray(2_050 * ms))).toBe(true);
});

test("MEDIA-TONE-017: two sandboxes of one seed send the same bytes of speech, another seed sends others", async () => {
  const heardWith = async (seed: string) => {
    const sandbox = await mediaSandbox({ seed });
    const callId = await sandbox.answeredCall();
    const client = await sandbox.open(callId);
    await sandbox.control.actAsPerson({ callId, action: "speak", pattern: "speech" });
    await sandbox.advance("PT0.9S");
    await client.settled();
    return client.heard;
  };
  const first = await heardWith("a");
  expect(await heardWith("a")).toEqual(first);
  expect(await heardWith("b")).not.toEqual(first);
});
