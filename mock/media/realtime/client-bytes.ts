/** What came out of one message of the client. */
export interface ReadMessage {
  readonly samples: Int16Array;
  /** The message had an odd number of bytes. */
  readonly odd: boolean;
  /** There was a WAV header in front; the rate that it names, 0 when it is too short to name one. */
  readonly wavHeader: { readonly sampleRate: number } | null;
}

const bigEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 0;

/** Turns messages of any length into samples; an odd byte waits for the next message (realtime-media §3 rows 3 to 5). */
export class ClientBytes {
  #held: number | null = null;
  readonly #holdOdd: boolean;

  constructor(holdOdd: boolean) {
    this.#holdOdd = holdOdd;
  }

  /** @returns samples that stay valid until the message's memory is used again */
  read(message: Uint8Array): ReadMessage {
    const header = wavHeader(message);
    if (header === null && this.#held === null && isAligned(message)) {
      const samples = new Int16Array(message.buffer, message.byteOffset, message.length / 2);
      return { samples, odd: false, wavHeader: null };
    }
    // A header begins a new stream, so half a sample from before belongs to nothing.
    if (header !== null) this.#held = null;
    const audio = header === null ? message : message.subarray(header.length);
    const odd = message.length % 2 === 1;
    const held = this.#held;
    const bytes = (held === null ? 0 : 1) + audio.length;
    const joined = new Uint8Array(bytes - (bytes % 2));
    if (held !== null && joined.length > 0) joined[0] = held;
    const offset = held === null ? 0 : 1;
    joined.set(audio.subarray(0, Math.max(0, joined.length - offset)), offset > joined.length ? 0 : offset);
    if (bytes % 2 === 1) this.#held = this.#holdOdd ? (audio.at(-1) ?? held) : null;
    else this.#held = null;
    return { samples: littleEndian(joined), odd, wavHeader: header };
  }
}

/** Whether the samples can be read where they are: most messages of most clients. */
function isAligned({ byteOffset, length }: Uint8Array): boolean {
  return !bigEndian && length % 2 === 0 && byteOffset % 2 === 0;
}

function littleEndian(bytes: Uint8Array<ArrayBuffer>): Int16Array {
  if (!bigEndian) return new Int16Array(bytes.buffer);
  const view = new DataView(bytes.buffer);
  return Int16Array.from({ length: bytes.length / 2 }, (_, index) => view.getInt16(index * 2, true));
}

/** The bytes of a frame as they go over the wire. */
export function toBytes(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  if (!bigEndian) return bytes;
  const view = new DataView(new ArrayBuffer(samples.byteLength));
  for (const [index, sample] of samples.entries()) view.setInt16(index * 2, sample, true);
  return new Uint8Array(view.buffer);
}

// Pipecat's client transport puts a header in front of every message unless told not to (realtime-media §4.2).
function wavHeader(message: Uint8Array): { length: number; sampleRate: number } | null {
  if (!startsWith(message, 0, "RIFF")) return null;
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const sampleRate = message.length >= 28 ? view.getUint32(24, true) : 0;
  for (let at = 12; at + 8 <= message.length && at < 512; ) {
    if (startsWith(message, at, "data")) return { length: at + 8, sampleRate };
    at += 8 + view.getUint32(at + 4, true);
  }
  return { length: Math.min(44, message.length), sampleRate };
}

function startsWith(message: Uint8Array, at: number, letters: string): boolean {
  for (let index = 0; index < letters.length; index++)
    if (message[at + index] !== letters.charCodeAt(index)) return false;
  return true;
}
