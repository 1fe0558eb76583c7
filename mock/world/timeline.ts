import type { CallId } from "../domain/call.ts";
import { callOf, type WorldEvent } from "../domain/events.ts";
import type { JsonObject } from "../domain/json.ts";
import type { Instant } from "../domain/time.ts";
import { CallTimeline } from "./call-timeline.ts";
import type { Cancel } from "./clock.ts";
import { Ring } from "./ring.ts";
import { entriesOf } from "./timeline-entries.ts";
import type { World } from "./world.ts";

export type TimelineKind = "request" | "transition" | "person" | "media" | "webhook" | "fault" | "warning";

/** One thing that happened to a call; `seq` is its place in the causal order of the whole world. */
export interface TimelineEntry {
  readonly at: Instant;
  readonly seq: number;
  readonly kind: TimelineKind;
  readonly name: string;
  readonly detail: JsonObject;
}

/** The timelines of that many ended calls are kept; open calls always have theirs (WORLD-020). */
export const timelinesKept = 1_000;

/** What happened to each call of a world, in causal order. */
export class Timeline {
  readonly #byCall = new Map<CallId, CallTimeline>();
  readonly #ended = new Ring<CallId>(timelinesKept, (callId) => this.#byCall.delete(callId));
  #seq = 0;

  /** Takes a place in the order before what a request causes happens; `add` fills it. */
  reserve(): number {
    return this.#seq++;
  }

  add(callId: CallId, entry: Omit<TimelineEntry, "seq">, seq = this.reserve()): void {
    // Entries about a call whose timeline has gone have nowhere to go.
    this.#byCall.get(callId)?.add({ ...entry, seq });
  }

  /** The entries of a call in causal order; none when the call is unknown or its timeline has gone. */
  of(callId: CallId): readonly TimelineEntry[] {
    return this.#byCall.get(callId)?.list() ?? [];
  }

  /** Listens to a world; returns the way to stop. */
  attach(world: World): Cancel {
    this.#takeOver(world);
    return world.subscribe((event) => {
      this.hear(event);
      if (event.type === "world.reset") this.#takeOver(world);
    });
  }

  /** A snapshot holds calls, and nothing of what happened to them so far. */
  #takeOver(world: World): void {
    for (const callId of world.state.live.keys())
      if (!this.#byCall.has(callId)) this.#byCall.set(callId, new CallTimeline());
  }

  /** Takes in what has happened; a restart has it hear again what it heard before. */
  hear(event: WorldEvent): void {
    const callId = callOf(event);
    if (event.type === "world.reset") this.#byCall.clear();
    if (callId === null) return;
    if (event.type === "call.started" || event.type === "call.received") this.#byCall.set(callId, new CallTimeline());
    for (const entry of entriesOf(event)) this.add(callId, entry);
    if (event.type === "call.rejected" || event.type === "call.ended" || event.type === "call.failed")
      this.#ended.add(callId);
  }
}
