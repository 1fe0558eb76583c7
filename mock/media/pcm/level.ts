/** Full scale of 16-bit samples. */
export const fullScale = 32_767;

/** The level at which everything synthetic sounds: loud enough for a voice detector, far from clipping (realtime-media §5.3). */
export const voiceDbfs = -12;

/** The highest sample of a sine at that level. */
export const voicePeak = Math.round(fullScale * 10 ** (voiceDbfs / 20));

/** A frame whose highest sample is below this is silence: -60 dBFS, above the noise of a quiet line (assumption). */
export const silenceBelow = 33;

/** The highest absolute sample. */
export function peakOf(samples: Int16Array): number {
  let peak = 0;
  for (const sample of samples) {
    const size = sample < 0 ? -sample : sample;
    if (size > peak) peak = size;
  }
  return peak;
}

/** The sum of squares: the root of its mean is the RMS. */
export function energyOf(samples: Int16Array): number {
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  return energy;
}

export function isSilent(samples: Int16Array): boolean {
  for (const sample of samples) if (sample >= silenceBelow || sample <= -silenceBelow) return false;
  return true;
}
