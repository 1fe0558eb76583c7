import type { ReceivedResponse, SentRequest } from "../exchange/exchange.ts";

/** Sends a request and reads the whole answer. */
export type SendRequest = (request: SentRequest) => Promise<ReceivedResponse>;

/** What a service may take, in time and in bytes, before it counts as one that doesn't answer. */
export interface SendLimits {
  /** From the request to the end of the answer, in milliseconds. */
  readonly timeoutMs: number;
  /** Of an answer's body. */
  readonly maximumBytes: number;
}

export const usualLimits: SendLimits = { timeoutMs: 30_000, maximumBytes: 8 * 1024 * 1024 };

/** A request that got no answer, or none that ended. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/**
 * Makes a sender for a service behind an address. A service that hangs or floods is given up on.
 *
 * @param base the service's address; `/v1` or `/api/v1` at its end belongs to the targets and is left out
 * @throws NoAnswer from what it returns: nothing listens, the time is up, or the answer is too large
 * @example await sendTo("http://127.0.0.1:4010/v1")({ method: "GET", target: "/v1/calls", headers: {}, body: null })
 */
export function sendTo(base: string, limits: SendLimits = usualLimits): SendRequest {
  const origin = base.replace(/\/+$/, "").replace(/(\/api)?\/v1$/, "");
  return async ({ method, target, headers, body }) => {
    const signal = AbortSignal.timeout(limits.timeoutMs);
    const what = `${method} ${target} at ${origin}`;
    try {
      const init = { method, headers, body, signal, redirect: "manual" } as const;
      const response = await fetch(`${origin}${target}`, init);
      const text = await readBounded(response, limits.maximumBytes, what);
      return { status: response.status, headers: Object.fromEntries(response.headers), body: text };
    } catch (error) {
      throw error instanceof NoAnswer ? error : new NoAnswer(`${what} got no answer: ${reason(error, limits)}.`);
    }
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
    const text = await response.text();
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: text === "" ? null : text,
    };
  };
}

async function readBounded({ body }: Response, maximum: number, what: string): Promise<string | null> {
  if (body === null) return null;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.length;
    if (length > maximum) throw new NoAnswer(`${what} answered more than ${maximum} bytes, and was cut off there.`);
    parts.push(part);
  }
  return length === 0 ? null : Buffer.concat(parts).toString("utf8");
}

function reason(error: unknown, { timeoutMs }: SendLimits): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `${timeoutMs / 1_000} s were up`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
