import type { RtpPacket } from "werift";
import type { JsonObject } from "../../domain/json.ts";
import type { SdpCodec } from "../../domain/sdp/index.ts";
import type { Instant } from "../../domain/time.ts";
import type { WorldClock } from "../../world/clock.ts";
import type { Side } from "../inspect/side.ts";
import type { Warnings } from "../inspect/warnings.ts";
import { type ClientDecoder, openDecoder } from "./decoding.ts";
import { clockRate, frameMs, frameSamples, sampleRate } from "./format.ts";
import { readTelephoneEvent } from "./telephone-event.ts";

export interface EarOptions {
  readonly clock: WorldClock;
  readonly side: Side;
  readonly warnings: Warnings;
  readonly report: (name: string, detail: JsonObject) => void;
  /** Hears the client, in order. */
  readonly heard: (samples: Int16Array) => void;
}

/** Samples by which the client's own clock may differ from the arrival before the arrival decides: 300 ms. */
const mostDrift = (300 * sampleRate) / 1_000;

/** A pause that is shorter than this is a packet that came late or not at all, not a pause. */
const pauseMs = 1_000;

/** Ticks of RTP's clock in one sample: 48 kHz against ours. */
const ticksPerSample = clockRate / sampleRate;

/** Takes what the client sends: sorts it, has it decoded, and counts. */
export class ClientEar {
  readonly #given: EarOptions;
  #codecs: ReadonlyMap<number, SdpCodec> = new Map();
  #decoder: ClientDecoder | null = null;
  #answeredAt: Instant | null = null;
  #ssrc: number | null = null;
  #sequence: number | null = null;
  #anchor: { readonly place: number; readonly timestamp: number } | null = null;
  #lastPlace = -1;
  #lastAt: Instant | null = null;
  #eventTimestamp: number | null = null;
  /** Packets that never came. */
  lost = 0;
  /** The keys that the client pressed. */
  digits = "";

  constructor(given: EarOptions) {
    this.#given = given;
  }

  /** What the payload types of the client's SDP mean. */
  set codecs(codecs: readonly SdpCodec[]) {
    this.#codecs = new Map(codecs.map((codec) => [codec.payloadType, codec]));
  }

  /** From now on somebody listens. */
  answered(at: Instant): void {
    this.#answeredAt = at;
  }

  /** Takes a packet; what comes before the answer nobody hears. */
  receive({ header, payload }: RtpPacket): void {
    const { side } = this.#given;
    const answeredAt = this.#answeredAt;
    if (answeredAt === null) {
      side.ignoredBytes += payload.length;
      return;
    }
    const codec = this.#codecs.get(header.payloadType);
    const name = codec?.name.toLowerCase();
    if (name === "telephone-event") return this.#key(payload, header.timestamp, codec?.clockRate ?? 8_000);
    if (name !== "opus") return this.#ignore(header.payloadType, codec, payload);
    if (payload.length === 0 || !this.#inOrder(header, payload)) return;
    const at = this.#given.clock.now();
    const place = this.#placeOf(header.timestamp, (at - answeredAt) * (sampleRate / 1_000));
    this.#countPause(at);
    this.#decoder ??= openDecoder({
      audio: (samples, tag) => this.#hear(samples, tag.place, tag.at),
      unreadable: (reason) => this.#unreadable(reason),
    });
    // A copy: the packet is a view of a larger buffer, all of which would travel to the thread.
    this.#decoder.decode(Uint8Array.from(payload), { at, place });
  }

  close(): void {
    this.#decoder?.close();
    this.#decoder = null;
    this.#answeredAt = null;
  }

  #hear(samples: Int16Array, place: number, at: Instant): void {
    const { side, report, heard } = this.#given;
    // In samples, not in packets, so that the figures of both providers mean the same.
    side.moved(samples.byteLength, at);
    if (side.heard(samples, place, at)) report("firstAudioOfClient", {});
    heard(samples);
  }

  #inOrder(header: RtpPacket["header"], payload: Buffer): boolean {
    const { side, warnings, clock } = this.#given;
    if (this.#ssrc !== null && header.ssrc !== this.#ssrc) {
      const message = "The client sends with a second SSRC. Meta asks for exactly one; with more the audio breaks.";
      warnings.add("secondSsrc", message, clock.now(), { ssrc: header.ssrc });
      this.#sequence = null;
      this.#anchor = null;
    }
    this.#ssrc = header.ssrc;
    const step = this.#sequence === null ? 1 : (header.sequenceNumber - this.#sequence) & 0xffff;
    if (step === 0 || step >= 0x8000) {
      side.lateFrames++;
      side.droppedBytes += payload.length;
      return false;
    }
    this.lost += step - 1;
    this.#sequence = header.sequenceNumber;
    return true;
  }

  /** By the client's own clock, as long as that agrees with when its packets come. */
  #placeOf(timestamp: number, arrival: number): number {
    const anchor = this.#anchor;
    const byClock =
      anchor === null ? Number.NaN : anchor.place + Math.round(((timestamp - anchor.timestamp) | 0) / ticksPerSample);
    const trusted = Math.abs(byClock - arrival) <= mostDrift;
    if (!trusted) this.#anchor = { place: arrival, timestamp };
    const place = Math.max(trusted ? byClock : arrival, this.#lastPlace + 1);
    this.#lastPlace = place;
    return place;
  }

  #countPause(at: Instant): void {
    const { side } = this.#given;
    const pause = this.#lastAt === null ? 0 : at - this.#lastAt;
    this.#lastAt = at;
    if (pause >= pauseMs) side.gaps++;
    else if (pause > 3 * frameMs) side.underruns++;
  }

  /** A key is noted once, by its end, which comes three times (RFC 4733 §2.5.1.4). */
  #key(payload: Buffer, timestamp: number, clockRate: number): void {
    const event = readTelephoneEvent(payload);
    if (event === null || !event.end || timestamp === this.#eventTimestamp) return;
    this.#eventTimestamp = timestamp;
    this.digits += event.digit;
    const durationMs = Math.round((event.duration * 1_000) / clockRate);
    this.#given.report("dtmf", { from: "client", digit: event.digit, durationMs });
  }

  #ignore(payloadType: number, codec: SdpCodec | undefined, payload: Buffer): void {
    this.#given.side.ignoredBytes += payload.length;
    // Comfort noise says that nothing is said (RFC 3389).
    if (codec?.name.toLowerCase() === "cn") return;
    const called = codec === undefined ? "which its SDP doesn't name" : `${codec.name}/${codec.clockRate}`;
    const message = `The client sends payload type ${payloadType}, ${called}. Only Opus is heard on META.`;
    this.#given.warnings.add("codec", message, this.#given.clock.now(), { payloadType });
  }

  #unreadable(reason: string): void {
    this.#given.side.droppedBytes += frameSamples * 2;
    const message = `A packet of the client's is no Opus: ${reason}.`;
    this.#given.warnings.add("unreadableAudio", message, this.#given.clock.now());
  }
}
