import type { RtpPacket } from "werift";
import type { Call } from "../../domain/call.ts";
import type { DrawSource } from "../../domain/draw.ts";
import type { JsonObject } from "../../domain/json.ts";
import { judgeSdp, type SdpParts, type SdpRole } from "../../domain/sdp/index.ts";
import type { Instant } from "../../domain/time.ts";
import type { Strike } from "../../faults/fault-book.ts";
import type { WorldClock } from "../../world/clock.ts";
import type { RecordingRoom } from "../inspect/recording-room.ts";
import { Side } from "../inspect/side.ts";
import { Warnings } from "../inspect/warnings.ts";
import { Beat } from "../realtime/beat.ts";
import { SampleQueue } from "../realtime/sample-queue.ts";
import type { RealtimeSession } from "../realtime/session.ts";
import { SoundFault } from "../sound-fault.ts";
import { parsePattern } from "../voice/parse-pattern.ts";
import { filesOf } from "../voice/pattern.ts";
import { readVoiceFiles } from "../voice/read-files.ts";
import { addressesFor } from "./addresses.ts";
import { ClientEar } from "./client-ear.ts";
import { ClientStream } from "./client-stream.ts";
import { Connection } from "./connection.ts";
import { frameMs, frameSamples, sampleRate } from "./format.ts";
import { MediaWatch } from "./media-watch.ts";
import { Mouth } from "./mouth.ts";
import type { WebRtcOptions } from "./options.ts";
import { payloadTypes, withKeys } from "./payload-types.ts";
import type { Voices } from "./voices.ts";

export interface PeerCallOptions {
  readonly call: Call;
  readonly clock: WorldClock;
  readonly options: WebRtcOptions;
  readonly voices: Voices;
  /** Where its recording goes. */
  readonly room: RecordingRoom;
  /** Where noise and speech come from. */
  readonly source: DrawSource;
  readonly signatureHz: number;
  /** What the SDP of this call is made of. */
  readonly parts: SdpParts;
  /** Writes into the call's timeline. */
  readonly report: (kind: "media" | "warning", name: string, detail: JsonObject) => void;
  /** A fault that strikes this call's sound as it begins; null when none does. */
  readonly strike: () => Strike<"media"> | null;
  /** The client sends nothing for too long. */
  readonly mediaMissing: () => void;
}

const nothingHeard = new Int16Array(frameSamples);

/** An echo starts once so much of the client has arrived, so that a late packet doesn't tear it. */
const cushion = 2 * frameSamples;

/** No more than this of the client waits for an echo: 3 s. */
const mostHeard = 3 * sampleRate;

/** The WebRTC side of one META call: Meta's relay and the person behind it. */
export class PeerCall {
  readonly call: Call;
  readonly signatureHz: number;
  readonly client: Side;
  readonly person: Side;
  readonly warnings: Warnings;
  readonly sessions: readonly RealtimeSession[] = [];
  /** What the person says, for those who ask. */
  pattern = "silence";
  readonly #given: PeerCallOptions;
  readonly #ear: ClientEar;
  readonly #mouth = new Mouth();
  readonly #watch: MediaWatch;
  readonly #heard = new SampleQueue();
  #echoing = false;
  #cushioned = false;
  #connection: Connection | null = null;
  #stream: ClientStream | null = null;
  #beat: Beat | null = null;
  #answeredAt: Instant | null = null;
  #remote: string | null = null;
  #ended = false;
  #connectedAt: Instant | null = null;
  #broken = false;

