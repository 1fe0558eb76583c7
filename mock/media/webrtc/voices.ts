import type { DrawSource } from "../../domain/draw.ts";
import type { Pattern } from "../voice/pattern.ts";
import { SoundKit } from "../voice/sound-kit.ts";
import { voiceOf } from "../voice/voice.ts";
import { sampleRate } from "./format.ts";
import { type FrameSource, LiveVoice, SharedVoice } from "./frame-source.ts";
import { repetitionOf } from "./repetition.ts";

/** So many voices are kept for the next call; each takes up to some hundred kilobytes. */
const mostKept = 64;

/** Makes voices, and lets calls whose people say the same share one. */
export class Voices {
  readonly #kits = new Map<string, SoundKit>();
  readonly #shared = new Map<string, SharedVoice>();

  /** A voice; whoever gets one closes it. */
  voice(
    pattern: Pattern,
    source: DrawSource,
    signatureHz: number,
    files?: ReadonlyMap<string, Int16Array>,
  ): FrameSource {
    const repetition = repetitionOf(pattern);
    const kit = this.#kit(source);
    const make = () => voiceOf(pattern, { kit, signatureHz, ...(files === undefined ? {} : { files }) });
    if (repetition === null) return new LiveVoice(make());
    const key = JSON.stringify([pattern, signatureHz, drawn(pattern) ? source : null]);
    const known = this.#shared.get(key);
    if (known !== undefined) return known.join();
    const made = new SharedVoice(make(), repetition);
    this.#shared.set(key, made);
    this.#forget();
    return made.join();
  }

  #kit(source: DrawSource): SoundKit {
    const key = JSON.stringify([source.seed, source.worldId]);
    const known = this.#kits.get(key);
    if (known !== undefined) return known;
    const kit = new SoundKit(source, sampleRate);
    if (this.#kits.size >= mostKept) this.#kits.clear();
    this.#kits.set(key, kit);
    return kit;
  }

  #forget(): void {
    const [oldest] = this.#shared;
    if (this.#shared.size <= mostKept || oldest === undefined) return;
    // Calls that still have it go on with it.
    this.#shared.delete(oldest[0]);
  }
}

/** Whether a pattern sounds different in another world. */
function drawn(pattern: Pattern): boolean {
  return (
    pattern.kind !== "echo" && pattern.parts.some(({ sound }) => sound.kind === "noise" || sound.kind === "speech")
  );
}
