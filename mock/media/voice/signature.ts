/**
 * Frequencies that no telephone uses for anything else: 40 Hz or more from every DTMF tone, 20 Hz or more from ringing
 * and busy tones, and all multiples of 50, so that they have whole cycles in 20 ms (realtime-media §5.3).
 */
export const palette: readonly number[] = [500, 550, 900, 1_000, 1_050, 1_100, 1_150, 1_400, 1_550, 1_700];

/** The clip that stands for a file that can't be had sounds at this frequency, and nobody's voice does. */
export const fallbackClipHz = 900;

const voices = palette.filter((hz) => hz !== fallbackClipHz);

/**
 * The frequency at which the person of a call sounds, so that two calls of one world can be told apart.
 *
 * @param ordinal how many calls the world has had before this one
 * @example signatureHz(0) // 500
 */
export function signatureHz(ordinal: number): number {
  return voices[ordinal % voices.length] ?? 500;
}
