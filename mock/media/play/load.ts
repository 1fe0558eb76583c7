import { fallbackClipHz } from "../voice/signature.ts";
import { synth } from "../voice/synth.ts";
import type { AllowedHosts } from "./allowed-hosts.ts";
import { decode } from "./decode.ts";
import { download } from "./download.ts";
import { PlayFailure } from "./failure.ts";
import type { Fixtures } from "./fixtures.ts";
import type { Guard } from "./guard.ts";
import type { PlayLimits } from "./options.ts";
import { readFixture } from "./read-fixture.ts";

export interface LoadOptions {
  readonly guard: Guard;
  readonly allowed: AllowedHosts;
  readonly fixtures: Fixtures;
  readonly limits: PlayLimits;
  readonly sampleRate: number;
  /** No fallback clip. */
  readonly strict: boolean;
  readonly signal: AbortSignal;
  readonly redirected: (status: number, to: URL) => void;
}

/** A file that is ready to be played. */
export interface Loaded {
  readonly samples: Int16Array;
  readonly source: "download" | "fixture" | "fallback";
  readonly format: string;
  readonly bytes: number;
  readonly complete: boolean;
  readonly cut: boolean;
  /** Why the fallback clip stands in for the file. */
  readonly instead: PlayFailure | null;
}

const fallbackMs = 2_000;

/**
 * Gets a file and makes it ready: the local one where the address is mapped, else by download, and the fallback clip
 * where there is no internet (realtime-media §7.4).
 *
 * @throws PlayFailure; whatever else is thrown follows from `signal`
 */
export async function load(url: URL, options: LoadOptions): Promise<Loaded> {
  const { fixtures, limits, sampleRate, strict } = options;
  const fixture = fixtures.find(url);
  try {
    const body =
      fixture === undefined
        ? await download(url, options)
        : { bytes: await readFixture(fixture, limits), complete: true };
    const decoded = await decode(body.bytes, sampleRate, limits.seconds);
    return {
      samples: decoded.samples,
      source: fixture === undefined ? "download" : "fixture",
      format: decoded.format,
      bytes: body.bytes.length,
      complete: body.complete && decoded.complete,
      cut: decoded.cut,
      instead: null,
    };
  } catch (error) {
    if (strict || !(error instanceof PlayFailure) || !isOffline(error)) throw error;
    const samples = synth(`${fallbackClipHz}/${fallbackMs}`, { ms: fallbackMs, sampleRate });
    return { samples, source: "fallback", format: "tone", bytes: 0, complete: true, cut: false, instead: error };
  }
}

function isOffline({ reason }: PlayFailure): boolean {
  return reason === "unresolved" || reason === "offline";
}
