import OpusScript from "opusscript";
import { sampleRate } from "./format.ts";

/**
 * The library breaks when its memory has to grow, which it does at about 200 coders a thread (measured with 0.1.1).
 */
export const mostCoders = 128;

let encoders = 0;

/** Makes Opus packets of 20 ms each. */
export class Encoder {
  readonly #opus: OpusScript;
  #open = true;

  private constructor() {
    this.#opus = new OpusScript(sampleRate, 1, OpusScript.Application.VOIP);
  }

  /** An encoder; null when there are too many at once. */
  static create(): Encoder | null {
    if (encoders >= mostCoders) return null;
    encoders++;
    return new Encoder();
  }

  encode(samples: Int16Array): Buffer {
    return this.#opus.encode(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength), samples.length);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    encoders--;
    this.#opus.delete();
  }
}

/** How many encoders there are that were not given back. */
export function openEncoders(): number {
  return encoders;
}

/** Reads the Opus packets of one client. */
export class Decoder {
  readonly #opus = new OpusScript(sampleRate, 1, OpusScript.Application.VOIP);

  /** @throws Error when the packet is no Opus */
  decode(packet: Uint8Array): Int16Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#opus.decode(Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength)));
    return new Int16Array(bytes.buffer);
  }

  close(): void {
    this.#opus.delete();
  }
}
