import type { Call, CallId } from "../../domain/call.ts";
import type { WorldEvent } from "../../domain/events.ts";
import type { JsonObject } from "../../domain/json.ts";
import type { RealtimeOptions } from "../../realtime-options.ts";
import type { Cancel } from "../../world/clock.ts";
import type { Place } from "../../world/worlds.ts";
import type { Clip } from "./clip.ts";
import { PlayFailure } from "./failure.ts";
import { type Loaded, type LoadOptions, load } from "./load.ts";

export interface WorldPlayerOptions {
  readonly place: Place;
  /** What loading takes beside the file's own affairs. */
  readonly loading: Omit<LoadOptions, "strict" | "signal" | "redirected">;
  readonly secondPlay: RealtimeOptions["secondPlay"];
  /** Where a file is heard once it is there; before the answer it waits there. */
  readonly play: (call: Call, clip: Clip) => void;
}

/** The files of one call that are on their way. */
interface Loading {
  readonly control: AbortController;
  /** When the last of them is there, or never will be. */
  readonly done: Promise<void>;
}

/** Plays files into the calls of one world: hears who asked for one, gets it, and hands it to the call's sound. */
export class WorldPlayer {
  readonly #options: WorldPlayerOptions;
  readonly #loading = new Map<CallId, Loading>();

  constructor(options: WorldPlayerOptions) {
    this.#options = options;
  }

  /** Listens to the world; returns the way to stop, which ends every download. */
  attach(): Cancel {
    const { world } = this.#options.place;
    const stop = world.subscribe((event) => this.#hear(event));
    // What waited for the answer when the process ended waits again (EVO-PLAY-009).
    for (const { callId, queuedAudio } of world.state.live.values()) {
      if (world.state.calls.get(callId)?.connectedAt !== null) continue;
      const heard = this.#options.secondPlay === "queue" ? queuedAudio : queuedAudio.slice(-1);
      for (const url of heard) this.#start(callId, url);
    }
    return () => {
      stop();
      this.#forgetAll();
    };
  }

  #hear(event: WorldEvent): void {
    switch (event.type) {
      case "audio.requested":
        return this.#start(event.callId, event.url);
      case "call.rejected":
      case "call.ended":
      case "call.failed":
        return this.#forget(event.callId);
      case "world.reset":
        return this.#forgetAll();
    }
  }

  /** A later file takes the place of an earlier one that is still on its way, or comes after it (MEDIA-PLAY-020). */
  #start(callId: CallId, url: string): void {
    if (this.#options.secondPlay === "replace") this.#forget(callId);
    const former = this.#loading.get(callId);
    const control = former?.control ?? new AbortController();
    const load = () => this.#load(callId, url, control.signal);
    const loading = { control, done: former === undefined ? load() : former.done.then(load) };
    this.#loading.set(callId, loading);
    const forget = () => {
      if (this.#loading.get(callId) === loading) this.#loading.delete(callId);
    };
    this.#options.place.world.clock.await(loading.done.then(forget));
  }

  async #load(callId: CallId, url: string, signal: AbortSignal): Promise<void> {
    const { place, loading, play } = this.#options;
    try {
      signal.throwIfAborted();
      const loaded = await load(new URL(url), {
        ...loading,
        strict: place.world.state.rules.strict,
        signal,
        redirected: (status, to) => this.#report(callId, "media", "audioRedirected", { status, to: to.href }),
      });
      const call = place.world.state.calls.get(callId);
      if (signal.aborted || call === undefined || call.endedAt !== null) return;
      this.#tell(callId, url, loaded);
      play(call, this.#clip(callId, url, loaded));
    } catch (error) {
      if (!signal.aborted) this.#fail(callId, url, error);
    }
  }

  #tell(callId: CallId, url: string, { samples, source, format, bytes, complete, cut, instead }: Loaded): void {
    const { sampleRate, limits } = this.#options.loading;
    const seconds = secondsOf(samples.length, sampleRate);
    const about = { url };
    this.#report(callId, "media", "audioLoaded", { ...about, source, format, bytes, seconds });
    const warn = (name: string, behaviour: string, message: string) =>
      this.#report(callId, "warning", name, { ...about, behaviour, message });
    if (instead !== null)
      warn(
        "audioFallback",
        instead.behaviour,
        `${instead.message} A tone of 900 Hz is played in its place. Map the address with --media-fixture.`,
      );
    if (!complete) warn("audioTruncated", "MEDIA-PLAY-022", `The file ends early; ${seconds} s of it are played.`);
    if (cut) warn("audioCut", "MEDIA-PLAY-023", `The file is longer than the ${limits.seconds} s that are played.`);
  }

  #clip(callId: CallId, url: string, { samples }: Loaded): Clip {
    const about = { url };
    return {
      samples,
      began: () => this.#report(callId, "media", "audioStarted", about),
      over: (how) => this.#report(callId, "media", "audioEnded", { ...about, how }),
    };
  }

  #fail(callId: CallId, url: string, error: unknown): void {
    const failed =
      error instanceof PlayFailure
        ? error
        : new PlayFailure("undecodable", "MEDIA-PLAY-022", `The sandbox could not play it: ${String(error)}.`);
    const { reason, behaviour, message } = failed;
    this.#report(callId, "warning", "audioFailed", { url, reason, behaviour, message });
  }

  #forget(callId: CallId): void {
    this.#loading.get(callId)?.control.abort();
    this.#loading.delete(callId);
  }

  #forgetAll(): void {
    for (const callId of [...this.#loading.keys()]) this.#forget(callId);
  }

  #report(callId: CallId, kind: "media" | "warning", name: string, detail: JsonObject): void {
    const { world, timeline } = this.#options.place;
    timeline.add(callId, { at: world.clock.now(), kind, name, detail });
  }
}

function secondsOf(samples: number, sampleRate: number): number {
  return Math.round((samples * 100) / sampleRate) / 100;
}
