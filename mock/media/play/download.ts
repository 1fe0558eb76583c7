import type { IncomingMessage } from "node:http";
import type { AllowedHosts } from "./allowed-hosts.ts";
import { openConnection } from "./connection.ts";
import { PlayFailure } from "./failure.ts";
import type { Guard } from "./guard.ts";
import type { PlayLimits } from "./options.ts";
import { type Body, readResponse } from "./read-response.ts";

export interface DownloadOptions {
  readonly guard: Guard;
  readonly allowed: AllowedHosts;
  readonly limits: PlayLimits;
  /** Gives the download up: the call is over, or another file was asked for. */
  readonly signal: AbortSignal;
  /** Hears of each redirect that is followed. */
  readonly redirected: (status: number, to: URL) => void;
}

const redirects = [301, 302, 303, 307, 308];

/**
 * Fetches a file. Redirects are followed by hand, so that every hop is judged like the first (MEDIA-PLAY-006).
 *
 * @throws PlayFailure with the reason; whatever else is thrown follows from `signal`
 */
export async function download(from: URL, options: DownloadOptions): Promise<Body> {
  const { limits, signal } = options;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), limits.downloadMs);
  try {
    return await follow(from, { ...options, signal: AbortSignal.any([signal, late.signal]) });
  } catch (error) {
    if (!late.signal.aborted || signal.aborted) throw error;
    throw new PlayFailure("tooSlow", "MEDIA-PLAY-010", `The download took more than ${limits.downloadMs / 1_000} s.`);
  } finally {
    clearTimeout(timer);
  }
}

async function follow(from: URL, options: DownloadOptions): Promise<Body> {
  const { limits, signal, redirected } = options;
  let url = from;
  for (let hop = 0; ; hop++) {
    const response = await ask(url, hop > 0, options);
    const next = redirects.includes(response.statusCode ?? 0) ? nextOf(response, url) : null;
    if (next === null) return readResponse(response, limits, signal);
    response.destroy();
    if (hop === limits.redirects)
      throw new PlayFailure("tooManyRedirects", "MEDIA-PLAY-008", `There were more than ${hop} redirects.`);
    redirected(response.statusCode ?? 0, next);
    url = next;
  }
}

/** Asks for one address, if it may be asked for. */
async function ask(url: URL, afterRedirect: boolean, options: DownloadOptions): Promise<IncomingMessage> {
  const { guard, allowed, signal } = options;
  const fault = await guard.judgeHost(url);
  if (fault === null) return openConnection(url, { allowed: allowed.has(url), signal, afterRedirect });
  const message = `The address ${fault.message}. ${fault.remedy}`;
  if (afterRedirect) throw new PlayFailure("redirectRefused", "MEDIA-PLAY-006", message);
  throw new PlayFailure("addressRefused", fault.behaviour, message);
}

function nextOf(response: IncomingMessage, url: URL): URL {
  const { location } = response.headers;
  const next = location !== undefined && URL.canParse(location, url.href) ? new URL(location, url) : null;
  if (next !== null && /^https?:$/.test(next.protocol)) return next;
  response.destroy();
  throw new PlayFailure("redirectRefused", "MEDIA-PLAY-006", "A redirect leads to no http or https address.");
}
