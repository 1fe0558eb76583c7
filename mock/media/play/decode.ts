import { resample } from "../pcm/resample.ts";
import { NotWav } from "../wav/read-wav.ts";
import { decodeMp3 } from "./decode-mp3.ts";
import { type Decoded, decodeOpus } from "./decode-opus.ts";
import { decodeWav } from "./decode-wav.ts";
import { PlayFailure } from "./failure.ts";
import { formatOf, otherFormat, type PlayableFormat } from "./format.ts";

/**
 * Decodes a file that was fetched, mixed to mono and brought to the rate of the call (MEDIA-PLAY-015, MEDIA-PLAY-017).
 *
 * @param sampleRate samples per second that are wanted
 * @param seconds how much of it at most
 * @throws PlayFailure for a format that is not played, and for a file in which nothing can be read
 */
export async function decode(
  bytes: Uint8Array,
  sampleRate: number,
  seconds: number,
): Promise<Decoded & { readonly format: PlayableFormat }> {
  if (bytes.length === 0) throw new PlayFailure("empty", "MEDIA-PLAY-022", "The file is empty.");
  const format = formatOf(bytes);
  if (format === null)
    throw new PlayFailure(
      "format",
      "MEDIA-PLAY-016",
      `The file is ${otherFormat(bytes)}; MP3, WAV and Ogg Opus are played.`,
    );
  const decoded = await read(bytes, format, sampleRate, seconds);
  if (decoded.samples.length === 0)
    throw new PlayFailure("empty", "MEDIA-PLAY-022", `The file begins like ${format} and holds no audio.`);
  return { ...decoded, format, sampleRate, samples: resample(decoded.samples, decoded.sampleRate, sampleRate) };
}

async function read(bytes: Uint8Array, format: PlayableFormat, sampleRate: number, seconds: number): Promise<Decoded> {
  try {
    if (format === "wav") return await decodeWav(bytes, seconds);
    return await (format === "mp3" ? decodeMp3(bytes, seconds) : decodeOpus(bytes, sampleRate, seconds));
  } catch (error) {
    if (error instanceof PlayFailure) throw error;
    // A decoder that gives up on broken bytes must not take a call with it, whatever it throws.
    const why = error instanceof NotWav ? error.message : `The file begins like ${format} and can't be decoded.`;
    throw new PlayFailure("undecodable", "MEDIA-PLAY-022", why);
  }
}
