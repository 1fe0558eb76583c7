/** What may be played, and from where. */
export interface PlayOptions {
  /** Addresses, in which `*` stands for anything, and the file or folder that is played instead of a download. */
  readonly fixtures: Readonly<Record<string, string>>;
  /** Hosts that are fetched from whatever their address, each `HOST` or `HOST:PORT`. */
  readonly allowedHosts: readonly string[];
  readonly limits: PlayLimits;
}

/** How much a file may ask of the sandbox. */
export interface PlayLimits {
  /** Bytes of a file, packed and unpacked alike. */
  readonly bytes: number;
  /** Milliseconds of real time for the whole download. */
  readonly downloadMs: number;
  readonly redirects: number;
  /** Seconds of a file that are played. */
  readonly seconds: number;
}

/** The limits of realtime-media §7.4, and a length that keeps a small file from filling the memory (assumption). */
export const playLimits: PlayLimits = { bytes: 16 * 2 ** 20, downloadMs: 15_000, redirects: 5, seconds: 600 };
