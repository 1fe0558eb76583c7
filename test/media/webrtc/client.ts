import OpusScript from "opusscript";
import { expect, onTestFinished, vi } from "vitest";
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, type RtpPacket } from "werift";
import { synth } from "../../../mock/media/index.ts";
import type { SandboxOptions } from "../../../mock/sandbox-options.ts";
import { callable, type TestSandbox, testSandbox } from "../../support/sandbox.ts";

/** A sandbox with real peers on a real clock, because sound takes its time; nobody acts unless the test says so. */
export function rtcSandbox(options: SandboxOptions = {}): TestSandbox {
  return testSandbox({ clock: "real", mode: "manual", webrtc: { host: "127.0.0.1" }, ...options });
}

/** A machine with much else to do takes its time. */
export const patient = { timeout: 8_000, interval: 20 };

/** The business calls, and gets the answer to its SDP. */
export async function placeCall(sandbox: TestSandbox, sdp: string): Promise<{ id: string; sdpAnswer: string }> {
  const placed = await sandbox.api("meta", "POST", "/calls", { to: callable, sdp });
  expect(placed.body).toMatchObject({ status: "INITIATED" });
  const { id } = placed.body;
  return vi.waitFor(async () => {
    const { body } = await sandbox.api("meta", "GET", `/calls/${id}?includeSdp=1`);
    expect(body.sdpAnswer).toMatch(/^v=0/);
    return body;
  }, patient);
}

/**
 * A call that the person has taken, with a phone that is connected.
 *
 * @param change what is different in the offer
 */
export async function answeredCall(
  sandbox: TestSandbox,
  change?: (sdp: string) => string,
): Promise<{ id: string; phone: SoftPhone }> {
  const phone = new SoftPhone();
  const { id, sdpAnswer } = await placeCall(sandbox, await phone.offer(change));
  await phone.take(sdpAnswer);
  await phone.connected();
  await heardOf(sandbox, id, "peerConnected");
  await sandbox.control.actAsPerson({ callId: id, action: "answer" });
  return { id, phone };
}

/** The entry of a call's timeline with that name, once there is one. */
export function heardOf(sandbox: TestSandbox, callId: string, name: string): Promise<Record<string, unknown>> {
  return vi.waitFor(async () => {
    const { entries } = await sandbox.control.getTimeline({ callId });
    const found = entries.find((entry) => entry.name === name);
    if (found === undefined) throw new Error(`There is no ${name} in the timeline.`);
    return found.detail;
  }, patient);
}

const rate = 48_000;

/** A softphone without a window: a whole WebRTC stack that sends a tone and keeps what it hears. */
export class SoftPhone {
  readonly peer: RTCPeerConnection;
  readonly packets: RtpPacket[] = [];
  readonly #track = new MediaStreamTrack({ kind: "audio" });
  readonly #encoder = new OpusScript(rate, 1, OpusScript.Application.VOIP);
  #timer: NodeJS.Timeout | null = null;
  #sequence = 1_000;
  #timestamp = 5_000;

  constructor() {
    const opus = new RTCRtpCodecParameters({
      mimeType: "audio/opus",
      clockRate: 48_000,
      channels: 2,
      payloadType: 111,
    });
    const keys = new RTCRtpCodecParameters({ mimeType: "audio/telephone-event", clockRate: 8_000, payloadType: 126 });
    this.peer = new RTCPeerConnection({
      codecs: { audio: [opus, keys] },
      iceServers: [],
      iceUseIpv6: false,
      iceAdditionalHostAddresses: ["127.0.0.1"],
    });
    const transceiver = this.peer.addTransceiver(this.#track, { direction: "sendrecv" });
    transceiver.onTrack.subscribe((track) => track.onReceiveRtp.subscribe((packet) => this.packets.push(packet)));
    onTestFinished(() => this.close());
  }

  /** The offer, with whatever the test wants changed in it. */
  async offer(change: (sdp: string) => string = (sdp) => sdp): Promise<string> {
    await this.peer.setLocalDescription(await this.peer.createOffer());
    return change(this.peer.localDescription?.sdp ?? "");
  }

  async take(answer: string): Promise<void> {
    await this.peer.setRemoteDescription({ type: "answer", sdp: answer });
  }

  async answer(offer: string): Promise<string> {
    await this.peer.setRemoteDescription({ type: "offer", sdp: offer });
    const answer = await this.peer.createAnswer();
    await this.peer.setLocalDescription(answer);
    return this.peer.localDescription?.sdp ?? "";
  }

  async connected(): Promise<void> {
    if (this.peer.connectionState === "connected") return;
    await this.peer.connectionStateChange.watch((state) => state === "connected", 8_000);
  }

  /** Sends a tone, 20 ms each 20 ms, until it is told to stop. */
  say(pattern: string): void {
    const tone = synth(pattern, { ms: 1_000, sampleRate: rate });
    const startedAt = performance.now();
    let sent = 0;
    this.hush();
    this.#timer = setInterval(() => {
      while (sent * 20 <= performance.now() - startedAt) {
        const at = (sent % 50) * 960;
        const frame = tone.subarray(at, at + 960);
        this.send(this.#encoder.encode(Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength), 960));
        sent++;
      }
    }, 5);
  }

  /** The first 20 ms of a pattern, as a packet. */
  packetOf(pattern: string): Buffer {
    const frame = synth(pattern, { ms: 20, sampleRate: rate });
    return this.#encoder.encode(Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength), 960);
  }

  /** One packet of 20 ms. */
  send(payload: Buffer, payloadType = 111): void {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#timestamp += 960;
    this.#write(payload, payloadType, this.#timestamp);
  }

  /** A key that is down for 100 ms, with its end sent three times. */
  pressKey(event: number): void {
    this.#timestamp += 960;
    const at = this.#timestamp;
    for (const [end, duration] of [
      [0, 160],
      [0, 480],
      [0x80, 800],
      [0x80, 800],
      [0x80, 800],
    ] as const) {
      this.#sequence = (this.#sequence + 1) & 0xffff;
      this.#write(Buffer.from([event, end | 10, duration >> 8, duration & 255]), 126, at);
    }
  }

  #write(payload: Buffer, payloadType: number, timestamp: number): void {
    const header = new RtpHeader({ sequenceNumber: this.#sequence, timestamp, payloadType, ssrc: 4_711 });
    // Past the stack's sender, which gives every packet the payload type of its first codec.
    void this.peer.dtlsTransports[0]?.sendRtp(payload, header);
  }

  /** Sends no RTCP from now on. */
  withoutReports(): this {
    for (const transport of this.peer.dtlsTransports) transport.sendRtcp = async () => 0;
    return this;
  }

  hush(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** The audio of so many packets from now on, at 48 kHz. */
  async listen(packets: number): Promise<Int16Array> {
    const from = this.packets.length;
    while (this.packets.length < from + packets) await new Promise((resolve) => setTimeout(resolve, 10));
    const decoder = new OpusScript(rate, 1, OpusScript.Application.VOIP);
    const pieces = this.packets.slice(from, from + packets).map(({ payload }) => decoder.decode(payload));
    decoder.delete();
    const bytes = new Uint8Array(Buffer.concat(pieces));
    return new Int16Array(bytes.buffer);
  }

  async close(): Promise<void> {
    this.hush();
    await this.peer.close();
  }
}
