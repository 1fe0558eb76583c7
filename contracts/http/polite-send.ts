import type { SendRequest } from "./send.ts";

/** How a stranger's service is treated. */
export interface Politeness {
  /** At most so many requests a second. */
  readonly requestsPerSecond: number;
  /** Real time passes, in milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** The time on a clock that never runs backwards, in milliseconds. */
  readonly now: () => number;
}

/** A service that says 429 is asked once more, when it says so or after a second, but nobody waits for longer. */
const longestWaitMs = 60_000;
const usualWaitMs = 1_000;

/**
 * Keeps requests apart, and comes back later when a service says that it had too many (pilot-status §7: 429).
 *
 * @example politeSend(sendTo(url), { requestsPerSecond: 5, sleep, now: () => performance.now() })
 */
export function politeSend(send: SendRequest, { requestsPerSecond, sleep, now }: Politeness): SendRequest {
  const gap = 1_000 / requestsPerSecond;
  let next = 0;
  const inTurn: SendRequest = async (request) => {
    const at = Math.max(next, now());
    next = at + gap;
    if (at > now()) await sleep(at - now());
    return send(request);
  };
  return async (request) => {
    const answer = await inTurn(request);
    if (answer.status !== 429) return answer;
    const seconds = Number(answer.headers["retry-after"] ?? Number.NaN);
    const wait = Number.isNaN(seconds) ? usualWaitMs : seconds * 1_000;
    if (wait > longestWaitMs) return answer;
    await sleep(wait);
    return inTurn(request);
  };
}
