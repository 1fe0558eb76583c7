import { expect, test } from "vitest";
import { expectTone, synth } from "../../mock/media/index.ts";
import { Client, mediaSandbox } from "./support/client.ts";

/** What a client hears in the seconds after a call to this person was answered. */
async function heardFrom(phone: string, seconds: number): Promise<Int16Array> {
  const sandbox = await mediaSandbox();
  const client = await sandbox.open(await sandbox.answeredCall(phone));
  await sandbox.advance(`PT${seconds}S`);
  await client.settled();
  return client.heard;
}

/** The share of 20 ms pieces in which anything sounds. */
function sounding(samples: Int16Array): number {
  const pieces = Math.floor(samples.length / 320);
  let loud = 0;
  for (let piece = 0; piece < pieces; piece++) {
    if (samples.subarray(piece * 320, piece * 320 + 320).some((sample) => Math.abs(sample) > 200)) loud++;
  }
  return loud / pieces;
}

test("PEOPLE-010: the silent person answers and sends silence, every frame of it", async () => {
  const heard = await heardFrom("+5511900000006", 6);
  expect(heard.length).toBe(96_000);
  expect(heard.every((sample) => sample === 0)).toBe(true);
});

test("PEOPLE-012: the talkative person hardly ever pauses, where others take turns", async () => {
  expect(sounding(await heardFrom("+5511900000007", 6))).toBeGreaterThan(0.9);
  const turns = sounding(await heardFrom("+5511988887777", 6));
  expect(turns).toBeGreaterThan(0.5);
  expect(turns).toBeLessThan(0.85);
});

test("PEOPLE-011: the person who echoes gives the client's audio back after 500 ms", async () => {
  const sandbox = await mediaSandbox();
  const client = await sandbox.open(await sandbox.answeredCall("+5511900000005"));
  await client.send(synth("1000/960", { ms: 960 }));
  await sandbox.advance("PT1.5S");
  await client.settled();
  const { heard } = client;
  expect(heard.subarray(0, 7_000).every((sample) => sample === 0)).toBe(true);
  expectTone(heard.subarray(10_000, 22_000), { hz: 1_000 });
});

test("EVO-RT-003: a talk socket is heard by the person, a listen socket only hears", async () => {
  const sandbox = await mediaSandbox();
  const callId = await sandbox.answeredCall();
  const heardBy = async (mode: "talk" | "listen") => {
    const client = await sandbox.open(callId, mode);
    await client.send(synth("1000/480", { ms: 480 }));
    await sandbox.advance("PT0.6S");
    await client.settled();
    expect(client.frames.length).toBeGreaterThan(0);
    return (await sandbox.control.getMedia({ callId })).client.bytes;
  };
  expect(await heardBy("listen")).toBe(0);
  expect(await heardBy("talk")).toBe(15_360);
});

test("CTRL-046: removing a world ends its timers and closes its sockets", async () => {
  const sandbox = await mediaSandbox();
  const { keys } = await sandbox.control.createWorld({ id: "short", clock: "virtual" });
  const headers = { "x-api-key": keys.evo };
  const { body: call } = await sandbox.request("POST", "/v1/calls", { headers, body: { to: "+5511900000003" } });
  const { body: session } = await sandbox.request("POST", `/v1/calls/${call.id}/realtime-session`, {
    headers,
    body: {},
  });
  const client = await Client.open(session.wsUrl);
  await sandbox.control.deleteWorld({ w: "short" });
  expect(await client.closed).toMatchObject({ code: 1001 });
  expect((await sandbox.request("GET", "/v1/calls", { headers })).status).toBe(401);
});
