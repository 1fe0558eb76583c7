import { type DrawSource, draw, drawFraction } from "../../domain/draw.ts";
import { voicePeak } from "../pcm/level.ts";

// Each sound is a short table that repeats: a part of any length is made by walking around it.

/** One turn of a tone that is a multiple of 50 Hz: whole cycles in 20 ms. */
export function toneTable(hz: number, sampleRate: number): Int16Array {
  const length = sampleRate / 50;
  return Int16Array.from({ length }, (_, index) =>
    Math.round(voicePeak * Math.sin((2 * Math.PI * hz * index) / sampleRate)),
  );
}

const rows = [697, 770, 852, 941];
const columns = [1_209, 1_336, 1_477, 1_633];
const keypad = "123A456B789C*0#D";

/** The two frequencies of a key (ITU-T Q.23); null for a character that is no key. */
export function dtmfPair(digit: string): readonly [number, number] | null {
  const place = digit.length === 1 ? keypad.indexOf(digit) : -1;
  const [row, column] = [rows[Math.floor(place / 4)], columns[place % 4]];
  return row === undefined || column === undefined ? null : [row, column];
}

/** One second of a key's two tones, each at half the level, so that the sum has the usual peak. */
export function dtmfTable(digit: string, sampleRate: number): Int16Array {
  const [low, high] = dtmfPair(digit) ?? [0, 0];
  const angle = (2 * Math.PI) / sampleRate;
  return Int16Array.from({ length: sampleRate }, (_, index) =>
    Math.round((voicePeak / 2) * (Math.sin(angle * low * index) + Math.sin(angle * high * index))),
  );
}

/** One second of white noise. */
export function noiseTable(source: DrawSource, sampleRate: number): Int16Array {
  const bytes = draw(source, "noise", 0, sampleRate);
  return Int16Array.from(bytes, (byte) => Math.round(((byte - 127.5) / 127.5) * voicePeak));
}

const speechSeconds = 4;
const syllablesPerSecond = 4;
// Formants of an open vowel, with their bandwidths (realtime-media §5.3).
const formants = [
  { hz: 700, width: 130 },
  { hz: 1_220, width: 70 },
  { hz: 2_600, width: 160 },
];

/**
 * Four seconds of something that voice detectors take for speech: pulses at 105 to 135 Hz through three resonators, in
 * syllables. No transcriber makes words of it.
 */
export function speechTable(source: DrawSource, sampleRate: number): Int16Array {
  const syllable = sampleRate / syllablesPerSecond;
  const pulses = new Float64Array(sampleRate * speechSeconds);
  for (let index = 0; index < speechSeconds * syllablesPerSecond; index++) {
    const pitch = 105 + 30 * drawFraction(source, "speech", index);
    const period = Math.round(sampleRate / pitch);
    for (let at = 0; at < syllable; at += period) pulses[index * syllable + at] = 1;
  }
  const voiced = formants.reduce<Float64Array>((signal, formant) => resonated(signal, formant, sampleRate), pulses);
  const shaped = voiced.map(
    (sample, index) => sample * (0.5 - 0.5 * Math.cos((2 * Math.PI * (index % syllable)) / syllable)),
  );
  const highest = shaped.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 1e-9);
  return Int16Array.from(shaped, (sample) => Math.round((sample / highest) * voicePeak));
}

/** A two-pole resonator. */
function resonated(
  signal: Float64Array,
  { hz, width }: { hz: number; width: number },
  sampleRate: number,
): Float64Array {
  const radius = Math.exp((-Math.PI * width) / sampleRate);
  const turn = 2 * radius * Math.cos((2 * Math.PI * hz) / sampleRate);
  let last = 0;
  let before = 0;
  return signal.map((sample) => {
    const next = sample + turn * last - radius * radius * before;
    before = last;
    last = next;
    return next;
  });
}
