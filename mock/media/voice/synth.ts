import { parsePattern } from "./parse-pattern.ts";
import { filesOf } from "./pattern.ts";
import { signatureHz } from "./signature.ts";
import { SoundKit } from "./sound-kit.ts";
import { voiceOf } from "./voice.ts";

export interface SynthOptions {
  /** How much audio to make. */
  readonly ms: number;
  /** Samples per second; 16,000 unless told. */
  readonly sampleRate?: number;
  /** The frequency of `tone`; 500 unless told. */
  readonly signatureHz?: number;
  /** Where noise and speech come from; the same seed gives the same samples. */
  readonly seed?: string;
  /** What the other side says meanwhile, for `echo` and `barge-in`. */
  readonly heard?: Int16Array;
}

/** A pattern that can't be read; the message names the part at fault. */
export class PatternError extends Error {
  override readonly name = "PatternError";
}

/**
 * Makes audio from a pattern, the same that a person in the sandbox would say.
 *
 * @param pattern a preset or a list of sounds, without files; those are for people
 * @throws PatternError when the pattern has a mistake
 * @example socket.send(synth("1000/1500,0/700", { ms: 2_200 }))
 */
export function synth(pattern: string, options: SynthOptions): Int16Array {
  const parsed = parsePattern(pattern);
  if (!parsed.ok) throw new PatternError(`${parsed.message}.`);
  if (filesOf(parsed.pattern).length > 0) throw new PatternError("synth reads no files: use readWav for them.");
  const { ms, sampleRate = 16_000, seed = "calls-sandbox", heard } = options;
  const kit = new SoundKit({ seed, worldId: "synth" }, sampleRate);
  const voice = voiceOf(parsed.pattern, { kit, signatureHz: options.signatureHz ?? signatureHz(0) });
  const out = new Int16Array(Math.round((ms * sampleRate) / 1_000));
  const frame = (sampleRate * 60) / 1_000;
  for (let at = 0; at < out.length; at += frame) {
    const piece = out.subarray(at, at + frame);
    const other = new Int16Array(piece.length);
    other.set(heard?.subarray(at, at + piece.length) ?? []);
    voice.speak(piece, at, other);
  }
  return out;
}
