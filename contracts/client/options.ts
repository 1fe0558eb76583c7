import { rootOf } from "./base-url.ts";
import type { Fetch } from "./send.ts";

/** Where the API is and who asks. */
export type CallsClientOptions = Place & Key;

interface Place {
  /** With or without `/v1` or `/api/v1`: `https://pilotstatus.com.br`, `http://127.0.0.1:4010/v1`. */
  readonly baseUrl: string;
  /** What sends the requests. Default: the global `fetch`. */
  readonly fetch?: Fetch;
  /** How long one answer may take, in milliseconds. Default 30,000. */
  readonly timeoutMs?: number;
}

/** One of the two: the key itself, or its id. */
type Key =
  | { readonly apiKey: string; readonly apiKeyId?: undefined }
  | { readonly apiKeyId: string; readonly apiKey?: undefined };

/** The options, checked and with every default filled in. */
export interface CallsClientSettings {
  readonly root: string;
  readonly keyHeader: Readonly<Record<string, string>>;
  readonly fetch: Fetch;
  readonly timeoutMs: number;
}

/** Beyond it timers fire at once. */
const longestTimeoutMs = 2 ** 31 - 1;

/** @throws TypeError with what is wrong and what to pass instead */
export function readOptions(options: CallsClientOptions): CallsClientSettings {
  const { baseUrl, apiKey, apiKeyId, timeoutMs = 30_000 } = options;
  if (!(timeoutMs > 0 && timeoutMs <= longestTimeoutMs)) {
    throw new TypeError(
      `The client can't be made: timeoutMs must be a number of milliseconds at most ${longestTimeoutMs} and above 0, but was ${JSON.stringify(timeoutMs)}. Leave it out for 30,000.`,
    );
  }
  return {
    root: rootOf(baseUrl),
    keyHeader: keyHeader(apiKey, apiKeyId),
    // Looked up at each request, so that what replaces the global one later (msw, for instance) is used.
    fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
    timeoutMs,
  };
}

function keyHeader(apiKey: string | undefined, apiKeyId: string | undefined): Readonly<Record<string, string>> {
  const keys = Object.entries({ "x-api-key": apiKey, "x-api-key-id": apiKeyId }).filter(([, key]) => key !== undefined);
  const [[header, key] = ["", ""]] = keys;
  if (keys.length === 1 && typeof key === "string" && /^[\x21-\x7e]+$/.test(key)) return { [header]: key };
  const received = keys.length === 1 ? "one with a character that no header takes, or an empty one" : keys.length;
  // The key itself is not repeated: errors end up in logs.
  throw new TypeError(
    `The client can't be made: exactly one key was expected, and there was ${received === 0 ? "none" : received === 2 ? "both" : received}. Pass apiKey (ps_…) or apiKeyId.`,
  );
}
