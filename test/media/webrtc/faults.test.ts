import { expect, test, vi } from "vitest";
import type { RtpPacket } from "werift";
import type { ControlArguments } from "../../../mock/control/control.ts";
import { testSandbox } from "../../support/sandbox.ts";
import { answeredCall, heardOf, patient, rtcSandbox } from "./client.ts";

type Effect = ControlArguments<"addFault">["effect"];
const webrtc = { media: "webrtc" } as const;

/** The first packets that a client gets of a person who speaks, or says nothing, until so many have been sent. */
async function packetsUpTo(count: number, effect: Effect, pattern: string | null = "tone") {
  const sandbox = rtcSandbox();
  await sandbox.control.addFault({ target: webrtc, effect });
  const { id, phone } = await answeredCall(sandbox);
  if (pattern !== null) await sandbox.control.actAsPerson({ callId: id, action: "speak", pattern });
  await vi.waitFor(() => expect(phone.packets.some((packet) => placeOf(packet) >= count)).toBe(true), patient);
  expect(await heardOf(sandbox, id, effect.type)).toMatchObject({ rule: "fault_1" });
  return { phone, places: phone.packets.map(placeOf) };
}

/** Where a packet stands among all that were sent: the first one's number is the lowest bits of its SSRC. */
function placeOf({ header }: RtpPacket): number {
  return (header.sequenceNumber - (header.ssrc & 0x7fff)) & 0xffff;
}

const upTo = (count: number) => Array.from({ length: count }, (_, place) => place);

test("CTRL-078: drop loses packets, the same ones in every run", async () => {
  const effect = { type: "drop", share: 0.5 } as const;
  const arrived = async () => (await packetsUpTo(30, effect)).places.filter((place) => place < 30);
  const one = await arrived();
  expect(one.length).toBeGreaterThan(5);
  expect(one.length).toBeLessThan(25);
  expect(await arrived()).toEqual(one);
});

test("CTRL-078: stall loses what falls into it, and nothing before or after", async () => {
  const { places } = await packetsUpTo(30, { type: "stall", afterMs: 100, ms: 200 });
  const missing = upTo(30).filter((place) => !places.includes(place));
  expect(missing.length).toBeGreaterThan(7);
  expect(missing.length).toBeLessThan(13);
  expect(missing).toEqual(missing.map((_, index) => (missing[0] ?? 0) + index));
  expect(missing[0]).toBeGreaterThan(2);
});

test("CTRL-078: jitter lets packets overtake each other and loses none", async () => {
  const { phone, places } = await packetsUpTo(30, { type: "jitter", ms: 150 });
  expect(places).not.toEqual(places.toSorted((a, b) => a - b));
  await vi.waitFor(() => expect(phone.packets.map(placeOf)).toEqual(expect.arrayContaining(upTo(30))), patient);
});

test("CTRL-078: garble turns packets into noise of their length and kind, and none is lost", async () => {
  const { phone, places } = await packetsUpTo(30, { type: "garble", share: 0.5 }, null);
  expect(places.slice(0, 30)).toEqual(upTo(30));
  // Somebody who says nothing is one packet again and again; noise is another each time.
  const alike = [...Map.groupBy(phone.packets, ({ payload }) => payload.toString("hex")).values()];
  const [whole = [], ...noises] = alike.toSorted((one, other) => other.length - one.length);
  expect(whole.length).toBeGreaterThan(5);
  expect(noises.length).toBeGreaterThan(5);
  const shape = ({ payload }: RtpPacket) => [payload.length, payload[0]];
  for (const [noise] of noises) expect(noise && shape(noise)).toEqual(whole[0] && shape(whole[0]));
});

test("CTRL-078: early-close breaks the connection; the call goes on until the media is missed", async () => {
  const sandbox = rtcSandbox({ webrtc: { host: "127.0.0.1", noMediaAtStartMs: 60_000, noMediaLaterMs: 1_000 } });
  await sandbox.control.addFault({ target: webrtc, effect: { type: "early-close", afterMs: 200 } });
  const { id, phone } = await answeredCall(sandbox);
  phone.say("1000/1000");
  expect(await heardOf(sandbox, id, "peerClosed")).toEqual({ by: "fault" });
  const call = async () => (await sandbox.api("meta", "GET", `/calls/${id}`)).body;
  expect(await call()).toMatchObject({ status: "ACCEPTED" });
  const sent = phone.packets.length;
  await vi.waitFor(async () => expect(await call()).toMatchObject({ status: "FAILED", errorCode: "138021" }), patient);
  expect(phone.packets.length - sent).toBeLessThan(3);
  const { entries } = await sandbox.control.getTimeline({ callId: id });
  expect(entries.filter(({ name }) => name === "peerClosed")).toHaveLength(1);
});

test("CTRL-078: a fault that has not happened yet ends with the call", async () => {
  const sandbox = rtcSandbox({ webrtc: { host: "127.0.0.1", noMediaAtStartMs: 0, noMediaLaterMs: 0 } });
  await sandbox.control.addFault({ target: webrtc, effect: { type: "early-close", afterMs: 600_000 } });
  const { id } = await answeredCall(sandbox);
  await heardOf(sandbox, id, "early-close");
  await sandbox.api("meta", "POST", `/calls/${id}/terminate`);
  expect(sandbox.clock.waiting).toBe(0);
});

test("CTRL-078: a rule that would refuse an upgrade of WebRTC is refused", async () => {
  const sandbox = testSandbox();
  const body = { target: webrtc, effect: { type: "refuse-upgrade" } };
  const refused = await sandbox.request("POST", "/_sandbox/worlds/default/faults", { body });
  expect(refused).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" } });
  expect(refused.body.error).toContain("only happens to realtime sockets");
});
