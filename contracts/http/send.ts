import type { ReceivedResponse, SentRequest } from "../exchange/exchange.ts";
import { type Bounds, boundedFetch, NoAnswer } from "./bounded-fetch.ts";

/** Sends a request and reads the whole answer. */
export type SendRequest = (request: SentRequest) => Promise<ReceivedResponse>;

export const usualBounds: Bounds = { timeoutMs: 30_000, maximumBytes: 8 * 1024 * 1024 };

/**
 * Makes a sender for a service behind an address. A service that hangs or floods is given up on.
 *
 * @param base the service's address; `/v1` or `/api/v1` at its end belongs to the targets and is left out
 * @throws NoAnswer from what it returns: nothing listens, the time is up, or the answer is too large
 * @example await sendTo("http://127.0.0.1:4010/v1")({ method: "GET", target: "/v1/calls", headers: {}, body: null })
 */
export function sendTo(base: string, bounds: Bounds = usualBounds): SendRequest {
  const origin = base.replace(/\/+$/, "").replace(/(\/api)?\/v1$/, "");
  return async ({ method, target, headers, body }) => {
    const init = { method, headers, body, redirect: "manual" } as const;
    const answer = await boundedFetch(`${origin}${target}`, init, bounds).catch((error: unknown) => {
      throw error instanceof NoAnswer ? new NoAnswer(`${method} ${target}: ${origin} ${error.message}.`) : error;
    });
    return received(answer.status, answer.headers, answer.text);
  };
}

/**
 * Makes a sender for an app in the same process, without a port.
 *
 * @example await sendInProcess(sandbox.app)({ method: "GET", target: "/v1/calls", headers: {}, body: null })
 */
export function sendInProcess(app: {
  readonly request: (path: string, init: RequestInit) => Response | Promise<Response>;
}): SendRequest {
  return async ({ method, target, headers, body }) => {
    const response = await app.request(target, { method, headers, body });
    return received(response.status, response.headers, await response.text());
  };
}

function received(status: number, headers: Headers, text: string): ReceivedResponse {
  return { status, headers: Object.fromEntries(headers), body: text === "" ? null : text };
}
