import { fullScale } from "./level.ts";

/** Below this nothing is told apart from nothing. */
export const floorDbfs = -120;

/**
 * How strongly one frequency sounds, by Goertzel's algorithm.
 *
 * Over a whole number of 20 ms a multiple of 50 Hz has whole cycles, so it doesn't leak into its neighbours.
 *
 * @param pcm 16-bit mono samples
 * @param sampleRate samples per second
 * @param hz the frequency to look for
 * @returns dBFS, where 0 is a sine at full scale and -120 is nothing
 * @example goertzel(heard, 16_000, 500) // -12.1
 */
export function goertzel(pcm: Int16Array, sampleRate: number, hz: number): number {
  if (pcm.length === 0) return floorDbfs;
  const turn = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
  let last = 0;
  let before = 0;
  for (const sample of pcm) {
    const next = sample + turn * last - before;
    before = last;
    last = next;
  }
  const power = Math.max(0, last * last + before * before - turn * last * before);
  const amplitude = (2 * Math.sqrt(power)) / pcm.length / fullScale;
  return Math.max(floorDbfs, 20 * Math.log10(Math.max(amplitude, 1e-9)));
}
