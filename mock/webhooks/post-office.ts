import { base64 } from "../domain/encoding.ts";
import { version } from "../version.ts";
import { readRetryAfter } from "./retry-after.ts";

/** What came of posting something; exactly one of `status` and `error` is null. */
export interface Posted {
  readonly status: number | null;
  readonly error: string | null;
  /** The beginning of the answer's body. */
  readonly response: string | null;
  readonly durationMs: number;
  /** How long the receiver wants to be left alone. */
  readonly retryAfterMs: number | null;
}

export interface PostOfficeOptions {
  /** How long a receiver may take to answer, in milliseconds of real time. */
  readonly timeoutMs: number;
  /** Requests at once to one receiver, a receiver being an origin. */
  readonly atOnce?: number;
}

/** Of an answer's body so many characters are kept. */
const responseKept = 1_000;

/**
 * Sends requests to receivers. Each receiver has its own few places, so that one who is slow or dead holds up nobody
 * else, and nobody who waits for a place holds more than a closure.
 */
export class PostOffice {
  readonly #timeoutMs: number;
  readonly #atOnce: number;
  readonly #counters = new Map<string, { busy: number; readonly queue: (() => void)[] }>();

  constructor({ timeoutMs, atOnce = 16 }: PostOfficeOptions) {
    this.#timeoutMs = timeoutMs;
    this.#atOnce = atOnce;
  }

  /**
   * Posts JSON, once a place is free. It never rejects: whatever goes wrong is told in the result.
   *
   * @param url where to; a user and password in it become Basic authorization, since `fetch` takes none in a URL
   * @param headers asked for when the place is free, because they carry the time of the attempt; null takes it back
   * @param cancelled ends the request when the sandbox closes
   * @returns null when it was taken back before it was sent
   */
  async post(
    url: string,
    headers: () => Promise<Readonly<Record<string, string>> | null>,
    body: string,
    cancelled: AbortSignal,
  ): Promise<Posted | null> {
    const leave = await this.#enter(new URL(url).origin);
    try {
      const ready = cancelled.aborted ? null : await headers();
      if (ready === null) return null;
      const began = performance.now();
      const answer = await this.#send(url, ready, body, cancelled);
      return { ...answer, durationMs: Math.round((performance.now() - began) * 100) / 100 };
    } finally {
      leave();
    }
  }

  async #send(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    cancelled: AbortSignal,
  ): Promise<Omit<Posted, "durationMs">> {
    const { address, authorization } = withoutCredentials(url);
    try {
      const response = await fetch(address, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "user-agent": `calls-sandbox/${version}`,
          ...authorization,
          ...headers,
        },
        body,
        redirect: "manual",
        signal: AbortSignal.any([cancelled, AbortSignal.timeout(this.#timeoutMs)]),
      });
      const retryAfterMs = readRetryAfter(response.headers.get("retry-after"), response.headers.get("date"));
      return { status: response.status, error: null, response: await beginning(response), retryAfterMs };
    } catch (error) {
      return { status: null, error: this.#reason(error), response: null, retryAfterMs: null };
    }
  }

  /** Waits for a place at a receiver; returns the way to leave it. */
  async #enter(receiver: string): Promise<() => void> {
    const counter = this.#counters.get(receiver) ?? { busy: 0, queue: [] };
    this.#counters.set(receiver, counter);
    // A place that is left goes to the next in the queue, so `busy` changes only when nobody waits.
    if (counter.busy < this.#atOnce) counter.busy++;
    else await new Promise<void>((resolve) => counter.queue.push(resolve));
    return () => {
      const next = counter.queue.shift();
      if (next !== undefined) return next();
      counter.busy--;
      if (counter.busy === 0) this.#counters.delete(receiver);
    };
  }

  #reason(error: unknown): string {
    if (!(error instanceof Error)) return String(error);
    if (error.name === "TimeoutError") return `The receiver did not answer within ${this.#timeoutMs / 1_000} s.`;
    if (error.name === "AbortError") return "The sandbox was closed.";
    const cause: unknown = error.cause;
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : null;
    if (code === "ECONNREFUSED") return "The receiver refused the connection (ECONNREFUSED).";
    const text = cause instanceof Error && cause.message !== "" ? cause.message : error.message;
    return code === null ? text : `${text} (${code})`;
  }
}

function withoutCredentials(url: string): { address: string; authorization: Readonly<Record<string, string>> } {
  const address = new URL(url);
  const { username, password } = address;
  if (username === "" && password === "") return { address: url, authorization: {} };
  address.username = "";
  address.password = "";
  const bytes = new TextEncoder().encode(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  return { address: address.href, authorization: { authorization: `Basic ${base64(bytes)}` } };
}

/** The beginning of a body; what goes on for ever is cut off, and what breaks off leaves what there was. */
async function beginning(response: Response): Promise<string | null> {
  if (response.body === null) return null;
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const part of response.body) {
      text += decoder.decode(part, { stream: true });
      if (text.length > responseKept) break;
    }
  } catch {
    // The status has been given, and that is what counts.
  }
  return text.slice(0, responseKept);
}
