import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readWav } from "../../../mock/media/wav/read-wav.ts";
import { mediaSandbox } from "../support/client.ts";
import { mp3File, opusFile, wavFile } from "./fixtures.ts";
import { redirect } from "./server.ts";
import { namesOf, stalling, told, withFiles } from "./with-files.ts";

test.each([
  ["MP3", "/greeting.ogg", () => mp3File(1_000, 1_500)],
  ["WAV", "/greeting.mp3", async () => wavFile(1_000, 1_500, 44_100, 2)],
  ["Ogg Opus", "/greeting", () => opusFile(1_000, 1_500)],
])(
  "MEDIA-PLAY-001, MEDIA-PLAY-015, MEDIA-PLAY-021: %s is fetched and is what the business says",
  async (_title, path, file) => {
    const { sandbox, play, server } = await withFiles({ [path]: await file() });
    const callId = await sandbox.answeredCall();
    await play(callId, path);
    await sandbox.advance("PT2S");
    const media = await sandbox.control.getMedia({ callId });
    expect(media.client.dominantHz).toHaveLength(2);
    expect(media.client.dominantHz[0]).toBeCloseTo(1_000, -1);
    expect(media.client).toMatchObject({ messages: 0, bytes: 0, droppedBytes: 0 });
    expect(media.client.firstAudioAt).toBe("2026-01-01T00:00:01.060Z");
    const wav = await sandbox.app.request(`/_sandbox/worlds/default/calls/${callId}/audio.wav`);
    expect(readWav(new Uint8Array(await wav.arrayBuffer())).samples.length).toBeGreaterThanOrEqual(24_000);
    expect(await namesOf(sandbox, callId)).toEqual(["audioRequested", "audioLoaded", "audioStarted", "audioEnded"]);
    expect(server.requests).toEqual([path]);
  },
);

test("MEDIA-PLAY-018: a file that was queued before the answer starts when the call connects", async () => {
  const { sandbox, play } = await withFiles({ "/a": wavFile(1_000, 500) });
  const callId = await sandbox.placeCall();
  await play(callId, "/a");
  await sandbox.advance("PT0.9S");
  expect(await namesOf(sandbox, callId)).toEqual(["audioQueued", "audioLoaded"]);
  await sandbox.advance("PT2S");
  const media = await sandbox.control.getMedia({ callId });
  expect(media.client.firstAudioAt).toBe("2026-01-01T00:00:01.060Z");
  expect(await namesOf(sandbox, callId)).toEqual(["audioQueued", "audioLoaded", "audioStarted", "audioEnded"]);
});

test("the end of a call ends what plays, and a file that is still on its way", async () => {
  const slow = stalling();
  const { sandbox, play } = await withFiles({ "/a": wavFile(500, 60_000), "/slow": slow.route });
  const callId = await sandbox.answeredCall();
  await play(callId, "/a");
  await sandbox.advance("PT1S");
  await play(callId, "/slow");
  await slow.asked;
  await sandbox.api("evo", "POST", `/calls/${callId}/terminate`);
  await slow.closed;
  const entries = await told(sandbox, callId);
  expect(entries.at(-1)).toMatchObject({ name: "audioEnded", detail: { how: "call ended" } });
  expect(entries.some(({ kind }) => kind === "warning")).toBe(false);
  await sandbox.advance("PT1S");
  expect(sandbox.clock.waiting).toBe(0);
});

test("MEDIA-PLAY-002, MEDIA-PLAY-006: redirects and what became of them are in the timeline", async () => {
  const { sandbox, play, server } = await withFiles({
    "/a": redirect(302, "/b"),
    "/b": redirect(301, "http://169.254.169.254/latest/meta-data/"),
  });
  const callId = await sandbox.answeredCall();
  await play(callId, "/a");
  await sandbox.advance("PT1S");
  const [, first, second, third] = await told(sandbox, callId);
  expect(first).toMatchObject({
    kind: "media",
    name: "audioRedirected",
    detail: { status: 302, to: `${server.url}/b` },
  });
  expect(second).toMatchObject({ name: "audioRedirected", detail: { to: "http://169.254.169.254/latest/meta-data/" } });
  expect(third).toMatchObject({
    kind: "warning",
    name: "audioFailed",
    detail: { reason: "redirectRefused", behaviour: "MEDIA-PLAY-006" },
  });
});

