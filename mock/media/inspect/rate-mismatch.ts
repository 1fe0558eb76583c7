import { palette } from "../voice/signature.ts";

/** Where a tone was found that only makes sense at another rate. */
export interface RateMismatch {
  readonly heardHz: number;
  readonly meantHz: number;
  readonly sentRate: number;
}

const otherRates = [24_000, 48_000, 8_000, 16_000];
const near = (a: number, b: number, share: number) => Math.abs(a - b) <= share * b;

/**
 * Audio of another rate has the right number of bytes and the wrong pitch (realtime-media §4.2). A tone that is none of
 * the sandbox's own, and would be one at another usual rate, was sent at that rate.
 *
 * @param dominant the frequency that sounds most in each second
 * @param arrivalRatio seconds of audio per second: tells the rates apart that explain the same tone
 */
export function rateMismatch(
  dominant: readonly (number | null)[],
  sampleRate: number,
  arrivalRatio: number | null,
): RateMismatch | null {
  for (const heardHz of dominant) {
    if (heardHz === null || palette.some((hz) => Math.abs(hz - heardHz) <= 4)) continue;
    const explained = explanations(heardHz, sampleRate);
    const paced = explained.find(({ sentRate }) => near(arrivalRatio ?? 0, sentRate / sampleRate, 0.15));
    // Without the pace as a witness a single second could be any sound; a tone that stays is one.
    const steady = dominant.filter((hz) => hz !== null && Math.abs(hz - heardHz) <= 4).length >= 2;
    const best = paced ?? (steady ? explained[0] : undefined);
    if (best !== undefined) return best;
  }
  return null;
}

function explanations(heardHz: number, sampleRate: number): RateMismatch[] {
  return otherRates
    .filter((rate) => rate !== sampleRate)
    .flatMap((sentRate) => {
      const meantHz = palette.find((hz) => near((heardHz * sentRate) / sampleRate, hz, 0.006));
      return meantHz === undefined ? [] : [{ heardHz, meantHz, sentRate }];
    });
}
