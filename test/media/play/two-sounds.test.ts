import { expect, test } from "vitest";
import { tone, wavFile } from "./fixtures.ts";
import { stalling, told, withFiles } from "./with-files.ts";

test("MEDIA-PLAY-019: while a file plays, the talk socket's audio is dropped and counted", async () => {
  const { sandbox, play } = await withFiles({ "/a": wavFile(1_000, 600) });
  const callId = await sandbox.answeredCall("+5511977776666");
  const client = await sandbox.open(callId);
  await client.send(tone(1_700, 300));
  await play(callId, "/a");
  await sandbox.advance("PT0.3S");
  await client.send(tone(1_700, 300));
  await sandbox.advance("PT0.3S");
  await client.send(tone(1_700, 300));
  await sandbox.advance("PT0.4S");
  const { client: said } = await sandbox.control.getMedia({ callId });
  expect(said.droppedBytes).toBe(2 * 2 * 4_800);
  expect(said.bytes).toBe(3 * 2 * 4_800);
  // 600 ms of the file, and then the 300 ms that came after it.
  expect(said.soundingFrames).toBe(15);
  expect(said.underruns).toBe(0);
});

test("MEDIA-PLAY-020: a second file takes the place of the first", async () => {
  const { sandbox, play } = await withFiles({ "/a": wavFile(500, 5_000), "/b": wavFile(1_700, 1_000) });
  const callId = await sandbox.answeredCall();
  await play(callId, "/a");
  await sandbox.advance("PT0.96S");
  await play(callId, "/b");
  await sandbox.advance("PT3S");
  const media = await sandbox.control.getMedia({ callId });
  expect(media.client.dominantHz).toEqual([500, 1_700]);
  const ends = (await told(sandbox, callId)).filter(({ name }) => name === "audioEnded");
  expect(ends.map(({ detail }) => detail["how"])).toEqual(["replaced", "finished"]);
});

test("MEDIA-PLAY-020: of two files that wait for the answer the second is played", async () => {
  const { sandbox, play } = await withFiles({ "/a": wavFile(500, 900), "/b": wavFile(1_700, 900) });
  const callId = await sandbox.placeCall();
  await play(callId, "/a");
  await play(callId, "/b");
  await sandbox.advance("PT3S");
  expect((await sandbox.control.getMedia({ callId })).client.dominantHz).toEqual([1_700]);
});

test("MEDIA-PLAY-020: files that queue are heard one after the other, in the order of the requests", async () => {
  const files = { "/a": wavFile(500, 1_020), "/b": wavFile(1_700, 960), "/c": wavFile(900, 60_000) };
  const { sandbox, play } = await withFiles(files, { realtime: { secondPlay: "queue" } });
  const callId = await sandbox.placeCall();
  for (const path of ["/a", "/b"]) await play(callId, path);
  await sandbox.advance("PT2S");
  await play(callId, "/c");
  await play(callId, "/a");
  await sandbox.advance("PT3S");
  const media = await sandbox.control.getMedia({ callId });
  expect(media.client.dominantHz.slice(0, 3)).toEqual([500, 1_700, 900]);
  await sandbox.api("evo", "POST", `/calls/${callId}/terminate`);
  const ends = (await told(sandbox, callId)).filter(({ name }) => name === "audioEnded");
  expect(ends.map(({ detail }) => detail["how"])).toEqual(["finished", "finished", "call ended", "call ended"]);
});

test("a file that queues waits for the download of the one before, and goes with it when the call ends", async () => {
  const slow = stalling();
  const files = { "/slow": slow.route, "/a": wavFile(1_000, 900) };
  const { sandbox, play, server } = await withFiles(files, { realtime: { secondPlay: "queue" } });
  const callId = await sandbox.answeredCall();
  await play(callId, "/slow");
  await slow.asked;
  await play(callId, "/a");
  await sandbox.api("evo", "POST", `/calls/${callId}/terminate`);
  await slow.closed;
  await sandbox.advance("PT1S");
  expect(server.requests).toEqual(["/slow"]);
  expect((await told(sandbox, callId)).some(({ kind }) => kind === "warning")).toBe(false);
});

test("MEDIA-PLAY-019: when they are mixed, the talk socket is heard together with the file", async () => {
  const { sandbox, play } = await withFiles({ "/a": wavFile(1_000, 600) }, { realtime: { playOverTalk: "mix" } });
  const callId = await sandbox.answeredCall("+5511977776666");
  const client = await sandbox.open(callId);
  await play(callId, "/a");
  await sandbox.advance("PT0.12S");
  const alone = (await sandbox.control.getMedia({ callId })).client.peak;
  await client.send(tone(1_700, 300));
  await sandbox.advance("PT0.6S");
  const { client: said } = await sandbox.control.getMedia({ callId });
  expect(said.droppedBytes).toBe(0);
  expect(said.peak).toBeGreaterThan(alone);
  expect(said.soundingFrames).toBe(10);
});

test("MEDIA-PLAY-020: a later file ends the download of an earlier one", async () => {
  const slow = stalling();
  const { sandbox, play } = await withFiles({ "/slow": slow.route, "/a": wavFile(1_000, 900) });
  const callId = await sandbox.answeredCall();
  await play(callId, "/slow");
  await slow.asked;
  await play(callId, "/a");
  await slow.closed;
  await sandbox.advance("PT1S");
  expect((await sandbox.control.getMedia({ callId })).client.dominantHz).toEqual([1_000]);
});
