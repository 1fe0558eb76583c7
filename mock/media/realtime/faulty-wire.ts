import { type DrawSource, draw, drawFraction } from "../../domain/draw.ts";
import type { MediaEffect } from "../../faults/rule.ts";
import type { Cancel, WorldClock } from "../../world/clock.ts";
import type { Wire } from "./wire.ts";

/** An effect on sound that strikes a socket once it is open. */
export type SocketEffect = Exclude<MediaEffect, { readonly type: "refuse-upgrade" }>;

export interface Disturbance {
  readonly effect: SocketEffect;
  readonly clock: WorldClock;
  /** Where the draws come from, and which hit of the rule this is: the same run is disturbed the same way. */
  readonly source: DrawSource;
  readonly purpose: string;
}

/**
 * Puts a fault between a socket and its client: what the client hears is disturbed, what it says arrives whole.
 *
 * @returns the wire to use in place of the given one
 */
export function faultyWire(wire: Wire, { effect, clock, source, purpose }: Disturbance): Wire {
  const began = clock.now();
  let frames = 0;
  const timers = new Set<Cancel>();
  let lastAt = began;
  const at = (instant: number, act: () => void) => {
    const cancel = clock.schedule(instant, () => {
      timers.delete(cancel);
      act();
    });
    timers.add(cancel);
  };
  const end = () => {
    for (const cancel of timers) cancel();
    timers.clear();
  };
  const chance = () => drawFraction(source, purpose, frames++);

  const send = (bytes: Uint8Array): void => {
    switch (effect.type) {
      case "stall": {
        const from = began + effect.afterMs;
        if (clock.now() < from || clock.now() >= from + effect.ms) wire.send(bytes);
        return;
      }
      case "drop":
        if (chance() >= effect.share) wire.send(bytes);
        return;
      case "garble":
        return wire.send(chance() < effect.share ? draw(source, `${purpose}/noise`, frames, bytes.length) : bytes);
      case "jitter":
        // One connection keeps its order: a frame is never earlier than the one before it.
        lastAt = Math.max(lastAt, clock.now() + Math.floor(chance() * effect.ms));
        return at(lastAt, () => wire.send(bytes));
      case "early-close":
        return wire.send(bytes);
    }
  };
  if (effect.type === "early-close") at(began + effect.afterMs, () => wire.cut());
  return {
    ...wire,
    send,
    close: (code, reason) => {
      end();
      wire.close(code, reason);
    },
    cut: () => {
      end();
      wire.cut();
    },
  };
}
