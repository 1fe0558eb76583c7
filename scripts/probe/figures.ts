import type { Received } from "./socket.ts";

/** What the frames of one stretch of listening say of the server. */
export interface FrameFigures {
  readonly frames: number;
  /** The size that most frames have. */
  readonly bytes: number;
  readonly otherSizes: number;
  readonly firstAtMs: number;
  readonly medianGapMs: number;
  readonly longestGapMs: number;
  /** By how much the last frame came later than an even pace says. */
  readonly driftMs: number;
  /** The pair of rate and length that fits size and pace best. */
  readonly sampleRate: number;
  readonly frameMs: number;
  /** Which part of the stretch the frames fill, 1 when nothing is left out. */
  readonly coverage: number;
}

const rates = [8_000, 16_000, 24_000, 48_000];

/** Figures from what was received; null when there were too few frames to tell. */
export function frameFigures(received: readonly Received[]): FrameFigures | null {
  const frames = received.filter(({ text }) => text === null);
  const first = frames[0];
  const last = frames.at(-1);
  if (first === undefined || last === undefined || frames.length < 5) return null;
  const bytes = mostFrequent(frames.map((frame) => frame.bytes));
  const gaps = frames.slice(1).map((frame, index) => frame.atMs - (frames[index]?.atMs ?? 0));
  const medianGapMs = median(gaps);
  const sampleRate = rates.toSorted(
    (one, other) => Math.abs(length(bytes, one) - medianGapMs) - Math.abs(length(bytes, other) - medianGapMs),
  )[0];
  if (sampleRate === undefined) return null;
  const frameMs = length(bytes, sampleRate);
  const spanMs = last.atMs - first.atMs;
  return {
    frames: frames.length,
    bytes,
    otherSizes: frames.filter((frame) => frame.bytes !== bytes).length,
    firstAtMs: first.atMs,
    medianGapMs,
    longestGapMs: Math.max(...gaps),
    driftMs: spanMs - (frames.length - 1) * frameMs,
    sampleRate,
    frameMs,
    coverage: Math.min(1, ((frames.length - 1) * frameMs) / spanMs),
  };
}

function length(bytes: number, rate: number): number {
  return (bytes * 1_000) / 2 / rate;
}

export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? 0;
}
