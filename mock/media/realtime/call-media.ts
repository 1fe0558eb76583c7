import type { Call } from "../../domain/call.ts";
import type { JsonObject } from "../../domain/json.ts";
import type { RealtimeMode } from "../../domain/realtime-token.ts";
import type { Instant } from "../../domain/time.ts";
import type { RealtimeOptions } from "../../realtime-options.ts";
import type { WorldClock } from "../../world/clock.ts";
import type { RecordingRoom } from "../inspect/recording-room.ts";
import { Side } from "../inspect/side.ts";
import { Warnings } from "../inspect/warnings.ts";
import { FrameSupply } from "../pcm/frame-supply.ts";
import { isSilent } from "../pcm/level.ts";
import type { Clip } from "../play/clip.ts";
import { ClipLine } from "../play/clip-line.ts";
import { parsePattern } from "../voice/parse-pattern.ts";
import { filesOf } from "../voice/pattern.ts";
import { digitMs, digitParts } from "../voice/presets.ts";
import { readVoiceFiles } from "../voice/read-files.ts";
import type { SoundKit } from "../voice/sound-kit.ts";
import { Speaker } from "../voice/speaker.ts";
import { type VoiceOptions, voiceOf } from "../voice/voice.ts";
import { Beat } from "./beat.ts";
import { toBytes } from "./client-bytes.ts";
import { SampleQueue } from "./sample-queue.ts";
import { RealtimeSession, type SessionCall } from "./session.ts";
import type { Wire } from "./wire.ts";

export interface CallMediaOptions {
  readonly call: Call;
  readonly clock: WorldClock;
  readonly options: RealtimeOptions;
  readonly kit: SoundKit;
  /** Where its recording goes. */
  readonly room: RecordingRoom;
  readonly signatureHz: number;
  /** Writes into the call's timeline. */
  readonly report: (kind: "media" | "warning", name: string, detail: JsonObject) => void;
  readonly hangUp: () => void;
}

/** A pause of the client's that is shorter than this was a queue that ran dry, not a pause. */
const underrunMs = 1_000;

/** The sound of one call: everybody who listens, who talks, and what was said. It works only while a socket is open. */
export class CallMedia {
  readonly call: Call;
  readonly signatureHz: number;
  readonly client: Side;
  readonly person: Side;
  readonly warnings: Warnings;
  /** Every socket that the call had, open or not. */
  readonly sessions: RealtimeSession[] = [];
  readonly #given: CallMediaOptions;
  readonly #open = new Set<RealtimeSession>();
  readonly #speaker = new Speaker();
  readonly #queue = new SampleQueue();
  readonly #frameSamples: number;
  readonly #frames: FrameSupply;
  readonly #nothing: Int16Array;
  /** What the client said in the present frame; it is copied by whoever keeps it. */
  readonly #heard: Int16Array;
  #answeredAt: Instant | null = null;
  #ended = false;
  #beat: Beat | null = null;
  #dryFrom: number | null = null;
  /** Whether the last that was heard of the client came from its socket. */
  #talking = false;
  readonly #clips = new ClipLine();
  /** Seconds since the answer in which a clip was heard. */
  readonly clipSeconds = new Set<number>();
  /** What the person says, for those who ask. */
  pattern = "silence";

  constructor(given: CallMediaOptions) {
    const { sampleRate, frameMs, recordSeconds } = given.options;
    this.call = given.call;
    this.signatureHz = given.signatureHz;
    this.#given = given;
    this.#frameSamples = (sampleRate * frameMs) / 1_000;
    this.#frames = new FrameSupply(this.#frameSamples);
    this.#nothing = new Int16Array(this.#frameSamples);
    this.#heard = new Int16Array(this.#frameSamples);
    this.client = new Side(sampleRate, recordSeconds, given.room);
    this.person = new Side(sampleRate, recordSeconds, given.room);
    this.warnings = new Warnings((name, detail) => given.report("warning", name, detail));
  }

  get #talker(): RealtimeSession | undefined {
    return [...this.#open].find(({ mode }) => mode === "talk");
  }

