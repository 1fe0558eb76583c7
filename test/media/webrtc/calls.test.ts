import { setImmediate as turnOfLoop } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import type { RtpPacket } from "werift";
import { dominantHz, expectTone } from "../../../mock/media/index.ts";
import { callable } from "../../support/sandbox.ts";
import { answeredCall, heardOf, patient, placeCall, rtcSandbox, SoftPhone } from "./client.ts";

test("MEDIA-RTC-001, MEDIA-RTC-002: both sides of a placed call hear each other over Opus at 48 kHz", async () => {
  const sandbox = rtcSandbox();
  const { id, phone } = await answeredCall(sandbox);
  await sandbox.control.actAsPerson({ callId: id, action: "speak", pattern: "monologue" });
  phone.say("1000/1000");
  const heard = (await phone.listen(60)).subarray(4_800);
  expect(Math.abs((dominantHz(heard, 48_000) ?? 0) - 500)).toBeLessThan(10);
  expectTone(heard, { hz: 500, sampleRate: 48_000, marginDb: 20 });

  await vi.waitFor(
    async () => expect((await sandbox.control.getMedia({ callId: id })).client.frames).toBeGreaterThan(50),
    patient,
  );
  const { client, person, peer, format } = await sandbox.control.getMedia({ callId: id });
  expect(format).toMatchObject({ sampleRate: 16_000, frameMs: 20 });
  expect(peer).toMatchObject({ packetsLost: 0, remoteAddress: expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
  expect(client.dominantHz[0]).toBe(1_000);
  expect(client).toMatchObject({ gaps: 0, droppedBytes: 0 });
  expect(client.rms).toBeCloseTo(0.177, 1);
  expect(person.dominantHz[0]).toBe(500);

  const response = await sandbox.app.request(`/_sandbox/worlds/default/calls/${id}/audio.wav`);
  const recording = new DataView(await response.arrayBuffer());
  const channel = (index: number) =>
    Int16Array.from({ length: 8_000 }, (_, sample) => recording.getInt16(44 + (6_400 + sample) * 4 + index * 2, true));
  expectTone(channel(0), { hz: 1_000, marginDb: 20 });
  expectTone(channel(1), { hz: 500, marginDb: 20 });
});

test("META-START-022, MEDIA-RTC-009: the path is there while the phone rings, and the person is heard only from the pick-up on", async () => {
  const sandbox = rtcSandbox();
  const phone = new SoftPhone();
  const { id, sdpAnswer } = await placeCall(sandbox, await phone.offer());
  await sandbox.control.actAsPerson({ callId: id, action: "ring" });
  await phone.take(sdpAnswer);
  await phone.connected();
  phone.say("1000/1000");
  // So much of the client has arrived that the person's audio would have gone out many times.
  await vi.waitFor(
    async () => expect((await sandbox.control.getMedia({ callId: id })).client.ignoredBytes).toBeGreaterThan(1_000),
    patient,
  );
  expect(phone.packets).toHaveLength(0);
  expect((await sandbox.api("meta", "GET", `/calls/${id}`)).body).toMatchObject({ status: "RINGING" });
  await sandbox.control.actAsPerson({ callId: id, action: "answer" });
  expect((await sandbox.api("meta", "GET", `/calls/${id}`)).body).toMatchObject({ status: "ACCEPTED" });
  await sandbox.control.actAsPerson({ callId: id, action: "speak", pattern: "tone" });
  expectTone((await phone.listen(20)).subarray(4_800), { hz: 500, sampleRate: 48_000 });
  const { entries } = await sandbox.control.getTimeline({ callId: id });
  expect(entries.map(({ name }) => name)).not.toContain("mediaBeforeAccept");
});

test("MEDIA-RTC-010, MEDIA-RTC-004: pre-accept answers an actpass offer and prepares the path; audio flows after accept", async () => {
  const sandbox = rtcSandbox();
  const phone = new SoftPhone();
  const call = await sandbox.control.createInboundCall({ to: "+551140000001", from: callable });
  expect(call.sdpOffer).toContain("a=setup:actpass\r\n");
  const sdp = await phone.answer(call.sdpOffer ?? "");
  expect(sdp).toContain("a=setup:active\r\n");
  expect((await sandbox.api("meta", "POST", `/calls/${call.id}/pre-accept`, { sdp })).status).toBe(200);
  await phone.connected();
  await heardOf(sandbox, call.id, "peerConnected");
  expect(phone.packets).toHaveLength(0);
  expect((await sandbox.api("meta", "POST", `/calls/${call.id}/accept`, { sdp })).status).toBe(200);
  await sandbox.control.actAsPerson({ callId: call.id, action: "speak", pattern: "tone" });
  phone.say("1000/1000");
  expectTone((await phone.listen(30)).subarray(4_800), { hz: 500, sampleRate: 48_000 });
  await vi.waitFor(
    async () => expect((await sandbox.control.getMedia({ callId: call.id })).client.dominantHz[0]).toBe(1_000),
    patient,
  );
  const { warnings } = await sandbox.control.getMedia({ callId: call.id });
  expect(warnings).toEqual([]);
});

test("MEDIA-RTC-011: media before accept is reported as the mistake that it is, and nobody hears it", async () => {
  const sandbox = rtcSandbox();
  const phone = new SoftPhone();
  const call = await sandbox.control.createInboundCall({ to: "+551140000001", from: callable });
  const sdp = await phone.answer(call.sdpOffer ?? "");
  await sandbox.api("meta", "POST", `/calls/${call.id}/pre-accept`, { sdp });
  await phone.connected();
  phone.say("1000/1000");
  expect(await heardOf(sandbox, call.id, "mediaBeforeAccept")).toMatchObject({
    message: expect.stringContaining("send nothing until accept has answered 200"),
  });
  const { client, warnings } = await sandbox.control.getMedia({ callId: call.id });
  expect(warnings).toMatchObject([{ name: "mediaBeforeAccept", count: expect.any(Number) }]);
  expect(client).toMatchObject({ frames: 0, firstAudioAt: null });
});

test("MEDIA-RTC-012: the client's keys arrive as telephone-event, each once, and the person's keys leave as that", async () => {
  const sandbox = rtcSandbox();
  const { id, phone } = await answeredCall(sandbox);
  phone.pressKey(5);
  phone.pressKey(11);
  await vi.waitFor(async () => expect((await sandbox.control.getMedia({ callId: id })).peer?.dtmf).toBe("5#"), patient);
  expect(await heardOf(sandbox, id, "dtmf")).toEqual({ from: "client", digit: "5", durationMs: 100 });
  await sandbox.control.actAsPerson({ callId: id, action: "send-dtmf", digits: "7" });
  const keys = await vi.waitFor(() => {
    const found = phone.packets.filter(({ header }) => header.payloadType === 126).map(({ payload }) => payload);
    expect(found).toHaveLength(7);
    return found;
  }, patient);
  expect([...new Set(keys.map(([event]) => event))]).toEqual([7]);
  expect(keys.map((payload) => (payload[1] ?? 0) >> 7)).toEqual([0, 0, 0, 0, 1, 1, 1]);
  expect(keys.at(-1)?.readUInt16BE(2)).toBe(800);
});

test("META-SDP-048: an offer without telephone-event has its keys on payload type 126 at 8,000 Hz, both ways", async () => {
  const sandbox = rtcSandbox();
  const withoutKeys = (sdp: string) => sdp.replace(/(m=audio .*) 126/, "$1").replace(/a=(rtpmap|fmtp):126 .*\r\n/g, "");
  const { id, phone } = await answeredCall(sandbox, withoutKeys);
  expect((await sandbox.api("meta", "GET", `/calls/${id}?includeSdp=1`)).body.sdpOffer).not.toContain(
    "telephone-event",
  );
  const keys: RtpPacket[] = [];
  phone.peer.dtlsTransports[0]?.onRtp.subscribe((packet) => {
    if (packet.header.payloadType === 126) keys.push(packet);
  });
  phone.pressKey(5);
  await vi.waitFor(async () => expect((await sandbox.control.getMedia({ callId: id })).peer?.dtmf).toBe("5"), patient);
  expect(await heardOf(sandbox, id, "dtmf")).toEqual({ from: "client", digit: "5", durationMs: 100 });
  expect((await sandbox.control.getMedia({ callId: id })).warnings).toEqual([]);
  await sandbox.control.actAsPerson({ callId: id, action: "send-dtmf", digits: "7" });
  await vi.waitFor(() => expect(keys).toHaveLength(7), patient);
  expect(keys.at(-1)?.payload[0]).toBe(7);
  expect(keys.at(-1)?.payload.readUInt16BE(2)).toBe(800);
});

test("MEDIA-RTC-019: a client whose media ends is still in the call until it says terminate", async () => {
  const sandbox = rtcSandbox();
  const { id, phone } = await answeredCall(sandbox);
  phone.say("1000/1000");
  await heardOf(sandbox, id, "firstAudioOfClient");
  await phone.close();
  expect((await sandbox.api("meta", "GET", `/calls/${id}`)).body.status).toBe("ACCEPTED");
  expect((await sandbox.api("meta", "POST", `/calls/${id}/terminate`)).body.status).toBe("COMPLETED");
});

test("an echo comes back to the client", async () => {
  const sandbox = rtcSandbox();
  const { id, phone } = await answeredCall(sandbox);
  await sandbox.control.actAsPerson({ callId: id, action: "speak", pattern: "echo:100" });
  phone.say("1400/1000");
  await phone.listen(40);
  expectTone(await phone.listen(20), { hz: 1_400, sampleRate: 48_000 });
});

test("of a client that sends faster than time passes an echo keeps three seconds", async () => {
  const sandbox = rtcSandbox({ clock: "virtual" });
  const { id, phone } = await answeredCall(sandbox);
  await sandbox.control.actAsPerson({ callId: id, action: "speak", pattern: "echo:100" });
  const tone = phone.packetOf("1000/1000");
  // Eight seconds, a little at a time, because UDP drops what comes all at once.
  for (let sent = 0; sent < 400; sent++) {
    phone.send(tone);
    if (sent % 20 === 19) await turnOfLoop();
  }
  const frames = async () => (await sandbox.control.getMedia({ callId: id })).client.frames;
  await vi.waitFor(async () => expect(await frames()).toBeGreaterThan(350), patient);
  await sandbox.advance("PT9S");
  const { person } = await sandbox.control.getMedia({ callId: id });
  expect(person.soundingFrames).toBeGreaterThan(140);
  expect(person.soundingFrames).toBeLessThan(210);
});
