import type { MediaDesk } from "../../control/media-desk.ts";
import type { Cancel } from "../../world/clock.ts";
import type { World } from "../../world/world.ts";
import type { Place } from "../../world/worlds.ts";
import { Shelf } from "../inspect/shelf.ts";
import type { Engine } from "./engine.ts";
import type { WebRtcOptions } from "./options.ts";
import { peerRecording, peerReport } from "./report.ts";
import { WorldPeers } from "./world-peers.ts";

/**
 * The WebRTC peers behind the META calls of a sandbox: an effect that every world gets.
 *
 * @example const stop = new WebRtc(webRtcDefaults).attach(place)
 */
export class WebRtc {
  readonly options: WebRtcOptions;
  readonly #worlds = new Map<World, WorldPeers>();
  readonly #shelf = new Shelf();
  readonly #busy = new Set<Promise<unknown>>();
  #engine: Promise<Engine> | null = null;

  constructor(options: WebRtcOptions) {
    this.options = options;
  }

  /** Gives a world its peers; returns the way to take them away, which closes every port of that world. */
  attach(place: Place): Cancel {
    const peers = new WorldPeers(place, {
      options: this.options,
      engine: () => this.#load(),
      shelf: this.#shelf,
      busy: (work) => this.#wait(work),
    });
    this.#worlds.set(place.world, peers);
    const stop = peers.attach();
    return () => {
      this.#worlds.delete(place.world);
      stop();
    };
  }

  /** The same questions as to the realtime sockets; calls without a peer are answered by those. */
  desk(others: MediaDesk): MediaDesk {
    const of = (world: World, callId: string) => this.#worlds.get(world)?.of(callId);
    return {
      patternMistake: others.patternMistake,
      report: (world, call) => {
        const peer = of(world, call.id);
        return peer === undefined ? others.report(world, call) : peerReport(peer);
      },
      recording: (world, call) => {
        const peer = of(world, call.id);
        return peer === undefined ? others.recording(world, call) : peerRecording(peer);
      },
    };
  }

  /** Resolves when every port has been given back. */
  async settled(): Promise<void> {
    while (this.#busy.size > 0) await Promise.allSettled(this.#busy);
  }

  #load(): Promise<Engine> {
    this.#engine ??= import("./engine.ts").then(({ createEngine }) => createEngine());
    return this.#engine;
  }

  #wait(work: Promise<unknown>): void {
    const done = () => this.#busy.delete(work);
    this.#busy.add(work);
    work.then(done, done);
  }
}
