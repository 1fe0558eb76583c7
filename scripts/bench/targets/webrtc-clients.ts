// WebRTC clients in a process of their own: node webrtc-clients.ts <werift|sandbox> <port> <calls> <seconds>
import { setTimeout as passed } from "node:timers/promises";
import { MediaStreamTrack, RTCPeerConnection, RtpHeader, type RtpPacket } from "werift";
import { opusCodec, packetsOfTone } from "./opus-packets.ts";

const [kind = "", port = "", calls = "", duration = ""] = process.argv.slice(2);
const origin = `http://127.0.0.1:${port}`;
const frameMs = 20;
const packets = packetsOfTone();
const headers = { "x-api-key": "ps_sandbox_meta", "content-type": "application/json" };

const toMedia: number[] = [];
const lateness: number[] = [];
const lost: number[] = [];
let measuring = false;

async function ask(method: string, path: string, body?: object): Promise<ReadonlyMap<string, unknown>> {
  const response = await fetch(origin + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok || typeof answer !== "object" || answer === null) throw new Error(JSON.stringify(answer));
  return new Map(Object.entries(answer));
}

/** The answer to an offer: from the bare server at once, from the sandbox by a call. */
async function answered(sdp: string, person: string): Promise<string> {
  if (kind === "werift") return (await fetch(origin, { method: "POST", body: sdp })).text();
  const id = String((await ask("POST", "/v1/calls", { to: person, sdp, sdpType: "offer" })).get("id"));
  for (let attempt = 0; attempt < 1_000; attempt++) {
    const answer = (await ask("GET", `/v1/calls/${id}?includeSdp=1`)).get("sdpAnswer");
    if (typeof answer === "string") return answer;
    await passed(5);
  }
  throw new Error("a call got no SDP answer within five seconds");
}

/** What one client hears: how late each packet is, against the earliest one by the clock of RTP. */
class Ear {
  readonly #arrivals: number[] = [];
  #last: number | null = null;
  lost = 0;

  hear({ header }: RtpPacket, now: number): void {
    if (!measuring) return;
    this.#arrivals.push(now - header.timestamp / 48);
    if (this.#last !== null) this.lost += Math.max(0, ((header.sequenceNumber - this.#last) & 0xffff) - 1);
    this.#last = header.sequenceNumber;
  }

  lateness(): readonly number[] {
    const earliest = this.#arrivals.reduce((least, arrival) => Math.min(least, arrival), Number.POSITIVE_INFINITY);
    return this.#arrivals.map((arrival) => arrival - earliest);
  }
}

const ears: Ear[] = [];
const phones: RTCPeerConnection[] = [];

async function open(index: number): Promise<void> {
  const peer = new RTCPeerConnection({
    codecs: { audio: [opusCodec()] },
    iceServers: [],
    iceUseIpv6: false,
    iceAdditionalHostAddresses: ["127.0.0.1"],
  });
  const transceiver = peer.addTransceiver(new MediaStreamTrack({ kind: "audio" }), { direction: "sendrecv" });
  const ear = new Ear();
  await peer.setLocalDescription(await peer.createOffer());
  const person = `+5511${String(600_000_000 + index)}`;
  if (kind === "sandbox")
    await ask("PUT", `/_sandbox/worlds/default/contacts/${encodeURIComponent(person)}`, { permission: "permanent" });
  const startedAt = performance.now();
  const heard = new Promise<void>((resolve) => {
    transceiver.onTrack.subscribe((track) =>
      track.onReceiveRtp.subscribe((packet) => {
        ear.hear(packet, performance.now());
        resolve();
      }),
    );
  });
  await peer.setRemoteDescription({
    type: "answer",
    sdp: await answered(peer.localDescription?.sdp ?? "", person),
  });
  await heard;
  toMedia.push(performance.now() - startedAt);
  ears.push(ear);
  phones.push(peer);
}

let due = performance.now();
let spoken = 0;
function speak(): void {
  const packet = packets[spoken++ % packets.length] ?? Buffer.alloc(0);
  const sequenceNumber = spoken & 0xffff;
  for (const { dtlsTransports } of phones) {
    const header = new RtpHeader({ sequenceNumber, timestamp: (spoken * 960) >>> 0, payloadType: 111, ssrc: 4_711 });
    void dtlsTransports[0]?.sendRtp(packet, header);
  }
  due += frameMs;
  setTimeout(speak, Math.max(0, due - performance.now()));
}
speak();

// Five at a time: each handshake keeps both processes busy for some ten milliseconds.
for (let index = 0; index < Number(calls); index += 5)
  await Promise.all(Array.from({ length: Math.min(5, Number(calls) - index) }, (_, more) => open(index + more)));
await passed(2_000);
measuring = true;
process.send?.({ phase: "measuring" });
await passed(Number(duration) * 1_000);
measuring = false;
for (const ear of ears) {
  lateness.push(...ear.lateness());
  lost.push(ear.lost);
}
process.send?.({ phase: "done", lateness, lost, toMedia });
// The parent may have been stopped, and nobody else would end the ticks.
process.once("disconnect", () => process.exit(0));