test.each([
  ["MEDIA-PLAY-024: a file that is not there", "/none", "status", "The host answered with status 404."],
  ["MEDIA-PLAY-016: text named .mp3", "/a.mp3", "format", "The file is text; MP3, WAV and Ogg Opus are played."],
  ["MEDIA-PLAY-022: an empty file", "/empty.wav", "empty", "The file is empty."],
])("%s is told, and the call goes on", async (_title, path, reason, message) => {
  const { sandbox, play } = await withFiles({
    "/a.mp3": new TextEncoder().encode("this is not music".repeat(10)),
    "/empty.wav": new Uint8Array(),
  });
  const callId = await sandbox.answeredCall();
  await play(callId, path);
  await sandbox.advance("PT1S");
  expect((await told(sandbox, callId)).at(-1)).toMatchObject({
    kind: "warning",
    name: "audioFailed",
    detail: { reason, message },
  });
  expect((await sandbox.api("evo", "GET", `/calls/${callId}`)).body.status).toBe("ACCEPTED");
});

test("MEDIA-PLAY-022: a truncated file plays what there is", async () => {
  const whole = wavFile(1_000, 1_000);
  const { sandbox, play } = await withFiles({ "/a": whole.subarray(0, 44 + 16_000) });
  const callId = await sandbox.answeredCall();
  await play(callId, "/a");
  await sandbox.advance("PT2S");
  expect((await sandbox.control.getMedia({ callId })).client.soundingFrames).toBe(9);
  expect((await told(sandbox, callId)).find(({ kind }) => kind === "warning")).toMatchObject({
    name: "audioTruncated",
    detail: { behaviour: "MEDIA-PLAY-022", message: "The file ends early; 0.5 s of it are played." },
  });
});

test("MEDIA-PLAY-023: more than ten minutes are cut, and told", async () => {
  const { sandbox, play } = await withFiles({ "/a": wavFile(500, 601_000, 8_000) });
  const callId = await sandbox.answeredCall();
  await play(callId, "/a");
  await sandbox.advance("PT0.06S");
  const entries = await told(sandbox, callId);
  expect(entries.find(({ name }) => name === "audioLoaded")?.detail["seconds"]).toBe(600);
  expect(entries.find(({ kind }) => kind === "warning")).toMatchObject({ name: "audioCut" });
});

test("MEDIA-PLAY-017: a file is resampled to the rate of the call", async () => {
  const { sandbox, play } = await withFiles(
    { "/a": wavFile(1_000, 1_000, 44_100, 2) },
    { realtime: { sampleRate: 24_000 } },
  );
  const callId = await sandbox.answeredCall();
  await play(callId, "/a");
  await sandbox.advance("PT1.02S");
  const { client, warnings } = await sandbox.control.getMedia({ callId });
  expect(client.soundingFrames).toBe(17);
  expect(client.dominantHz[0]).toBe(1_000);
  expect(warnings).toEqual([]);
});

test("music is no sign of a client that sends at a wrong rate", async () => {
  // Of a socket 700 Hz would be suspect: it is how 1,050 Hz sound that were sent at 24 kHz.
  const { sandbox, play } = await withFiles({ "/a": wavFile(700, 1_980) });
  const callId = await sandbox.answeredCall();
  await play(callId, "/a");
  await sandbox.advance("PT3S");
  const { client, warnings } = await sandbox.control.getMedia({ callId });
  expect(client.dominantHz).toEqual([700, 700]);
  expect(warnings).toEqual([]);
});

