import { NotWav, readWav } from "../wav/read-wav.ts";
import type { Decoded } from "./decode-opus.ts";
import { breathe } from "./mono.ts";

/** Bytes of audio between two breaths of everybody else. */
const bytesAtOnce = 2 ** 19;

/**
 * Decodes WAV, a piece at a time with the file's own head in front.
 *
 * @throws NotWav when it is none, or of a kind that can't be read
 */
export async function decodeWav(bytes: Uint8Array, seconds: number): Promise<Decoded> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { start, end, frameBytes } = dataOf(view);
  const head = bytes.subarray(0, start);
  const { sampleRate } = readWav(head);
  const most = seconds * sampleRate;
  const pieceBytes = Math.max(1, Math.floor(bytesAtOnce / frameBytes)) * frameBytes;
  const pieces: Int16Array[] = [];
  let length = 0;
  for (let at = start; at < end && length <= most; at += pieceBytes) {
    const piece = new Uint8Array(start + Math.min(pieceBytes, end - at));
    piece.set(head);
    piece.set(bytes.subarray(at, at + piece.length - start), start);
    const { samples } = readWav(piece);
    pieces.push(samples);
    length += samples.length;
    await breathe();
  }
  const all = new Int16Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  const size = view.getUint32(4, true);
  // A WAV file that is written while it plays has no size yet, and says all ones.
  const complete = size === 0xffffffff || size + 8 <= bytes.length;
  return { samples: all.subarray(0, most), sampleRate, complete, cut: length > most };
}

/** Where the audio of a WAV file stands, and how many bytes hold one sample of every channel. */
function dataOf(view: DataView): { readonly start: number; readonly end: number; readonly frameBytes: number } {
  let frameBytes = 0;
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const name = view.getUint32(at);
    const length = view.getUint32(at + 4, true);
    const start = at + 8;
    if (name === fmt && start + 16 <= view.byteLength)
      frameBytes = (view.getUint16(start + 2, true) * view.getUint16(start + 14, true)) / 8;
    if (name === data && frameBytes > 0)
      return { start, end: Math.min(start + length, view.byteLength), frameBytes: Math.ceil(frameBytes) };
    // Chunks begin at even places (RIFF).
    at = start + length + (length % 2);
  }
  throw new NotWav("The WAV file has no audio that could be found.");
}

/** "fmt " and "data" as big-endian numbers. */
const fmt = 0x666d7420;
const data = 0x64617461;
