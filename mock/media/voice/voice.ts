import { isSilent } from "../pcm/level.ts";
import type { Part, Pattern } from "./pattern.ts";
import type { SoundKit } from "./sound-kit.ts";

/** Somebody who speaks: sample by sample, a pure function of the pattern and of what was heard. */
export interface Voice {
  /**
   * @param out filled with the next samples
   * @param at how many samples were spoken, or skipped, since the voice began
   * @param heard what the other side said in the very same stretch
   */
  speak(out: Int16Array, at: number, heard: Int16Array): void;
}

export interface VoiceOptions {
  readonly kit: SoundKit;
  /** The tone that belongs to the call. */
  readonly signatureHz: number;
  /** Files that were read, at the kit's rate; one that is missing is silent. */
  readonly files?: ReadonlyMap<string, Int16Array>;
}

/** Gives a pattern a voice. */
export function voiceOf(pattern: Pattern, options: VoiceOptions): Voice {
  const samples = (ms: number) => Math.round((ms * options.kit.sampleRate) / 1_000);
  switch (pattern.kind) {
    case "echo":
      return new Echo(samples(pattern.delayMs));
    case "barge-in":
      return new BargeIn(new Utterance(pattern.parts, options), samples(pattern.afterMs), samples(500));
    case "parts": {
      const utterance = new Utterance(pattern.parts, options);
      return { speak: (out, at) => utterance.render(out, at, pattern.loop) };
    }
  }
}

interface Stretch {
  readonly table: Int16Array | null;
  readonly start: number;
  readonly length: number;
}

/** Parts laid out one after the other; the sum of their lengths is that of one round. */
class Utterance {
  readonly length: number;
  readonly #stretches: readonly Stretch[];
  readonly #edge: Float64Array;

  constructor(parts: readonly Part[], { kit, signatureHz, files }: VoiceOptions) {
    let start = 0;
    this.#stretches = parts.map(({ sound, ms }) => {
      const table =
        sound.kind === "wav"
          ? (files?.get(sound.file) ?? null)
          : kit.table(sound.kind === "signature" ? { kind: "tone", hz: signatureHz } : sound);
      const natural = sound.kind === "wav" ? (table?.length ?? 0) : Number.POSITIVE_INFINITY;
      const stretch = { table, start, length: ms === null ? natural : Math.round((ms * kit.sampleRate) / 1_000) };
      start += stretch.length;
      return stretch;
    });
    // A list of files that could not be read has no length; it must still come round.
    this.length = Math.max(1, start);
    this.#edge = raisedCosine(Math.round(kit.sampleRate * 0.005));
  }

  /** Fills `out` from a place on; after the end of the round comes the next one, or silence. */
  render(out: Int16Array, from: number, loop: boolean): void {
    out.fill(0);
    for (let done = 0; done < out.length; ) {
      const place = loop ? (from + done) % this.length : from + done;
      const stretch = this.#stretches.find(({ start, length }) => place >= start && place < start + length);
      if (stretch === undefined) return;
      const count = Math.min(out.length - done, stretch.start + stretch.length - place);
      this.#fill(out.subarray(done, done + count), stretch, place - stretch.start);
      done += count;
    }
  }

  #fill(out: Int16Array, { table, length }: Stretch, from: number): void {
    if (table === null || table.length === 0) return;
    const edge = this.#edge;
    for (let index = 0; index < out.length; index++) {
      const place = from + index;
      const toEnd = length - 1 - place;
      const nearest = Math.min(place, toEnd);
      const sample = table[place % table.length] ?? 0;
      out[index] = nearest < edge.length ? Math.round(sample * (edge[nearest] ?? 1)) : sample;
    }
  }
}

/** The rise of a sound: a step would click (realtime-media §5.3). */
function raisedCosine(length: number): Float64Array {
  return Float64Array.from({ length }, (_, index) => 0.5 - 0.5 * Math.cos((Math.PI * (index + 0.5)) / length));
}

/** Says back what it hears, after a while. */
class Echo implements Voice {
  readonly #held: Int16Array;
  #next = 0;

  constructor(delay: number) {
    this.#held = new Int16Array(delay);
  }

  speak(out: Int16Array, _at: number, heard: Int16Array): void {
    for (let index = 0; index < out.length; index++) {
      out[index] = this.#held[this.#next] ?? 0;
      this.#held[this.#next] = heard[index] ?? 0;
      this.#next = (this.#next + 1) % this.#held.length;
    }
  }
}

/** Waits until the client has talked for long enough, talks into it, and waits for the next time. */
class BargeIn implements Voice {
  readonly #utterance: Utterance;
  readonly #after: number;
  readonly #forget: number;
  #heard = 0;
  #quiet = 0;
  /** Samples spoken of the utterance; null while listening. */
  #spoken: number | null = null;

  constructor(utterance: Utterance, after: number, forget: number) {
    this.#utterance = utterance;
    this.#after = after;
    this.#forget = forget;
  }

  speak(out: Int16Array, _at: number, heard: Int16Array): void {
    this.#listen(heard);
    if (this.#spoken === null) {
      out.fill(0);
      return;
    }
    this.#utterance.render(out, this.#spoken, false);
    this.#spoken += out.length;
    if (this.#spoken >= this.#utterance.length) this.#spoken = null;
  }

  #listen(heard: Int16Array): void {
    if (isSilent(heard)) {
      this.#quiet += heard.length;
      // A short breath of the client's doesn't start the count anew.
      if (this.#quiet >= this.#forget) this.#heard = 0;
      return;
    }
    this.#quiet = 0;
    if (this.#heard < this.#after && this.#heard + heard.length >= this.#after) this.#spoken = 0;
    this.#heard += heard.length;
  }
}
