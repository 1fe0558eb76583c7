import type { DrawSource } from "../../domain/draw.ts";
import type { Sound } from "./pattern.ts";
import { dtmfTable, noiseTable, speechTable, toneTable } from "./sound-tables.ts";

/** Makes the tables of sounds, each of them once, for everybody in a world. */
export class SoundKit {
  readonly sampleRate: number;
  readonly #source: DrawSource;
  readonly #tables = new Map<string, Int16Array>();

  /**
   * @param source where noise and speech come from: the same source gives the same samples
   * @param sampleRate samples per second
   */
  constructor(source: DrawSource, sampleRate: number) {
    this.#source = source;
    this.sampleRate = sampleRate;
  }

  /** The table of a sound that is not a file; null for silence. */
  table(sound: Exclude<Sound, { kind: "wav" | "signature" }>): Int16Array | null {
    switch (sound.kind) {
      case "silence":
        return null;
      case "tone":
        return this.#once(`tone ${sound.hz}`, () => toneTable(sound.hz, this.sampleRate));
      case "dtmf":
        return this.#once(`dtmf ${sound.digit}`, () => dtmfTable(sound.digit, this.sampleRate));
      case "noise":
        return this.#once("noise", () => noiseTable(this.#source, this.sampleRate));
      case "speech":
        return this.#once("speech", () => speechTable(this.#source, this.sampleRate));
    }
  }

  #once(name: string, make: () => Int16Array): Int16Array {
    const known = this.#tables.get(name);
    if (known !== undefined) return known;
    const made = make();
    this.#tables.set(name, made);
    return made;
  }
}
