import type { Instant } from "../../domain/time.ts";
import { dominantHz } from "../pcm/dominant.ts";
import { fullScale, levelOf, silenceBelow } from "../pcm/level.ts";
import { Recording } from "./recording.ts";
import type { RecordingRoom } from "./recording-room.ts";

/** What one side of a call said, in figures. */
export interface SideFigures {
  readonly frames: number;
  readonly messages: number;
  readonly bytes: number;
  readonly soundingFrames: number;
  readonly gaps: number;
  readonly underruns: number;
  readonly droppedBytes: number;
  readonly ignoredBytes: number;
  readonly lateFrames: number;
  readonly peak: number;
  readonly rms: number;
  readonly dominantHz: readonly (number | null)[];
  readonly arrivalRatio: number | null;
  readonly firstAudioAt: Instant | null;
  readonly lastAudioAt: Instant | null;
}

/** Counts what one side of a call says. */
export class Side {
  readonly recording: Recording;
  readonly #sampleRate: number;
  frames = 0;
  messages = 0;
  bytes = 0;
  gaps = 0;
  underruns = 0;
  droppedBytes = 0;
  ignoredBytes = 0;
  lateFrames = 0;
  firstAudioAt: Instant | null = null;
  lastAudioAt: Instant | null = null;
  /** Since when something of it is missing in the recording; null when it is whole. */
  unrecordedSince: Instant | null = null;
  #sounding = 0;
  #soundingSamples = 0;
  #peak = 0;
  #energy = 0;
  #first: { readonly at: Instant; readonly bytes: number } | null = null;
  #last: Instant = 0;
  readonly #dominant: (number | null)[] = [];

  constructor(sampleRate: number, recordSeconds: number, room: RecordingRoom) {
    this.#sampleRate = sampleRate;
    this.recording = new Recording(Math.min(recordSeconds, 86_400) * sampleRate, room);
  }

  /** Bytes that came from, or went to, a client. */
  moved(bytes: number, now: Instant): void {
    this.messages++;
    this.bytes += bytes;
    this.#first ??= { at: now, bytes };
    this.#last = now;
  }

  /** A frame that was heard; returns whether it is the first with any sound in it. */
  heard(samples: Int16Array, place: number, now: Instant): boolean {
    this.frames++;
    const { peak, energy } = levelOf(samples);
    const silent = peak < silenceBelow;
    if (!this.recording.add(place, samples, silent)) this.unrecordedSince ??= now;
    if (silent) return false;
    this.#sounding++;
    this.#soundingSamples += samples.length;
    this.#energy += energy;
    if (peak > this.#peak) this.#peak = peak;
    this.lastAudioAt = now;
    if (this.firstAudioAt !== null) return false;
    this.firstAudioAt = now;
    return true;
  }

  figures(): SideFigures {
    const { frames, messages, bytes, gaps, underruns, droppedBytes, ignoredBytes, lateFrames } = this;
    return {
      frames,
      messages,
      bytes,
      soundingFrames: this.#sounding,
      gaps,
      underruns,
      droppedBytes,
      ignoredBytes,
      lateFrames,
      peak: round(Math.min(1, this.#peak / fullScale)),
      rms: round(this.#soundingSamples === 0 ? 0 : Math.sqrt(this.#energy / this.#soundingSamples) / fullScale),
      dominantHz: this.dominant(),
      arrivalRatio: this.arrivalRatio(),
      firstAudioAt: this.firstAudioAt,
      lastAudioAt: this.lastAudioAt,
    };
  }

  /** Seconds of audio per second of world time; null until two seconds have shown it. */
  arrivalRatio(): number | null {
    if (this.#first === null || this.#last - this.#first.at < 2_000) return null;
    // The first message stands for time before it arrived.
    const seconds = (this.bytes - this.#first.bytes) / 2 / this.#sampleRate;
    return round((seconds * 1_000) / (this.#last - this.#first.at));
  }

  /** The frequency that sounds most in each second since the answer; the last second may be a short one. */
  dominant(): readonly (number | null)[] {
    const rate = this.#sampleRate;
    const whole = Math.floor(this.recording.length / rate);
    for (let second = this.#dominant.length; second < whole; second++)
      this.#dominant.push(dominantHz(this.recording.stretch(second * rate, (second + 1) * rate), rate));
    if (this.recording.length === whole * rate) return this.#dominant;
    return [...this.#dominant, dominantHz(this.recording.stretch(whole * rate, this.recording.length), rate)];
  }
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
