import type { WorldEvent } from "../events.ts";
import type { Refusal } from "../refusals/refusal.ts";

/** What a command leads to: events that have happened, or one refusal and no change at all. */
export type Decision =
  | { readonly ok: true; readonly events: readonly WorldEvent[] }
  | { readonly ok: false; readonly refusal: Refusal };

export function happened(...events: readonly WorldEvent[]): Decision {
  return { ok: true, events };
}

export function refused(refusal: Refusal): Decision {
  return { ok: false, refusal };
}

/** A check that gives something to go on with, or the refusal that ends the command. */
export type Checked<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly refusal: Refusal };
