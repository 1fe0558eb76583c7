/** What somebody may take, in time and in bytes, before they count as somebody who doesn't answer. */
export interface Bounds {
  /** From the request to the end of the answer, in milliseconds. */
  readonly timeoutMs: number;
  /** Of an answer's body. */
  readonly maximumBytes: number;
}

/** A whole answer. */
export interface BoundedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A request that got no answer, or none that ended; the message says how that was, as it stands behind a name. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/**
 * Makes a request that can neither hang nor flood whoever makes it.
 *
 * @throws NoAnswer when there is no whole answer within the bounds
 * @example await boundedFetch(url, { method: "POST", body }, { timeoutMs: 10_000, maximumBytes: 1024 * 1024 })
 */
export async function boundedFetch(url: string, init: RequestInit, bounds: Bounds): Promise<BoundedAnswer> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(bounds.timeoutMs) });
    return { status: response.status, headers: response.headers, text: await boundedText(response, bounds) };
  } catch (error) {
    // Without a cause it is no failure of the network: the request itself could not be made, which is our own mistake.
    if (error instanceof NoAnswer || (error instanceof TypeError && error.cause === undefined)) throw error;
    throw new NoAnswer(how(error, bounds));
  }
}

async function boundedText({ body }: Response, { maximumBytes }: Bounds): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > maximumBytes) throw new NoAnswer(`answered with more than ${maximumBytes / 1024 / 1024} MiB`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function how(error: unknown, { timeoutMs }: Bounds): string {
  if (error instanceof Error && error.name === "TimeoutError") return `did not answer within ${timeoutMs / 1_000} s`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return `can't be reached${code === "" ? "" : ` (${code})`}`;
}
