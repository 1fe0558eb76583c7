/** Full scale of 16-bit samples. */
export const fullScale = 32_767;

/** The level at which everything synthetic sounds: loud enough for a voice detector, far from clipping (realtime-media §5.3). */
export const voiceDbfs = -12;

/** The highest sample of a sine at that level. */
export const voicePeak = Math.round(fullScale * 10 ** (voiceDbfs / 20));

/** A frame whose highest sample is below this is silence: -60 dBFS, above the noise of a quiet line (assumption). */
export const silenceBelow = 33;

/** How loud some samples are. */
export interface Level {
  /** The highest absolute sample. */
  readonly peak: number;
  /** The sum of squares: the root of its mean is the RMS. */
  readonly energy: number;
}

// Loops over an index, because `for … of` over samples takes four times as long, and this runs for every frame of every call.

/** Measures in one pass. */
export function levelOf(samples: Int16Array): Level {
  let highest = 0;
  let energy = 0;
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index] ?? 0;
    const square = sample * sample;
    energy += square;
    if (square > highest) highest = square;
  }
  return { peak: Math.sqrt(highest), energy };
}

export function isSilent(samples: Int16Array): boolean {
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index] ?? 0;
    if (sample >= silenceBelow || sample <= -silenceBelow) return false;
  }
  return true;
}
