import { palette } from "../voice/signature.ts";
import { floorDbfs, goertzel } from "./goertzel.ts";

export interface ToneExpectation {
  /** The frequency that must sound. */
  readonly hz: number;
  /** Samples per second; 16,000 unless told. */
  readonly sampleRate?: number;
  /** By how many dB it must stand above every other; 20 unless told (realtime-media §5.2). */
  readonly marginDb?: number;
  /** How loud it must be at least, in dBFS; -40 unless told. */
  readonly minimumDbfs?: number;
  /** The other frequencies to compare with; every tone that the sandbox itself uses unless told. */
  readonly others?: readonly number[];
}

/** What was measured, for the case that it is needed further. */
export interface ToneMeasured {
  readonly hz: number;
  readonly dbfs: number;
  /** The strongest of the other frequencies. */
  readonly next: { readonly hz: number; readonly dbfs: number };
}

/** The expected tone is missing, too quiet, or not the only one. */
export class ToneNotHeard extends Error {
  override readonly name = "ToneNotHeard";
}

// Closer than this two frequencies can't be told apart in the 60 ms of one frame.
const sameWithinHz = 17;

/**
 * Asserts that a tone sounds, and that no other of the sandbox's tones does.
 *
 * @param pcm 16-bit mono samples; leave the first and last 5 ms of an utterance out, where the tone swells and fades
 * @returns the levels that were measured
 * @throws ToneNotHeard with the levels in its message
 * @example expectTone(heard, { hz: 500 })
 */
export function expectTone(pcm: Int16Array, expectation: ToneExpectation): ToneMeasured {
  const { hz, sampleRate = 16_000, marginDb = 20, minimumDbfs = -40, others = palette } = expectation;
  const dbfs = goertzel(pcm, sampleRate, hz);
  let next = { hz: 0, dbfs: floorDbfs };
  for (const other of others) {
    if (Math.abs(other - hz) < sameWithinHz || other >= sampleRate / 2) continue;
    const level = goertzel(pcm, sampleRate, other);
    if (level > next.dbfs) next = { hz: other, dbfs: level };
  }
  const seen = `${hz} Hz is at ${shown(dbfs)}, and ${next.hz} Hz at ${shown(next.dbfs)}, in ${Math.round((pcm.length / sampleRate) * 1_000)} ms of audio`;
  if (dbfs < minimumDbfs) throw new ToneNotHeard(`Expected ${hz} Hz at ${shown(minimumDbfs)} or louder, but ${seen}.`);
  if (dbfs - next.dbfs < marginDb)
    throw new ToneNotHeard(`Expected ${hz} Hz to stand ${marginDb} dB above every other tone, but ${seen}.`);
  return { hz, dbfs, next };
}

function shown(dbfs: number): string {
  return `${dbfs.toFixed(1)} dBFS`;
}
