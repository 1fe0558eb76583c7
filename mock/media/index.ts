export { dominantHz } from "./pcm/dominant.ts";
export { expectTone, type ToneExpectation, type ToneMeasured, ToneNotHeard } from "./pcm/expect-tone.ts";
export { goertzel } from "./pcm/goertzel.ts";
export { resample } from "./pcm/resample.ts";
export { fallbackClipHz, palette, signatureHz } from "./voice/signature.ts";
export { PatternError, type SynthOptions, synth } from "./voice/synth.ts";
export { NotWav, readWav, type WavAudio } from "./wav/read-wav.ts";
export { toWav } from "./wav/write-wav.ts";
