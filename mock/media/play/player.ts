import type { AudioDesk } from "../../api/audio-desk.ts";
import type { RealtimeOptions } from "../../realtime-options.ts";
import type { Place } from "../../world/worlds.ts";
import { AllowedHosts } from "./allowed-hosts.ts";
import { Fixtures } from "./fixtures.ts";
import { Guard } from "./guard.ts";
import type { PlayOptions } from "./options.ts";
import { WorldPlayer, type WorldPlayerOptions } from "./world-player.ts";

/** Everything about `play`: it judges addresses, and gives every world its player. */
export class Player implements AudioDesk {
  readonly #options: PlayOptions;
  readonly #allowed: AllowedHosts;
  readonly #fixtures: Fixtures;
  readonly #guard: Guard;

  constructor(options: PlayOptions) {
    this.#options = options;
    this.#allowed = new AllowedHosts(options.allowedHosts);
    this.#fixtures = new Fixtures(options.fixtures);
    this.#guard = new Guard(this.#allowed, this.#fixtures);
  }

  readonly judge: AudioDesk["judge"] = (url, strict) => this.#guard.judge(new URL(url), strict);

  /** The player of one world; it does nothing until it is attached. */
  of(place: Place, { sampleRate, secondPlay }: RealtimeOptions, play: WorldPlayerOptions["play"]): WorldPlayer {
    const { limits } = this.#options;
    const loading = { guard: this.#guard, allowed: this.#allowed, fixtures: this.#fixtures, limits, sampleRate };
    return new WorldPlayer({ place, loading, secondPlay, play });
  }
}
