import { RefusedError, UsageError } from "../explain.ts";

/** Where a running sandbox is, and which of its worlds is meant. */
export interface ControlTarget {
  readonly url: string;
  readonly world: string;
  readonly controlToken?: string;
}

/** Sends one request to the control API of a running sandbox. */
export type ControlRequest = (method: string, path: string, body?: unknown) => Promise<unknown>;

/**
 * A client of the control API.
 *
 * @throws UsageError when no sandbox answers there, RefusedError with the API's own text when it refuses
 */
export function controlClient({ url, world, controlToken }: ControlTarget): ControlRequest {
  const base = `${url.replace(/\/+$/, "")}/_sandbox/worlds/${encodeURIComponent(world)}`;
  return async (method, path, body) => {
    const response = await send(`${base}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(controlToken === undefined ? {} : { authorization: `Bearer ${controlToken}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return answer;
    const text =
      typeof answer === "object" && answer !== null && "error" in answer ? String(answer.error) : response.statusText;
    throw new RefusedError(text);
  };
}

/**
 * Sends a request to a sandbox.
 *
 * @throws UsageError when none answers there
 */
export async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch {
    throw new UsageError(
      `No sandbox answers at ${new URL(url).origin}. Start one with calls-sandbox serve, or name its address with --url.`,
    );
  }
}
