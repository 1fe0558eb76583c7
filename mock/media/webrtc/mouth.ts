import { digitMs } from "../voice/presets.ts";
import { frameMs } from "./format.ts";
import { type FrameSource, silentFrame, type VoiceFrame } from "./frame-source.ts";

/** What goes out in one frame: audio, or a piece of a key that is being pressed. */
export type Utterance =
  | { readonly kind: "audio"; readonly frame: VoiceFrame }
  /** `step` counts the frames that the key is down, from 0; `last` is its end. */
  | { readonly kind: "key"; readonly digit: string; readonly step: number; readonly last: boolean };

interface Turn {
  source: FrameSource | null;
  readonly start: number;
}

const framesPerKey = digitMs / frameMs;

/** What one person says over a whole call, in frames since the answer; keys take the place of speech. */
export class Mouth {
  #turns: Turn[] = [];
  #keys: { readonly digit: string; readonly start: number }[] = [];

  /** From a frame on the person says something else; hand the voice in when it is there. */
  say(start: number): (source: FrameSource) => void {
    const turn: Turn = { source: null, start };
    this.#turns.push(turn);
    return (source) => {
      if (this.#turns.includes(turn)) turn.source = source;
      else source.close();
    };
  }

  /** The person presses keys, each as long as the pause after it, once those that they press already are done. */
  press(start: number, digits: string): void {
    for (const digit of digits) {
      const last = this.#keys.at(-1);
      const free = last === undefined ? start : last.start + 2 * framesPerKey;
      this.#keys.push({ digit, start: Math.max(start, free) });
    }
  }

  utter(number: number, heard: Int16Array): Utterance {
    this.#forget(number);
    const key = this.#keys.find(({ start }) => number >= start && number < start + framesPerKey);
    if (key !== undefined) {
      const step = number - key.start;
      return { kind: "key", digit: key.digit, step, last: step === framesPerKey - 1 };
    }
    const turn = this.#turns.findLast(({ start }) => start <= number);
    return { kind: "audio", frame: turn?.source?.frame(number - turn.start, heard) ?? silentFrame() };
  }

  close(): void {
    for (const { source } of this.#turns) source?.close();
    this.#turns = [];
    this.#keys = [];
  }

  #forget(number: number): void {
    const present = this.#turns.findLastIndex(({ start }) => start <= number);
    for (const { source } of this.#turns.splice(0, Math.max(0, present))) source?.close();
    this.#keys = this.#keys.filter(({ start }) => start + 2 * framesPerKey > number);
  }
}
