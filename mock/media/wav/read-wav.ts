/** What a WAV file holds, mixed down to one channel. */
export interface WavAudio {
  readonly samples: Int16Array;
  readonly sampleRate: number;
}

/** A file that is no WAV file, or one of a kind that can't be read; the message says which. */
export class NotWav extends Error {
  override readonly name = "NotWav";
}

interface Format {
  readonly encoding: "integer" | "float";
  readonly channels: number;
  readonly sampleRate: number;
  readonly bits: number;
}

/** The format's number in a chunk `fmt `; an extensible one has the real number further on. */
const pcm = 1;
const float = 3;
const extensible = 0xfffe;

/**
 * Reads a WAV file of 8, 16, 24 or 32 bits, or of floats, with any number of channels.
 *
 * A file that ends early is read as far as it goes.
 *
 * @throws NotWav when it is something else
 * @example readWav(await readFile("hello.wav")).sampleRate // 44100
 */
export function readWav(bytes: Uint8Array): WavAudio {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || tag(view, 0) !== "RIFF" || tag(view, 8) !== "WAVE")
    throw new NotWav("It is no WAV file: it does not begin with RIFF and WAVE.");
  let format: Format | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = tag(view, at);
    const length = view.getUint32(at + 4, true);
    const start = at + 8;
    const end = Math.min(start + length, bytes.length);
    if (name === "fmt ") format = readFormat(view, start, end);
    if (name === "data" && format !== null)
      return { samples: mixed(view, start, end, format), sampleRate: format.sampleRate };
    // Chunks begin at even places (RIFF).
    at = start + length + (length % 2);
  }
  throw new NotWav(format === null ? "The WAV file has no chunk fmt." : "The WAV file has no chunk data.");
}

function tag(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));
}

function readFormat(view: DataView, start: number, end: number): Format {
  if (end - start < 16) throw new NotWav("The chunk fmt of the WAV file is too short.");
  const given = view.getUint16(start, true);
  const code = given === extensible && end - start >= 26 ? view.getUint16(start + 24, true) : given;
  const channels = view.getUint16(start + 2, true);
  const sampleRate = view.getUint32(start + 4, true);
  const bits = view.getUint16(start + 14, true);
  const encoding = code === pcm ? "integer" : code === float ? "float" : null;
  const widths = encoding === "float" ? [32, 64] : [8, 16, 24, 32];
  if (encoding === null || !widths.includes(bits))
    throw new NotWav(
      `The WAV file has format ${code} with ${bits} bits; PCM of 8, 16, 24 or 32 bits and floats can be read.`,
    );
  if (channels === 0 || channels > 32 || sampleRate < 1_000 || sampleRate > 384_000)
    throw new NotWav(`The WAV file says ${channels} channels at ${sampleRate} Hz, which can't be.`);
  return { encoding, channels, sampleRate, bits };
}

/** Every channel counts alike (realtime-media §1.3). */
function mixed(view: DataView, start: number, end: number, { encoding, channels, bits }: Format): Int16Array {
  const width = bits / 8;
  const read = reader(view, encoding, bits);
  return Int16Array.from({ length: Math.floor((end - start) / (width * channels)) }, (_, frame) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += read(start + (frame * channels + channel) * width);
    return Math.max(-32_768, Math.min(32_767, Math.round((sum / channels) * 32_768)));
  });
}

/** Reads one sample as a number from -1 to 1. */
function reader(view: DataView, encoding: Format["encoding"], bits: number): (at: number) => number {
  if (encoding === "float") {
    return bits === 32 ? (at) => finite(view.getFloat32(at, true)) : (at) => finite(view.getFloat64(at, true));
  }
  switch (bits) {
    case 8:
      return (at) => (view.getUint8(at) - 128) / 128;
    case 16:
      return (at) => view.getInt16(at, true) / 2 ** 15;
    case 24:
      return (at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 2 ** 16) / 2 ** 23;
    default:
      return (at) => view.getInt32(at, true) / 2 ** 31;
  }
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
