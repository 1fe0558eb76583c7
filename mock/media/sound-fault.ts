import type { Call } from "../domain/call.ts";
import { type DrawSource, draw, drawFraction } from "../domain/draw.ts";
import type { Strike } from "../faults/fault-book.ts";
import type { MediaEffect } from "../faults/rule.ts";
import type { Cancel, WorldClock } from "../world/clock.ts";
import type { Place } from "../world/worlds.ts";

/** An effect on sound that strikes once there is a connection. */
export type SoundEffect = Exclude<MediaEffect, { readonly type: "refuse-upgrade" }>;

const soundEffects = [
  "stall",
  "drop",
  "garble",
  "jitter",
  "early-close",
] as const satisfies readonly MediaEffect["type"][];

/**
 * Asks the fault rules of a world whether one strikes a call's sound now, and notes in its timeline where one does.
 *
 * @param only the effects that could happen at this moment
 */
export function strikeSound(
  { faults, timeline, world }: Place,
  { id: callId, numberId, peerNumber: to }: Call,
  name: "realtime" | "webrtc",
  only: readonly MediaEffect["type"][] = soundEffects,
): Strike<"media"> | null {
  if (!faults.isArmed) return null;
  const strike = faults.strike({ kind: "media", name, callId, numberId, to, only });
  if (strike === null) return null;
  const { type, ...fields } = strike.effect;
  const detail = { rule: strike.id, ...fields };
  timeline.add(callId, { at: world.clock.now(), kind: "fault", name: type, detail });
  return strike;
}

export interface SoundFaultOptions {
  readonly strike: Strike<"media">;
  readonly clock: WorldClock;
  /** Where the draws come from: the same run is disturbed the same way. */
  readonly source: DrawSource;
  /** Packets may overtake each other; what is sent over one connection may not. */
  readonly keepsOrder: boolean;
  /** Ends the connection. */
  readonly cut: () => void;
}

/** What a fault does to the sound on its way to a client; what the client says arrives whole (CTRL-074, CTRL-078). */
export class SoundFault {
  readonly #given: SoundFaultOptions;
  readonly #purpose: string;
  readonly #began: number;
  readonly #timers = new Set<Cancel>();
  #frames = 0;
  #lastAt: number;

  constructor(given: SoundFaultOptions) {
    const { strike, clock } = given;
    this.#given = given;
    this.#purpose = `fault/${strike.id}/${strike.hit}`;
    this.#began = clock.now();
    this.#lastAt = this.#began;
    if (strike.effect.type === "early-close") this.#at(this.#began + strike.effect.afterMs, given.cut);
  }

  /**
   * Sends a frame, or what becomes of it.
   *
   * @param spared so many bytes at its beginning are never garbled
   */
  pass(frame: Uint8Array, send: (frame: Uint8Array) => void, spared = 0): void {
    const { strike, clock, keepsOrder } = this.#given;
    const { effect } = strike;
    const now = clock.now();
    switch (effect.type) {
      case "stall": {
        const from = this.#began + effect.afterMs;
        if (now < from || now >= from + effect.ms) send(frame);
        return;
      }
      case "drop":
        if (this.#chance() >= effect.share) send(frame);
        return;
      case "garble":
        return send(this.#chance() < effect.share ? this.#garbled(frame, spared) : frame);
      case "jitter": {
        const at = now + Math.floor(this.#chance() * effect.ms);
        this.#lastAt = keepsOrder ? Math.max(this.#lastAt, at) : at;
        return this.#at(this.#lastAt, () => send(frame));
      }
      default:
        send(frame);
    }
  }

  /** The connection is over: what still waits is not sent. */
  end(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  #chance(): number {
    return drawFraction(this.#given.source, this.#purpose, this.#frames++);
  }

  #garbled(frame: Uint8Array, spared: number): Uint8Array {
    const noise = draw(this.#given.source, `${this.#purpose}/noise`, this.#frames, frame.length);
    noise.set(frame.subarray(0, spared));
    return noise;
  }

  #at(instant: number, act: () => void): void {
    const cancel = this.#given.clock.schedule(instant, () => {
      this.#timers.delete(cancel);
      act();
    });
    this.#timers.add(cancel);
  }
}
