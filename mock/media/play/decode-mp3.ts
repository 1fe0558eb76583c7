import { resample } from "../pcm/resample.ts";
import type { Decoded } from "./decode-opus.ts";
import { breathe, Mono } from "./mono.ts";

/** Bytes between two breaths of everybody else. */
const bytesAtOnce = 2 ** 15;

/** Decodes MP3; frames that are broken are passed over. */
export async function decodeMp3(bytes: Uint8Array, seconds: number): Promise<Decoded> {
  const { MPEGDecoder } = await import("mpg123-decoder");
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    let mono: { readonly rate: number; readonly all: Mono } | null = null;
    for (let at = 0; at < bytes.length && mono?.all.full !== true; at += bytesAtOnce) {
      const { channelData, samplesDecoded, sampleRate } = decoder.decode(bytes.subarray(at, at + bytesAtOnce));
      await breathe();
      if (samplesDecoded === 0) continue;
      mono ??= { rate: sampleRate, all: new Mono(seconds * sampleRate) };
      mono.all.add(sampleRate === mono.rate ? channelData : changed(channelData, sampleRate, mono.rate));
    }
    const { rate = 16_000, all = new Mono(0) } = mono ?? {};
    return { samples: all.samples(), sampleRate: rate, complete: true, cut: all.cut };
  } finally {
    decoder.free();
  }
}

/** A file may change its rate between frames, whoever made it. */
function changed(channels: readonly Float32Array[], from: number, to: number): Float32Array[] {
  return channels.map((channel) => {
    const samples = Int16Array.from(channel, (value) => Math.max(-32_768, Math.min(32_767, value * 32_768)));
    return Float32Array.from(resample(samples, from, to), (value) => value / 32_768);
  });
}
