import type { SoundFault } from "../sound-fault.ts";
import type { Connection } from "./connection.ts";
import { ticksPerFrame } from "./format.ts";
import type { Utterance } from "./mouth.ts";
import { writeTelephoneEvent } from "./telephone-event.ts";

export interface StreamFormat {
  readonly ssrc: number;
  /** Payload types, as the client's SDP has them. */
  readonly opus: number;
  readonly telephoneEvent: number;
}

/** Ticks of a telephone-event's own clock in one frame. */
const eventTicksPerFrame = 160;

/** The person's audio on its way to the client: one stream of RTP packets. */
export class ClientStream {
  readonly #connection: Connection;
  readonly #format: StreamFormat;
  #sequence: number;
  #keyTimestamp = 0;
  #silentBefore = true;
  #fault: SoundFault | null = null;

  constructor(connection: Connection, format: StreamFormat) {
    this.#connection = connection;
    this.#format = format;
    this.#sequence = format.ssrc & 0x7fff;
  }

  /** From now on packets are disturbed on their way. */
  disturb(fault: SoundFault): void {
    this.#fault = fault;
  }

  close(): void {
    this.#fault?.end();
  }

  /** @param frame frames since the answer; the timestamp follows from it, so what is left out shows as a pause */
  send(frame: number, spoken: Utterance): void {
    const timestamp = (this.#format.ssrc + frame * ticksPerFrame) >>> 0;
    if (spoken.kind === "audio") {
      this.#packet(spoken.frame.packet, this.#format.opus, timestamp, this.#silentBefore);
      this.#silentBefore = false;
      return;
    }
    const { digit, step, last } = spoken;
    if (step === 0) this.#keyTimestamp = timestamp;
    const payload = writeTelephoneEvent({ digit, end: last, duration: (step + 1) * eventTicksPerFrame });
    // The end is sent three times, because nothing else says that the key is up (RFC 4733 §2.5.1.4).
    for (let time = 0; time < (last ? 3 : 1); time++)
      this.#packet(payload, this.#format.telephoneEvent, this.#keyTimestamp, step === 0);
    this.#silentBefore = true;
  }

  #packet(payload: Buffer, payloadType: number, timestamp: number, marker: boolean): void {
    const { ssrc } = this.#format;
    const header = { payloadType, sequence: this.#sequence, timestamp, ssrc, marker };
    this.#sequence = (this.#sequence + 1) & 0xffff;
    if (this.#fault === null) return this.#connection.send(payload, header);
    // Of Opus the first byte stays, so that noise still is a packet of its length; a key has nothing that could be noise.
    const spared = payloadType === this.#format.opus ? 1 : payload.length;
    this.#fault.pass(payload, (bytes) => this.#connection.send(bytes, header), spared);
  }
}
