import { expect, onTestFinished, test, vi } from "vitest";
import { RtpHeader, RtpPacket } from "werift";
import { synth } from "../../../mock/media/index.ts";
import { RecordingRoom } from "../../../mock/media/inspect/recording-room.ts";
import { Side } from "../../../mock/media/inspect/side.ts";
import { Warnings } from "../../../mock/media/inspect/warnings.ts";
import { ClientEar } from "../../../mock/media/webrtc/client-ear.ts";
import { frameSamples, sampleRate } from "../../../mock/media/webrtc/format.ts";
import { Encoder } from "../../../mock/media/webrtc/opus.ts";
import { WorldClock } from "../../../mock/world/clock.ts";
import { patient } from "./client.ts";

const codec = (payloadType: number, name: string, clockRate: number) => ({
  payloadType,
  name,
  clockRate,
  channels: 1,
  parameters: null,
  feedback: [],
  line: null,
});

/** An ear that somebody listens with since now, and the packets of one client. */
function listening() {
  const clock = new WorldClock({ mode: "virtual", now: 0 });
  const side = new Side(sampleRate, 60, new RecordingRoom());
  const warnings = new Warnings(() => undefined);
  const ear = new ClientEar({ clock, side, warnings, report: () => undefined, heard: () => undefined });
  ear.codecs = [codec(111, "opus", 48_000), codec(0, "PCMU", 8_000), codec(13, "CN", 8_000)];
  ear.answered(0);
  const encoder = Encoder.create();
  onTestFinished(() => {
    ear.close();
    encoder?.close();
  });
  const opus = encoder?.encode(synth("1000/1000", { ms: 20, sampleRate })) ?? Buffer.alloc(0);
  /** The packet at a place in the client's stream. */
  const send = (place: number, { payload = opus, payloadType = 111, ssrc = 1, timestamp = place * 960 } = {}) =>
    ear.receive(
      new RtpPacket(
        new RtpHeader({ sequenceNumber: (65_530 + place) & 0xffff, timestamp, payloadType, ssrc }),
        payload,
      ),
    );
  const heard = (frames: number) => vi.waitFor(() => expect(side.frames).toBe(frames), patient);
  const warned = () => warnings.list().map(({ name }) => name);
  return { clock, side, warnings, ear, send, heard, warned, opus };
}

test("packets that never came are counted, also where the numbers begin anew", async () => {
  const { ear, side, send, heard } = listening();
  for (const place of [0, 1, 4, 5, 9]) send(place);
  await heard(5);
  expect([ear.lost, side.lateFrames]).toEqual([5, 0]);
});

test("a packet that comes after its successor, or twice, is late and not heard", async () => {
  const { ear, side, send, heard, opus } = listening();
  for (const place of [0, 2, 1, 2, 3]) send(place);
  await heard(3);
  expect([ear.lost, side.lateFrames, side.droppedBytes]).toEqual([1, 2, 2 * opus.length]);
});

test("a second SSRC is a warning, and counts neither as loss nor as lateness", async () => {
  const { ear, side, send, heard, warned } = listening();
  send(0);
  send(30_000, { ssrc: 2, timestamp: 99 });
  await heard(2);
  expect([warned(), ear.lost, side.lateFrames]).toEqual([["secondSsrc"], 0, 0]);
});

test("anything but Opus is named in a warning, and comfort noise is none", () => {
  const { side, send, warnings, warned } = listening();
  send(0, { payloadType: 13, payload: Buffer.alloc(1) });
  expect(warned()).toEqual([]);
  send(1, { payloadType: 0, payload: Buffer.alloc(160) });
  send(2, { payloadType: 77, payload: Buffer.alloc(100) });
  expect(warnings.list()).toMatchObject([{ name: "codec", count: 2, message: expect.stringContaining("PCMU/8000") }]);
  expect([side.ignoredBytes, side.frames]).toEqual([261, 0]);
});

test("what is no Opus is a warning, and the next packet is heard", async () => {
  const { side, send, heard, warned } = listening();
  // A code 3 packet with 63 frames, none of which are there (RFC 6716 §3.2.5).
  send(0, { payload: Buffer.from([0x4b, 0xff, 0x00]) });
  send(1);
  await heard(1);
  expect([warned(), side.droppedBytes]).toEqual([["unreadableAudio"], 2 * frameSamples]);
});

test("a short pause is an underrun, a long one a gap, and late packets are neither", async () => {
  const { clock, side, send, heard } = listening();
  let sent = 0;
  for (const ms of [20, 60, 61, 999, 1_000, 5_000]) {
    await clock.advance(ms);
    send(sent++);
  }
  await heard(6);
  expect([side.underruns, side.gaps]).toEqual([2, 2]);
});

test("packets that arrive in a bunch are placed by the client's own clock, until it is 300 ms wrong", async () => {
  const { clock, side, send, heard } = listening();
  await clock.advance(100);
  for (const place of [0, 1, 2]) send(place);
  await heard(3);
  expect(side.recording.length).toBe(1_600 + 3 * frameSamples);
  await clock.advance(1_000);
  // By its clock it would be at 160 ms.
  send(3);
  await heard(4);
  expect(side.recording.length).toBe(17_600 + frameSamples);
});

test("after the end nothing is heard any more", async () => {
  const { ear, side, send, heard } = listening();
  send(0);
  await heard(1);
  ear.close();
  send(1);
  expect([side.frames, side.ignoredBytes > 0]).toEqual([1, true]);
});
