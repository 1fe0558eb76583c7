import type { Voice } from "../voice/voice.ts";
import { frameSamples } from "./format.ts";
import { Encoder } from "./opus.ts";

/** 20 ms of a voice: as they are sent, and as they sound. */
export interface VoiceFrame {
  readonly packet: Buffer;
  readonly samples: Int16Array;
}

/** Somebody who speaks, frame by frame. */
export interface FrameSource {
  /**
   * @param index frames since the voice began, or since the keys were pressed
   * @param heard what the client said in the same stretch
   */
  readonly frame: (index: number, heard: Int16Array) => VoiceFrame;
  readonly close: () => void;
}

/** Where a voice repeats: after `lead` frames come the same `round` frames again and again. */
export interface Repetition {
  readonly lead: number;
  readonly round: number;
}

/**
 * A voice that sounds the same to everybody: each frame is encoded once, when it is first needed, and its packet is
 * shared by all calls. The packets of the second round follow on those of the first, so the repetition doesn't click.
 */
export class SharedVoice implements FrameSource {
  readonly #voice: Voice;
  readonly #repetition: Repetition;
  readonly #frames: VoiceFrame[] = [];
  readonly #nothingHeard = new Int16Array(frameSamples);
  #encoder: Encoder | null = null;
  #users = 0;

  constructor(voice: Voice, repetition: Repetition) {
    this.#voice = voice;
    this.#repetition = repetition;
  }

  readonly frame = (index: number): VoiceFrame => {
    const { lead, round } = this.#repetition;
    const place = index < lead ? index : lead + ((index - lead) % round);
    while (this.#frames.length <= place) this.#frames.push(this.#next());
    return this.#frames[place] ?? silentFrame();
  };

  /** One more call has this voice, and will close it. */
  join(): this {
    this.#users++;
    return this;
  }

  /** What was encoded stays for the next call; the encoder goes back when nobody listens. */
  readonly close = (): void => {
    this.#users--;
    if (this.#users === 0) this.#release();
  };

  #next(): VoiceFrame {
    const index = this.#frames.length;
    const samples = new Int16Array(frameSamples);
    this.#voice.speak(samples, index * frameSamples, this.#nothingHeard);
    this.#encoder ??= Encoder.create();
    const packet = this.#encoder?.encode(samples) ?? silentFrame().packet;
    if (index + 1 === this.#repetition.lead + this.#repetition.round) this.#release();
    return { packet, samples };
  }

  #release(): void {
    this.#encoder?.close();
    this.#encoder = null;
  }
}

/** A voice that answers to what it hears, or that is too long to be kept: it is encoded for its call alone. */
export class LiveVoice implements FrameSource {
  readonly #voice: Voice;
  readonly #encoder = Encoder.create();

  constructor(voice: Voice) {
    this.#voice = voice;
  }

  readonly frame = (index: number, heard: Int16Array): VoiceFrame => {
    const samples = new Int16Array(frameSamples);
    this.#voice.speak(samples, index * frameSamples, heard);
    return this.#encoder === null ? silentFrame() : { packet: this.#encoder.encode(samples), samples };
  };

  readonly close = (): void => this.#encoder?.close();
}

let silence: VoiceFrame | null = null;

/** 20 ms of nothing. */
export function silentFrame(): VoiceFrame {
  if (silence !== null) return silence;
  const samples = new Int16Array(frameSamples);
  const encoder = Encoder.create();
  // Opus says "nothing" with a table of contents alone too: 20 ms, mono, wideband (RFC 6716 §3.1).
  const packet = encoder?.encode(samples) ?? Buffer.from([0x48]);
  encoder?.close();
  silence = { packet, samples };
  return silence;
}