  /** How many sockets of a kind are open. */
  count(mode: RealtimeMode): number {
    return [...this.#open].filter((session) => session.mode === mode).length;
  }

  /** Gives a client that has proved its right a socket. */
  connect(mode: RealtimeMode, wire: Wire): RealtimeSession {
    if (mode === "talk") this.#replaceTalker();
    const session = new RealtimeSession(mode, wire, this.#sessionCall());
    this.sessions.push(session);
    this.#open.add(session);
    this.#run();
    return session;
  }

  #replaceTalker(): void {
    const former = this.#talker;
    if (former === undefined) return;
    this.client.droppedBytes += 2 * this.#queue.drop(this.#queue.length);
    former.close(1000, "replaced");
  }

  /** From now on there is sound. */
  answered(at: Instant): void {
    this.#answeredAt = at;
    this.#run();
  }

  /** The person says something else from now on; a pattern that can't be read is told, and silent. */
  speak(pattern: string, since: Instant): void {
    const parsed = parsePattern(pattern);
    this.pattern = pattern;
    const say = this.#speaker.say(this.#placeOf(since));
    if (!parsed.ok) return this.#warn("pattern", `The person can't say ${JSON.stringify(pattern)}: ${parsed.message}.`);
    if (filesOf(parsed.pattern).length === 0) return say(voiceOf(parsed.pattern, this.#voiceOptions()));
    const { sampleRate } = this.#given.options;
    const failed = (file: string, reason: string) => this.#warn("voiceFile", `Can't read ${file}: ${reason}`);
    const reading = readVoiceFiles(parsed.pattern, sampleRate, failed).then((files) =>
      say(voiceOf(parsed.pattern, { ...this.#voiceOptions(), files })),
    );
    this.#given.clock.await(reading);
  }

  /** The person presses keys, which sound in place of what they say. */
  pressKeys(digits: string, at: Instant): void {
    const voice = voiceOf({ kind: "parts", parts: digitParts(digits, digitMs), loop: false }, this.#voiceOptions());
    const length = (digits.length * 2 * digitMs * this.#given.options.sampleRate) / 1_000;
    this.#speaker.press(this.#placeOf(at), length, voice);
  }

  /**
   * A file is heard from now on, or from the answer on, in place of what the talk socket says (realtime-media §3 row 28).
   * Whether it takes the place of a file that still plays, too, is chosen (row 29).
   */
  play(clip: Clip): void {
    if (this.#ended) return;
    const { secondPlay, playOverTalk } = this.#given.options;
    if (!this.#clips.add(clip, secondPlay)) return;
    if (playOverTalk === "replace") this.client.droppedBytes += 2 * this.#queue.drop(this.#queue.length);
    this.#run();
  }

  /** The call is over, and with it every socket. */
  end(): void {
    this.#ended = true;
    this.#clips.end();
    this.#beat?.stop();
    for (const session of [...this.#open]) {
      if (this.#given.options.callEnd === "abrupt") session.cut();
      else session.close(1000, "call ended");
    }
    this.#queue.drop(this.#queue.length);
  }

  /** The sandbox goes away. */
  shutDown(): void {
    this.#ended = true;
    this.#clips.forget();
    this.#beat?.stop();
    for (const session of [...this.#open]) session.close(1001, "sandbox shuts down");
  }

  #voiceOptions(): VoiceOptions {
    return { kit: this.#given.kit, signatureHz: this.signatureHz };
  }

  #placeOf(at: Instant): number {
    return Math.round(((at - (this.#answeredAt ?? at)) * this.#given.options.sampleRate) / 1_000);
  }

  /** There is a rhythm while there is somebody to hear it, or something left to be heard. */
  #run(): void {
    const sounding = this.#open.size > 0 || this.#queue.length > 0 || this.#clips.sounding;
    const busy = !this.#ended && this.#answeredAt !== null && sounding;
    if (!busy || this.#answeredAt === null) {
      this.#beat?.stop();
      this.#beat = null;
      return;
    }
    this.#beat ??= new Beat({
      clock: this.#given.clock,
      from: this.#answeredAt,
      frameMs: this.#given.options.frameMs,
      beat: (frame, lateMs) => this.#frame(frame, lateMs),
      jumped: () => {
        this.person.gaps++;
      },
    });
  }

  /** One frame each way: first the client's, so that an echo can answer to it. */
  #frame(number: number, lateMs: number): void {
    const place = number * this.#frameSamples;
    const heard = this.#hearClient(number, place);
    const frame = this.#frames.next();
    this.#speaker.speak(frame, place, heard);
    if (this.#open.size > 0) this.#send(frame, place, lateMs);
    else this.#run();
  }

  #send(frame: Int16Array, place: number, lateMs: number): void {
    const now = this.#given.clock.now();
    const { silence, frameMs } = this.#given.options;
    if (lateMs > frameMs) this.person.lateFrames++;
    if (this.person.heard(frame, place, now)) this.#given.report("media", "firstAudioOfPerson", {});
    if (silence === "skip" && isSilent(frame)) return;
    const bytes = toBytes(frame);
    this.person.moved(bytes.length, now);
    for (const session of this.#open) session.deliver(bytes);
  }

  #hearClient(number: number, place: number): Int16Array {
    if (this.#clips.sounding) return this.#hearClip(this.#heard, place);
    if (this.#queue.length === 0) {
      if (this.#talking) this.#dryFrom ??= number;
      return this.#nothing;
    }
    const heard = this.#heard;
    const count = this.#queue.take(heard);
    heard.fill(0, count);
    this.#talking = true;
    if (this.#dryFrom !== null) this.#countPause((number - this.#dryFrom) * this.#given.options.frameMs);
    this.#dryFrom = count < heard.length ? number : null;
    if (this.client.heard(heard, place, this.#given.clock.now())) this.#given.report("media", "firstAudioOfClient", {});
    return heard;
  }

  #hearClip(heard: Int16Array, place: number): Int16Array {
    const { sampleRate, playOverTalk } = this.#given.options;
    this.#clips.hear(heard);
    if (playOverTalk === "mix") this.#mixIn(heard);
    // What a file leaves out is no pause of the client's.
    this.#talking = false;
    this.#dryFrom = null;
    for (const at of [place, place + heard.length - 1]) this.clipSeconds.add(Math.floor(at / sampleRate));
    if (this.client.heard(heard, place, this.#given.clock.now())) this.#given.report("media", "firstAudioOfClient", {});
    this.#clips.moveOn();
    return heard;
  }

  /** Adds what the talk socket says; a sum that is too loud is as loud as can be. */
  #mixIn(heard: Int16Array): void {
    const said = new Int16Array(heard.length);
    const count = this.#queue.take(said);
    for (let at = 0; at < count; at++)
      heard[at] = Math.max(-32_768, Math.min(32_767, (heard[at] ?? 0) + (said[at] ?? 0)));
  }

  #countPause(milliseconds: number): void {
    if (milliseconds < underrunMs) this.client.underruns++;
    else this.client.gaps++;
  }

  #sessionCall(): SessionCall {
    const { clock, options } = this.#given;
    return {
      clock,
      options,
      active: () => this.#answeredAt !== null && !this.#ended,
      hear: (samples) => this.#enqueue(samples),
      received: (bytes) => this.client.moved(bytes, clock.now()),
      ignored: (bytes) => {
        this.client.ignoredBytes += bytes;
      },
      unsent: (bytes) => {
        this.person.droppedBytes += bytes;
      },
      flush: () => {
        this.client.droppedBytes += 2 * this.#queue.drop(this.#queue.length);
      },
      warn: (name, message, detail) => this.#warn(name, message, detail),
      closed: (session) => this.#closed(session),
    };
  }

  /** Keeps what fits; the newest goes, because a reader must never wait for the call (realtime-media §3 row 15). */
  #enqueue(samples: Int16Array): void {
    const { clientQueueMs, clientOverflow, sampleRate, playOverTalk } = this.#given.options;
    if (this.#clips.sounding && this.#answeredAt !== null && playOverTalk === "replace") {
      this.client.droppedBytes += 2 * samples.length;
      return;
    }
    const room = (clientQueueMs * sampleRate) / 1_000 - this.#queue.length;
    if (samples.length <= room) return this.#queue.push(samples);
    this.#warn(
      "clientTooFast",
      `The client is more than ${clientQueueMs} ms ahead of real time; what doesn't fit is dropped. Send 1 s of audio per second.`,
    );
    const tooMany = samples.length - Math.max(0, Math.floor(room));
    this.client.droppedBytes += 2 * tooMany;
    if (clientOverflow === "close") return this.#talker?.close(1009, "too much audio");
    if (clientOverflow === "drop-newest") return this.#queue.push(samples.subarray(0, samples.length - tooMany));
    const fromQueue = this.#queue.drop(tooMany);
    this.#queue.push(samples.subarray(tooMany - fromQueue));
  }

  #warn(name: string, message: string, detail: JsonObject = {}): void {
    this.warnings.add(name, message, this.#given.clock.now(), detail);
  }

  #closed(session: RealtimeSession): void {
    this.#open.delete(session);
    const { mode, end } = session;
    if (end !== null) {
      const { code, reason, by } = end;
      this.#given.report("media", "realtimeClosed", { mode, code, reason, by });
      if (mode === "talk" && by === "client" && this.#given.options.hangUpOnTalkClose) this.#given.hangUp();
    }
    this.#run();
  }
}
