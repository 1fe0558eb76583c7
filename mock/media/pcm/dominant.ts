import { isSilent } from "./level.ts";

const size = 4_096;
const half = size / 2;

// A Hann window keeps a loud tone from leaking over the whole spectrum.
const hann = Float64Array.from({ length: size }, (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / size));
const cosines = Float64Array.from({ length: half }, (_, index) => Math.cos((2 * Math.PI * index) / size));
const sines = Float64Array.from({ length: half }, (_, index) => Math.sin((2 * Math.PI * index) / size));

/**
 * The frequency that sounds most in some audio, found in its loudest quarter second.
 *
 * @param pcm at least a few hundred samples; shorter ones are padded with silence
 * @param sampleRate samples per second
 * @returns Hz, to about 1 Hz for a steady tone; null for silence
 */
export function dominantHz(pcm: Int16Array, sampleRate: number): number | null {
  if (isSilent(pcm)) return null;
  const real = windowed(pcm, loudest(pcm));
  const imaginary = new Float64Array(size);
  transform(real, imaginary);
  const power = (bin: number) => (real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2;
  // Bins below 25 Hz are hum and offset, not voice.
  let best = Math.ceil((25 * size) / sampleRate);
  for (let bin = best; bin < half - 1; bin++) if (power(bin) > power(best)) best = bin;
  const [left, peak, right] = [best - 1, best, best + 1].map((bin) => Math.log(power(bin) + 1e-9));
  const bend = (left ?? 0) - 2 * (peak ?? 0) + (right ?? 0);
  const offset = bend === 0 ? 0 : (0.5 * ((left ?? 0) - (right ?? 0))) / bend;
  return Math.round(((best + Math.max(-0.5, Math.min(0.5, offset))) * sampleRate) / size);
}

/** Where the loudest stretch of the window's length begins. */
function loudest(pcm: Int16Array): number {
  let start = 0;
  let most = -1;
  for (let at = 0; at === 0 || at + size / 4 < pcm.length; at += size / 4) {
    let energy = 0;
    // Every seventh sample will do; every eighth would only meet the zeros of 1,000 Hz at 16,000.
    for (let index = at; index < Math.min(at + size, pcm.length); index += 7) energy += (pcm[index] ?? 0) ** 2;
    if (energy > most) [start, most] = [at, energy];
  }
  return start;
}

function windowed(pcm: Int16Array, start: number): Float64Array {
  return Float64Array.from({ length: size }, (_, index) => (pcm[start + index] ?? 0) * (hann[index] ?? 0));
}

/** The fast Fourier transform of Cooley and Tukey, in place. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  reorder(real);
  for (let span = 1; span < size; span *= 2) {
    const step = half / span;
    for (let start = 0; start < size; start += 2 * span) {
      for (let index = 0; index < span; index++) butterfly(real, imaginary, start + index, span, index * step);
    }
  }
}

function butterfly(real: Float64Array, imaginary: Float64Array, low: number, span: number, angle: number): void {
  const high = low + span;
  const cosine = cosines[angle] ?? 0;
  const sine = -(sines[angle] ?? 0);
  const a = real[high] ?? 0;
  const b = imaginary[high] ?? 0;
  const re = a * cosine - b * sine;
  const im = a * sine + b * cosine;
  real[high] = (real[low] ?? 0) - re;
  imaginary[high] = (imaginary[low] ?? 0) - im;
  real[low] = (real[low] ?? 0) + re;
  imaginary[low] = (imaginary[low] ?? 0) + im;
}

/** Puts real input into bit-reversed order; the imaginary part is zero, so it stays as it is. */
function reorder(real: Float64Array): void {
  for (let index = 1, mirrored = 0; index < size; index++) {
    let bit = half;
    for (; mirrored & bit; bit >>= 1) mirrored ^= bit;
    mirrored ^= bit;
    if (index >= mirrored) continue;
    const held = real[index] ?? 0;
    real[index] = real[mirrored] ?? 0;
    real[mirrored] = held;
  }
}
