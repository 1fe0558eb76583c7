import { createSocket } from "node:dgram";
import { expect, test } from "vitest";
import { judgeSdp } from "../../../mock/domain/sdp/index.ts";
import { callable, offer, testSandbox } from "../../support/sandbox.ts";
import { heardOf, placeCall, rtcSandbox, SoftPhone } from "./client.ts";

const withoutCandidates = (sdp: string) => sdp.replace(/a=candidate:.*\r\n/g, "");
const mdnsOnly = (sdp: string) =>
  sdp.replace(/(a=candidate:\S+ 1 udp \d+) \S+ /g, "$1 3f4f1a2e-0f2c-4b7e-9d55-0a5a3a8d7c11.local ");
const setup = (role: string) => (sdp: string) => sdp.replace("a=setup:actpass", `a=setup:${role}`);

const lines = (sdp: string, start: string) => sdp.split("\r\n").filter((line) => line.startsWith(start));

test.each(["active", "actpass"])(
  "MEDIA-RTC-003: to an offer that says %s the peer answers passive, and the client is the DTLS client",
  async (role) => {
    const sandbox = rtcSandbox();
    const phone = new SoftPhone();
    const { id, sdpAnswer } = await placeCall(sandbox, await phone.offer(setup(role)));
    expect(lines(sdpAnswer, "a=setup")).toEqual(["a=setup:passive"]);
    await phone.take(sdpAnswer);
    await phone.connected();
    expect(phone.peer.dtlsTransports[0]?.role).toBe("client");
    expect(await heardOf(sandbox, id, "peerConnected")).toMatchObject({ dtlsRole: "server" });
  },
);

test("MEDIA-RTC-005: the peer is ICE lite, so that the client controls", async () => {
  const sandbox = rtcSandbox();
  const phone = new SoftPhone();
  const { sdpAnswer } = await placeCall(sandbox, await phone.offer());
  expect(lines(sdpAnswer, "a=ice-lite")).toHaveLength(1);
  await phone.take(sdpAnswer);
  await phone.connected();
  expect(phone.peer.iceTransports[0]?.role).toBe("controlling");
});

test.each([
  ["mDNS names only", mdnsOnly],
  ["missing", withoutCandidates],
])("MEDIA-RTC-006: a client whose candidates are %s connects", async (_, change) => {
  const sandbox = rtcSandbox();
  const phone = new SoftPhone();
  const { id, sdpAnswer } = await placeCall(sandbox, await phone.offer(change));
  await phone.take(sdpAnswer);
  await phone.connected();
  expect(await heardOf(sandbox, id, "peerConnected")).toMatchObject({ remoteAddress: expect.any(String) });
});

test("MEDIA-RTC-007, MEDIA-RTC-008: loopback alone is enough, and its candidate stands in the SDP with its port", async () => {
  const sandbox = rtcSandbox();
  const phone = new SoftPhone();
  const { id, sdpAnswer } = await placeCall(sandbox, await phone.offer(withoutCandidates));
  const [candidate = "", ...others] = lines(sdpAnswer, "a=candidate");
  expect(others).toEqual([]);
  const [, address, port] = /udp \d+ (\S+) (\d+) typ host/.exec(candidate) ?? [];
  expect(address).toBe("127.0.0.1");
  expect(lines(sdpAnswer, "m=audio")[0]).toContain(`m=audio ${port} UDP/TLS/RTP/SAVPF 111`);
  await phone.take(sdpAnswer);
  await phone.connected();
  expect(await heardOf(sandbox, id, "peerConnected")).toMatchObject({
    remoteAddress: expect.stringMatching(/^127\.0\.0\.1:/),
  });
});

test("MEDIA-RTC-020: ports and address can be chosen, and a call for which no port is left says so", async () => {
  const from = 21_000 + (process.pid % 5_000);
  const sandbox = rtcSandbox({ webrtc: { host: "192.0.2.7", ports: { from, to: from + 1 } } });
  const people = [callable, "+5511988887777", "+5511988887776"];
  const calls = await Promise.all(
    people.map((person) => sandbox.control.createInboundCall({ to: "+551140000001", from: person })),
  );
  const offers = calls.map(({ sdpOffer }) => sdpOffer ?? "");
  const connections = offers.map((sdp) => [lines(sdp, "c="), /m=audio (\d+)/.exec(sdp)?.[1]]);
  expect(connections.slice(0, 2)).toEqual([
    [["c=IN IP4 192.0.2.7"], String(from)],
    [["c=IN IP4 192.0.2.7"], String(from + 1)],
  ]);
  expect(judgeSdp((offers[2] ?? "").replace("actpass", "active"), "offer", { strict: false })).toMatchObject({
    ok: true,
  });
  expect(await heardOf(sandbox, calls[2]?.id ?? "", "peerFailed")).toEqual({
    message: expect.stringContaining(`there is no free UDP port from ${from} to ${from + 1}`),
  });
});

test("MEDIA-RTC-018: with the peer off both SDPs are there at once, well formed, and no media flows", async () => {
  const sandbox = testSandbox();
  const { body } = await sandbox.api("meta", "POST", "/calls", { to: callable, sdp: offer });
  const { body: call } = await sandbox.api("meta", "GET", `/calls/${body.id}?includeSdp=1`);
  expect(judgeSdp(call.sdpAnswer.replace("passive", "active"), "answer", { strict: false })).toMatchObject({
    ok: true,
  });
  const called = await sandbox.control.createInboundCall({ to: "+551140000001", from: "+5511988887777" });
  expect(judgeSdp(called.sdpOffer ?? "", "offer", { strict: false })).toMatchObject({ ok: true });
  await sandbox.advance("PT5S");
  const { peer, client, person } = await sandbox.control.getMedia({ callId: body.id });
  expect({ peer, client: client.frames, person: person.frames }).toEqual({ peer: null, client: 0, person: 0 });
});

test("a handshake with another certificate than the SDP's fails, and the timeline says so", async () => {
  const sandbox = rtcSandbox();
  const phone = new SoftPhone();
  const other = (sdp: string) => sdp.replace(/(a=fingerprint:sha-256 )../, (_, start: string) => `${start}00`);
  const { id, sdpAnswer } = await placeCall(sandbox, await phone.offer(other));
  await phone.take(sdpAnswer);
  expect(await heardOf(sandbox, id, "peerFailed")).toMatchObject({ message: expect.stringContaining("fingerprint") });
});

test("rubbish on the port is survived, and the client still connects", async () => {
  const sandbox = rtcSandbox();
  const phone = new SoftPhone();
  const { sdpAnswer } = await placeCall(sandbox, await phone.offer());
  const port = Number(/m=audio (\d+)/.exec(sdpAnswer)?.[1]);
  const socket = createSocket("udp4");
  // First bytes of STUN, DTLS and RTP, each followed by nothing, by too little and by nonsense (RFC 7983 §7).
  for (const first of [0, 1, 20, 22, 23, 25, 63, 64, 128, 144, 200, 255])
    for (const length of [1, 4, 20, 60, 1_200])
      await new Promise((resolve) => socket.send(Buffer.alloc(length, first), port, "127.0.0.1", resolve));
  await phone.take(sdpAnswer);
  for (const first of [20, 22, 128]) socket.send(Buffer.alloc(200, first), port, "127.0.0.1");
  await phone.connected();
  await new Promise<void>((resolve) => socket.close(resolve));
});
