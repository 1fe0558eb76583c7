import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { decodingThreads } from "../../../mock/media/webrtc/decoding.ts";
import { openEncoders } from "../../../mock/media/webrtc/opus.ts";
import { answeredCall, heardOf, placeCall, rtcSandbox, SoftPhone } from "./client.ts";

/** What a sandbox can leave behind, counted. */
function handles() {
  const all = process.getActiveResourcesInfo();
  const count = (kind: string) => all.filter((name) => name === kind).length;
  return {
    ports: count("UDPWrap"),
    timers: count("Timeout"),
    threads: decodingThreads(),
    encoders: openEncoders(),
  };
}

/** Waits until no more are left than there were (somebody else's timer may have ended meanwhile); says what is too much. */
async function leftOver(wanted: ReturnType<typeof handles>): Promise<Partial<ReturnType<typeof handles>>> {
  const tooMany = () =>
    Object.fromEntries(Object.entries(handles()).filter(([kind, count]) => count > (allowed.get(kind) ?? 0)));
  const allowed = new Map<string, number>(Object.entries(wanted));
  for (let time = 0; time < 250 && Object.keys(tooMany()).length > 0; time++) await setTimeout(20);
  return tooMany();
}

test("after 20 calls, in every state in which a call can end, no port, thread or timer is left", async () => {
  const offer = await new SoftPhone().offer();
  const before = handles();
  const sandbox = rtcSandbox();
  for (let round = 0; round < 6; round++) {
    const { id: unanswered } = await placeCall(sandbox, offer);
    await sandbox.api("meta", "POST", `/calls/${unanswered}/terminate`);
    const { id: answered } = await placeCall(sandbox, offer);
    await sandbox.control.actAsPerson({ callId: answered, action: "answer" });
    await sandbox.control.actAsPerson({ callId: answered, action: "speak", pattern: "echo" });
    await sandbox.control.actAsPerson({ callId: answered, action: "hang-up" });
    const { id: hasty } = (await sandbox.api("meta", "POST", "/calls", { to: "+5511999999999", sdp: offer })).body;
    await sandbox.api("meta", "POST", `/calls/${hasty}/terminate`);
  }
  const { id, phone } = await answeredCall(sandbox);
  phone.say("1000/1000");
  await heardOf(sandbox, id, "firstAudioOfClient");
  await sandbox.api("meta", "POST", `/calls/${id}/terminate`);
  await phone.close();
  const lasting = await answeredCall(sandbox);
  await sandbox.control.actAsPerson({ callId: lasting.id, action: "speak", pattern: "turns" });
  await lasting.phone.close();
  await sandbox.close();
  expect(await leftOver(before)).toEqual({});
});

test("a world that is removed gives its ports back", async () => {
  const sandbox = rtcSandbox();
  const { id, keys } = await sandbox.control.createWorld({ mode: "manual" });
  const sdp = await new SoftPhone().offer();
  const before = handles();
  const headers = { "x-api-key": keys.meta };
  await sandbox.request("POST", "/v1/calls", { headers, body: { to: "+5511999999999", sdp } });
  await expect.poll(() => handles().ports, { timeout: 5_000 }).toBe(before.ports + 1);
  await sandbox.control.deleteWorld({ w: id });
  expect(await leftOver(before)).not.toHaveProperty("ports");
});
