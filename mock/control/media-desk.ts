import type { Call } from "../domain/call.ts";
import type { Instant } from "../domain/time.ts";
import type { RealtimeOptions } from "../realtime-options.ts";
import type { World } from "../world/world.ts";

/** One side of a call in figures; instants are the world's. */
export interface MediaSide {
  readonly frames: number;
  readonly messages: number;
  readonly bytes: number;
  readonly soundingFrames: number;
  readonly gaps: number;
  readonly underruns: number;
  readonly droppedBytes: number;
  readonly ignoredBytes: number;
  readonly lateFrames: number;
  readonly peak: number;
  readonly rms: number;
  readonly dominantHz: readonly (number | null)[];
  readonly arrivalRatio: number | null;
  readonly firstAudioAt: Instant | null;
  readonly lastAudioAt: Instant | null;
}

/** What is known of the sound of one call. */
export interface MediaReport {
  readonly format: Pick<RealtimeOptions, "sampleRate" | "frameMs">;
  readonly voice: { readonly pattern: string; readonly toneHz: number } | null;
  readonly sockets: readonly {
    readonly mode: "talk" | "listen";
    readonly openedAt: Instant;
    readonly closedAt: Instant | null;
    readonly code: number | null;
    readonly reason: string | null;
  }[];
  /** The WebRTC peer of a META call; without one it is left out. */
  readonly peer?: {
    /** When DTLS was up; null before. */
    readonly connectedAt: Instant | null;
    readonly remoteAddress: string | null;
    readonly packetsLost: number;
    /** The keys that the client pressed. */
    readonly dtmf: string;
  };
  readonly client: MediaSide;
  readonly person: MediaSide;
  readonly warnings: readonly {
    readonly name: string;
    readonly message: string;
    readonly count: number;
    readonly firstAt: Instant;
  }[];
}

/** Where the control API asks about sound; the media effect answers, and nothing else of it is known here. */
export interface MediaDesk {
  /** The part of a pattern that can't be read and what is wrong with it; null when all of it can. */
  readonly patternMistake: (pattern: string) => { readonly part: string; readonly message: string } | null;
  readonly report: (world: World, call: Call) => MediaReport;
  /** The recording of a call as a WAV file. */
  readonly recording: (world: World, call: Call) => Uint8Array<ArrayBuffer>;
}
