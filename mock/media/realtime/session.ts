import type { RealtimeMode } from "../../domain/realtime-token.ts";
import { type Instant, SECOND } from "../../domain/time.ts";
import type { RealtimeOptions } from "../../realtime-options.ts";
import type { Cancel, WorldClock } from "../../world/clock.ts";
import { ClientBytes } from "./client-bytes.ts";
import type { Wire } from "./wire.ts";

/** The call that a socket belongs to, as the socket sees it. */
export interface SessionCall {
  readonly clock: WorldClock;
  readonly options: RealtimeOptions;
  /** Frames flow: the call is answered and has not ended. */
  readonly active: () => boolean;
  /** The client said something. */
  readonly hear: (samples: Int16Array) => void;
  readonly received: (bytes: number) => void;
  readonly ignored: (bytes: number) => void;
  readonly unsent: (bytes: number) => void;
  readonly flush: () => void;
  readonly warn: (name: string, message: string, detail?: { readonly sampleRate: number }) => void;
  readonly closed: (session: RealtimeSession) => void;
}

/** How a socket ended; `by` the client, or the sandbox. */
export interface SessionEnd {
  readonly code: number;
  readonly reason: string;
  readonly by: "client" | "sandbox";
  readonly at: Instant;
}

/** One open realtime socket. */
export class RealtimeSession {
  readonly mode: RealtimeMode;
  readonly openedAt: Instant;
  readonly #wire: Wire;
  readonly #call: SessionCall;
  readonly #bytes: ClientBytes;
  readonly #timers: Cancel[] = [];
  #heardAt: Instant;
  #end: SessionEnd | null = null;

  constructor(mode: RealtimeMode, wire: Wire, call: SessionCall) {
    this.mode = mode;
    this.#wire = wire;
    this.#call = call;
    this.#bytes = new ClientBytes(call.options.oddBytes === "hold");
    this.openedAt = call.clock.now();
    this.#heardAt = this.openedAt;
    this.#setTimers();
  }

  /** Null while it is open. */
  get end(): SessionEnd | null {
    return this.#end;
  }

  /** A binary message of the client. */
  receive(message: Uint8Array): void {
    if (this.#end !== null) return;
    this.#heardAt = this.#call.clock.now();
    if (this.mode === "listen") return this.#refuseAudio(message.length);
    if (!this.#call.active()) {
      this.#call.ignored(message.length);
      this.#call.warn("audioBeforeAnswer", "The client sent audio before the call was answered; nobody heard it.");
      return;
    }
    this.#call.received(message.length);
    const { clientFrames, frameMs, sampleRate } = this.#call.options;
    const exact = (frameMs * sampleRate * 2) / 1_000;
    if (clientFrames === "exact" && message.length !== exact) {
      this.#call.warn("frameLength", `A frame has ${exact} bytes, and the client sent ${message.length}.`);
      return this.close(1007, "invalid frame length");
    }
    this.#read(message);
  }

  #read(message: Uint8Array): void {
    const { oddBytes, wavHeaders, sampleRate } = this.#call.options;
    const { samples, odd, wavHeader } = this.#bytes.read(message);
    if (odd) {
      this.#call.warn(
        "oddBytes",
        `A message of ${message.length} bytes ends within a sample: PCM16 has two bytes each. ${oddBytes === "hold" ? "Its last byte was put in front of the next message." : "Its last byte was dropped."}`,
      );
      if (oddBytes === "close") return this.close(1007, "odd number of bytes");
    }
    if (wavHeader !== null) {
      const named = wavHeader.sampleRate;
      this.#call.warn(
        "wavHeader",
        `The client sends WAV headers${named === sampleRate || named === 0 ? "" : ` that say ${named} Hz`}; the socket takes raw PCM16 at ${sampleRate} Hz. The header was skipped.`,
        { sampleRate: named },
      );
      if (wavHeaders === "close") return this.close(1003, "WAV header");
    }
    if (samples.length > 0) this.#call.hear(samples);
  }

  /** A text message of the client. */
  receiveText(text: string): void {
    if (this.#end !== null) return;
    this.#heardAt = this.#call.clock.now();
    const { clientText } = this.#call.options;
    this.#call.warn("textFrame", "The client sent a text message; the socket takes binary audio only.");
    if (clientText === "close") return this.close(1003, "binary audio only");
    if (clientText === "clear" && /"(action|event)"\s*:\s*"clear"/.test(text)) this.#call.flush();
  }

  #refuseAudio(bytes: number): void {
    this.#call.ignored(bytes);
    this.#call.warn("audioOnListen", "The client sent audio on a listen socket, which only receives.");
    if (this.#call.options.listenAudio === "close") this.close(1008, "listen only");
  }

  /** Sends one frame of the person's voice; a client that doesn't read loses the connection (MEDIA-WS-037). */
  deliver(bytes: Uint8Array): boolean {
    if (this.#end !== null) return false;
    if (this.#wire.unread() + bytes.length > this.#call.options.mostUnreadBytes) {
      this.#call.unsent(bytes.length);
      this.#call.warn("clientDoesNotRead", "The client left too much unread, so its connection was ended.");
      this.#finish({ code: 1013, reason: "client does not read", by: "sandbox", at: this.#call.clock.now() });
      this.#wire.cut();
      return false;
    }
    this.#wire.send(bytes);
    return true;
  }

  /** Ends the socket from our side. */
  close(code: number, reason: string): void {
    if (this.#end !== null) return;
    this.#finish({ code, reason, by: "sandbox", at: this.#call.clock.now() });
    this.#wire.close(code, reason);
  }

  /** Ends the socket without a close frame. */
  cut(): void {
    if (this.#end !== null) return;
    this.#finish({ code: 1006, reason: "", by: "sandbox", at: this.#call.clock.now() });
    this.#wire.cut();
  }

  /** The connection has ended, by the client's will or by an accident. */
  gone(code: number, reason: string): void {
    if (this.#end !== null) return;
    this.#wire.gone?.();
    this.#finish({ code, reason, by: "client", at: this.#call.clock.now() });
  }

  #finish(end: SessionEnd): void {
    this.#end = end;
    for (const cancel of this.#timers) cancel();
    this.#call.closed(this);
  }

  #setTimers(): void {
    const { clock, options } = this.#call;
    if (options.greeting === "hello") {
      const { sampleRate, frameMs } = options;
      this.#wire.sendText(JSON.stringify({ event: "hello", encoding: "pcm_s16le", sampleRate, channels: 1, frameMs }));
    }
    if (options.mostSeconds > 0)
      this.#timers.push(
        clock.schedule(this.openedAt + options.mostSeconds * SECOND, () => this.close(1000, "too long")),
      );
    if (options.pingSeconds > 0) this.#repeat(options.pingSeconds * SECOND, () => this.#wire.ping());
    if (options.idleSeconds > 0)
      this.#repeat(1 * SECOND, () => {
        if (clock.now() - this.#heardAt >= options.idleSeconds * SECOND) this.close(1000, "idle");
      });
  }

  #repeat(everyMs: number, act: () => void): void {
    const { clock } = this.#call;
    const place = this.#timers.length;
    const again = () => {
      act();
      if (this.#end === null) this.#timers[place] = clock.schedule(clock.now() + everyMs, again);
    };
    this.#timers[place] = clock.schedule(clock.now() + everyMs, again);
  }
}
