import { boundedFetch } from "../http/bounded-fetch.ts";

/** More than any pact or answer holds; beyond it somebody floods. */
const maximumBytes = 32 * 1024 * 1024;

/** What somebody answered. */
export interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
  /** The body as JSON, or null. */
  readonly json: unknown;
}

/**
 * Makes a request for JSON that can neither hang nor flood whoever makes it.
 *
 * @param timeoutMs how long all of the answer may take
 * @throws NoAnswer when there is none, in time and size
 */
export async function ask(url: string, init: RequestInit, timeoutMs: number): Promise<Answer> {
  const { status, text } = await boundedFetch(url, init, { timeoutMs, maximumBytes });
  return { ok: status >= 200 && status < 300, status, text, json: jsonOrNull(text) };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
