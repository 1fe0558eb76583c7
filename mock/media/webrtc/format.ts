/** Voices sound at 16 kHz, which is what Meta's SDP asks for (maxplaybackrate); Opus itself doesn't mind. */
export const sampleRate = 16_000;
export const frameMs = 20;
export const frameSamples = (sampleRate * frameMs) / 1_000;

/** The clock of RTP for Opus runs at 48 kHz whatever the audio does (RFC 7587 §4.1). */
export const clockRate = 48_000;
export const ticksPerFrame = (clockRate * frameMs) / 1_000;