  constructor(given: PeerCallOptions) {
    const { call, clock, options, signatureHz } = given;
    this.#given = given;
    this.call = call;
    this.signatureHz = signatureHz;
    this.client = new Side(sampleRate, options.recordSeconds, given.room);
    this.person = new Side(sampleRate, options.recordSeconds, given.room);
    this.warnings = new Warnings((name, detail) => given.report("warning", name, detail));
    this.#ear = new ClientEar({
      clock,
      side: this.client,
      warnings: this.warnings,
      report: (name, detail) => given.report("media", name, detail),
      heard: (samples) => this.#keep(samples),
    });
    this.#watch = new MediaWatch({
      clock,
      atStartMs: options.noMediaAtStartMs,
      laterMs: options.noMediaLaterMs,
      missing: (waitedMs) => {
        given.report("media", "clientMediaMissing", { waitedMs });
        given.mediaMissing();
      },
    });
  }

  /** What is known of the connection, for those who ask. */
  get peer(): { connectedAt: Instant | null; remoteAddress: string | null; packetsLost: number; dtmf: string } {
    return {
      connectedAt: this.#connectedAt,
      remoteAddress: this.#remote,
      packetsLost: this.#ear.lost,
      dtmf: this.#ear.digits,
    };
  }

  /**
   * Opens the port.
   *
   * @returns what the SDP says of it
   * @throws Error when there is no free port
   */
  async open(): Promise<SdpParts> {
    const { parts, options } = this.#given;
    const addresses = addressesFor(options.host);
    const connection = await Connection.open({
      iceUfrag: parts.iceUfrag,
      icePwd: parts.icePwd,
      address: addresses[0] ?? "127.0.0.1",
      ports: options.ports,
      received: (packet) => this.#receive(packet),
      receivedReport: () => this.#watch.seen(),
    });
    this.#connection = connection;
    if (this.#ended) await connection.close();
    return {
      ...parts,
      fingerprint: connection.fingerprint,
      relay: { ...parts.relay, port: connection.port },
      addresses,
    };
  }

  /** Awaits the client that this SDP describes; a second one of the same call changes nothing. */
  connect(sdp: string, role: SdpRole): void {
    const connection = this.#connection;
    const judged = judgeSdp(sdp, role, { strict: false });
    if (connection === null || !judged.ok || this.#stream !== null || this.#ended) return;
    const { audio } = judged.session;
    this.#ear.codecs = withKeys(audio.codecs);
    this.#stream = new ClientStream(connection, { ssrc: this.#given.parts.ssrc, ...payloadTypes(audio.codecs) });
    connection.connect(audio).then(
      () => this.#connected(connection),
      (error: unknown) => this.#notConnected(error),
    );
  }

  /** From now on there is sound. */
  answered(at: Instant): void {
    this.#answeredAt = at;
    this.#ear.answered(at);
    this.#run();
  }

  /** The person says something else from now on; a pattern that can't be read is told, and silent. */
  speak(pattern: string, since: Instant): void {
    this.pattern = pattern;
    const parsed = parsePattern(pattern);
    if (!parsed.ok) return this.#warn("pattern", `The person can't say ${JSON.stringify(pattern)}: ${parsed.message}.`);
    const say = this.#mouth.say(this.#frameAt(since));
    this.#echoing = parsed.pattern.kind !== "parts";
    const { voices, source, clock } = this.#given;
    if (filesOf(parsed.pattern).length === 0) return say(voices.voice(parsed.pattern, source, this.signatureHz));
    const failed = (file: string, reason: string) => this.#warn("voiceFile", `Can't read ${file}: ${reason}`);
    const reading = readVoiceFiles(parsed.pattern, sampleRate, failed).then((files) =>
      say(voices.voice(parsed.pattern, source, this.signatureHz, files)),
    );
    clock.await(reading);
  }

  /** The person presses keys, which travel as telephone-event and not as sound (meta-calling §5.1). */
  pressKeys(digits: string, at: Instant): void {
    this.#mouth.press(this.#frameAt(at), digits);
  }

  /** The call is over; the port goes back. */
  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#beat?.stop();
    this.#watch.stop();
    this.#stream?.close();
    this.#ear.close();
    this.#mouth.close();
    this.#heard.drop(this.#heard.length);
    if (this.#connectedAt !== null && !this.#broken) this.#given.report("media", "peerClosed", { by: "sandbox" });
    await this.#connection?.close();
  }

  #connected(connection: Connection): void {
    if (this.#ended) return;
    this.#connectedAt = this.#given.clock.now();
    this.#remote = connection.remoteAddress;
    this.#given.report("media", "peerConnected", { remoteAddress: this.#remote, dtlsRole: "server" });
    this.#run();
  }

  #notConnected(error: unknown): void {
    if (this.#ended) return;
    const reason = error instanceof Error ? error.message : String(error);
    this.#warn("peerFailed", `The connection with the client could not be made: ${reason}.`);
  }

  #receive(packet: RtpPacket): void {
    if (this.#ended) return;
    this.#watch.seen();
    // Meta takes a packet before accept for the acceptance, and the caller's clock starts (meta-calling §4).
    if (this.#answeredAt === null && this.call.direction === "INBOUND")
      this.#warn(
        "mediaBeforeAccept",
        "The client sent audio before the call was accepted. Meta may take that for the answer, and the first words are lost: send nothing until accept has answered 200.",
      );
    this.#ear.receive(packet);
  }

  /** There is a rhythm once somebody has answered and the client is there. */
  #run(): void {
    const { clock } = this.#given;
    if (this.#ended || this.#answeredAt === null || this.#connectedAt === null) return;
    this.#watch.start();
    if (this.#beat !== null) return;
    this.#disturb();
    this.#beat = new Beat({
      clock,
      from: this.#answeredAt,
      frameMs,
      beat: (frame, lateMs) => this.#frame(frame, lateMs),
      jumped: () => {
        this.person.gaps++;
      },
    });
  }

  /** A fault disturbs what the client hears from the first packet on (CTRL-078). */
  #disturb(): void {
    const { clock, source, strike: strikes } = this.#given;
    const strike = strikes();
    if (strike === null) return;
    const cut = () => this.#cut();
    this.#stream?.disturb(new SoundFault({ strike, clock, source, keepsOrder: false, cut }));
  }

  /** The connection breaks, and the call goes on without it. */
  #cut(): void {
    this.#broken = true;
    this.#beat?.stop();
    this.#given.report("media", "peerClosed", { by: "fault" });
    void this.#connection?.close();
  }

  #frame(number: number, lateMs: number): void {
    const { clock, report } = this.#given;
    const now = clock.now();
    const spoken = this.#mouth.utter(number, this.#takeHeard());
    if (lateMs > frameMs) this.person.lateFrames++;
    this.#stream?.send(number, spoken);
    if (spoken.kind === "key") {
      if (spoken.last) report("media", "dtmf", { from: "person", digit: spoken.digit });
      return;
    }
    const { samples } = spoken.frame;
    this.person.moved(samples.byteLength, now);
    if (this.person.heard(samples, number * frameSamples, now)) report("media", "firstAudioOfPerson", {});
  }

  #keep(samples: Int16Array): void {
    if (this.#echoing && !this.#ended && this.#heard.length < mostHeard) this.#heard.push(samples);
  }

  #takeHeard(): Int16Array {
    if (!this.#echoing) return nothingHeard;
    const heard = new Int16Array(frameSamples);
    if (this.#cushioned || this.#heard.length >= cushion) this.#cushioned = this.#heard.take(heard) === heard.length;
    return heard;
  }

  #frameAt(at: Instant): number {
    return Math.ceil((at - (this.#answeredAt ?? at)) / frameMs);
  }

  #warn(name: string, message: string): void {
    this.warnings.add(name, message, this.#given.clock.now());
  }
}
