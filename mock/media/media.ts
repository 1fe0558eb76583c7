import type { AudioDesk } from "../api/audio-desk.ts";
import type { MediaDesk } from "../control/media-desk.ts";
import type { RealtimeOptions } from "../realtime-options.ts";
import type { Cancel } from "../world/clock.ts";
import type { World } from "../world/world.ts";
import type { Place } from "../world/worlds.ts";
import { mediaReport, recordingOf } from "./inspect/report.ts";
import { Shelf } from "./inspect/shelf.ts";
import type { PlayOptions } from "./play/options.ts";
import { Player } from "./play/player.ts";
import type { Admission, UpgradeRequest } from "./realtime/admission.ts";
import { unauthorized, WorldMedia } from "./realtime/world-media.ts";
import { parsePattern } from "./voice/parse-pattern.ts";

/**
 * All the sound of a sandbox: an effect that every world gets, and the one place that doors and the control API ask.
 *
 * @example const stop = new Media(realtimeDefaults, playOptions).attach(place)
 */
export class Media implements MediaDesk, AudioDesk {
  readonly options: RealtimeOptions;
  readonly #player: Player;
  readonly #worlds = new Map<World, WorldMedia>();
  readonly #shelf = new Shelf();

  constructor(options: RealtimeOptions, play: PlayOptions) {
    this.options = options;
    this.#player = new Player(play);
  }

  /** Gives a world its sound; returns the way to take it away, which closes every socket of that world. */
  attach(place: Place): Cancel {
    const media = new WorldMedia(place, this.options, this.#shelf);
    this.#worlds.set(place.world, media);
    const stop = media.attach();
    const player = this.#player.of(place, this.options, (call, clip) => media.play(call, clip));
    const stopPlaying = player.attach();
    return () => {
      this.#worlds.delete(place.world);
      stopPlaying();
      stop();
    };
  }

  /** Decides whether a client may open a realtime socket. The token tells the world. */
  admit({ token, callRef }: UpgradeRequest): Admission {
    if (token === null || token === "") {
      return this.#refuse(callRef, unauthorized("MEDIA-WS-005", "There was no token in the query.", this.options));
    }
    for (const media of this.#worlds.values()) if (media.knows(token)) return media.admit(token);
    return this.#refuse(callRef, unauthorized("MEDIA-WS-006", "No such token was ever given.", this.options));
  }

  /** Closes every open socket with 1001. */
  shutDown(): void {
    for (const media of this.#worlds.values()) media.shutDown();
  }

  readonly judge: AudioDesk["judge"] = (url, strict) => this.#player.judge(url, strict);

  readonly patternMistake: MediaDesk["patternMistake"] = (pattern) => {
    const parsed = parsePattern(pattern);
    return parsed.ok ? null : { part: parsed.part, message: parsed.message };
  };

  readonly report: MediaDesk["report"] = (world, call) =>
    mediaReport(this.#worlds.get(world)?.of(call.id), this.options);

  readonly recording: MediaDesk["recording"] = (world, call) =>
    recordingOf(this.#worlds.get(world)?.of(call.id), this.options.sampleRate);

  /** Without a token only the path says whose call it was. */
  #refuse(callRef: string | null, refused: ReturnType<typeof unauthorized>): Admission {
    for (const media of this.#worlds.values()) {
      const call = callRef === null ? undefined : media.place.world.state.calls.latest(callRef);
      if (call !== undefined) return media.refuse(call.id, refused);
    }
    return refused;
  }
}
