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

  constructor(connection: Connection, format: StreamFormat) {
    this.#connection = connection;
    this.#format = format;
    this.#sequence = format.ssrc & 0x7fff;
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
    this.#connection.send(payload, { payloadType, sequence: this.#sequence, timestamp, ssrc, marker });
    this.#sequence = (this.#sequence + 1) & 0xffff;
  }
}
