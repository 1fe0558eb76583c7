import opus from "@audio/encode-opus";
import { createMp3Encoder } from "wasm-media-encoders";
import { synth } from "../../../mock/media/voice/synth.ts";
import { toWav } from "../../../mock/media/wav/write-wav.ts";

/** A tone as samples. */
export function tone(hz: number, ms: number, sampleRate = 16_000): Int16Array {
  return synth(`${hz}/${ms}`, { ms, sampleRate });
}

export function wavFile(hz: number, ms: number, sampleRate = 16_000, channels = 1): Uint8Array {
  const samples = tone(hz, ms, sampleRate);
  return toWav(
    Array.from({ length: channels }, () => samples),
    sampleRate,
  );
}

export async function mp3File(hz: number, ms: number, sampleRate: 16_000 | 44_100 = 44_100): Promise<Uint8Array> {
  const encoder = await createMp3Encoder();
  encoder.configure({ sampleRate, channels: 2, bitrate: 64 });
  const channel = floats(tone(hz, ms, sampleRate));
  const start = Uint8Array.from(encoder.encode([channel, channel]));
  return joined([start, Uint8Array.from(encoder.finalize())]);
}

export async function opusFile(hz: number, ms: number, channels: 1 | 2 = 1): Promise<Uint8Array> {
  const encoder = await opus({ sampleRate: 48_000, channels, bitrate: 64 });
  const channel = floats(tone(hz, ms, 48_000));
  const start = Uint8Array.from(encoder.encode(channels === 1 ? [channel] : [channel, channel]));
  const file = joined([start, Uint8Array.from(encoder.flush())]);
  encoder.free();
  return file;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function floats(samples: Int16Array): Float32Array {
  return Float32Array.from(samples, (sample) => sample / 32_768);
}
