import { expect, test, vi } from "vitest";
import { dominantHz, expectTone } from "../../../mock/media/index.ts";
import { callable } from "../../support/sandbox.ts";
import { rtcSandbox, SoftPhone } from "./client.ts";

test("MEDIA-RTC-001, MEDIA-RTC-002: both sides of a placed call hear each other over Opus at 48 kHz", async () => {
  const sandbox = rtcSandbox();
  const phone = new SoftPhone();
  const started = performance.now();
  const placed = await sandbox.api("meta", "POST", "/calls", { to: callable, sdp: await phone.offer() });
  expect(placed.status).toBe(201);
  const { id } = placed.body;
  const call = await vi.waitFor(async () => {
    const { body } = await sandbox.api("meta", "GET", `/calls/${id}?includeSdp=1`);
    expect(body.sdpAnswer).not.toBeNull();
    return body;
  });
  console.log(call.sdpAnswer);
  await phone.take(call.sdpAnswer);
  await phone.connected();
  console.log("connected", performance.now() - started);
  phone.say("1000/1000");
  await sandbox.control.actAsPerson({ callId: id, action: "answer" }).catch(() => 0);
  await sandbox.control.actAsPerson({ callId: id, action: "speak", pattern: "monologue" });
  const heard = await phone.listen(60);
  console.log(dominantHz(heard.subarray(4800), 48000));
  expectTone(heard.subarray(4_800), { hz: 500, sampleRate: 48_000 });
  const media = await sandbox.control.getMedia({ callId: id });
  console.log(JSON.stringify(media, null, 1));
  console.log(JSON.stringify((await sandbox.control.getTimeline({ callId: id })).entries.map((e: any) => [e.at, e.name, e.detail])));
  await sandbox.api("meta", "POST", `/calls/${id}/terminate`);
});