test("MEDIA-PLAY-013: a name that does not resolve plays 900 Hz, with a warning", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const mediaUrl = "https://nobody-has-this-name.invalid/greeting.mp3";
  expect((await sandbox.api("evo", "POST", `/calls/${callId}/play`, { mediaUrl })).status).toBe(200);
  await sandbox.advance("PT3S");
  expect((await sandbox.control.getMedia({ callId })).client.dominantHz.slice(0, 2)).toEqual([900, 900]);
  expect((await told(sandbox, callId)).find(({ kind }) => kind === "warning")).toMatchObject({
    name: "audioFallback",
    detail: { url: mediaUrl, behaviour: "MEDIA-PLAY-013" },
  });
});

const folder = mkdtempSync(join(tmpdir(), "calls-sandbox-play-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "hello.mp3"), wavFile(1_100, 1_000));
writeFileSync(join(folder, "good bye.wav"), wavFile(1_400, 1_000));

test.each([
  ["a folder", { "https://cdn.example.com/*": folder }, "https://cdn.example.com/hello.mp3", 1_100],
  ["a file", { "https://cdn.example.com/*": join(folder, "hello.mp3") }, "https://cdn.example.com/x/y", 1_100],
  ["everything", { "*": join(folder, "hello.mp3") }, "http://any.example.com/", 1_100],
  ["a blank in a name", { "https://cdn.example.com/*": folder }, "https://cdn.example.com/good%20bye.wav", 1_400],
  ["a query", { "https://cdn.example.com/*": folder }, "https://cdn.example.com/hello.mp3?sig=1", 1_100],
  ["an upper-case host", { "https://CDN.example.com:443/*": folder }, "https://cdn.EXAMPLE.com/hello.mp3", 1_100],
  ["one address", { "https://cdn.example.com/hello.mp3": folder }, "https://cdn.example.com/hello.mp3", 1_100],
])("MEDIA-PLAY-012: the fixture map plays %s without a download", async (_title, mediaFixtures, mediaUrl, hz) => {
  const sandbox = await mediaSandbox({ mediaFixtures, strict: true });
  const callId = await sandbox.answeredCall();
  expect((await sandbox.api("evo", "POST", `/calls/${callId}/play`, { mediaUrl })).status).toBe(200);
  await sandbox.advance("PT1.02S");
  expect((await sandbox.control.getMedia({ callId })).client.dominantHz[0]).toBe(hz);
  expect((await told(sandbox, callId)).find(({ name }) => name === "audioLoaded")?.detail["source"]).toBe("fixture");
});

test.each(["..%2f..%2fetc%2fpasswd", "%2e%2e%2f", "none.wav", "", "%00", "%"])(
  "MEDIA-PLAY-012: an address that ends in %j finds no file outside of the folder",
  async (name) => {
    const sandbox = await mediaSandbox({ mediaFixtures: { "https://cdn.example.com/*": folder } });
    const callId = await sandbox.answeredCall();
    const mediaUrl = `https://cdn.example.com/${name}`;
    expect((await sandbox.api("evo", "POST", `/calls/${callId}/play`, { mediaUrl })).status).toBe(200);
    await sandbox.advance("PT1S");
    expect((await told(sandbox, callId)).at(-1)).toMatchObject({
      name: "audioFailed",
      detail: { reason: "fixture", behaviour: "MEDIA-PLAY-012" },
    });
  },
);

test("MEDIA-PLAY-003: a fixture does not make a private address public", async () => {
  const sandbox = await mediaSandbox({ mediaFixtures: { "*": folder } });
  const callId = await sandbox.answeredCall();
  const mediaUrl = "http://127.0.0.1/hello.mp3";
  const answer = await sandbox.api("evo", "POST", `/calls/${callId}/play`, { mediaUrl });
  expect(answer.behaviour).toBe("MEDIA-PLAY-003");
});

test("a sandbox that is closed takes its downloads along", async () => {
  const slow = stalling();
  const { sandbox, play } = await withFiles({ "/slow": slow.route });
  const callId = await sandbox.answeredCall();
  await play(callId, "/slow");
  await slow.asked;
  await sandbox.close();
  await slow.closed;
});
