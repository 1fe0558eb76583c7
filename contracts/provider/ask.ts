/** More than any pact or answer holds; beyond it somebody floods. */
const mostBytes = 32 * 1024 * 1024;

/** What somebody answered. */
export interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
  /** The body as JSON, or null. */
  readonly json: unknown;
}

/** There was no answer, or none that can be used; the message says how that was, as it stands behind a name. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/**
 * Makes a request that can neither hang nor flood whoever makes it.
 *
 * @param timeoutMs how long all of the answer may take
 * @throws NoAnswer when there is none, in time and size
 */
export async function ask(url: string, init: RequestInit, timeoutMs: number): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    const text = await limitedText(response);
    return { ok: response.ok, status: response.status, text, json: jsonOrNull(text) };
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    const late = error instanceof Error && error.name === "TimeoutError";
    throw new NoAnswer(late ? `did not answer within ${timeoutMs / 1_000} s` : "can't be reached");
  }
}

async function limitedText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > mostBytes) throw new NoAnswer(`answered with more than ${mostBytes / 1024 / 1024} MiB`);
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
