import { CallsApiError, excerpt, refusal } from "./api-error.ts";

/** Sends one request. The global `fetch` is one; so is a sandbox's `app.fetch`. */
export type Fetch = (request: Request) => Promise<Response>;

/**
 * A fetch whose failures are all CallsApiErrors: no connection, no whole answer in time, a success that is no JSON. A
 * request that its caller aborted fails with the caller's reason.
 *
 * @param timeoutMs how long an answer may take, its body included
 */
export function sender(fetch: Fetch, timeoutMs: number): Fetch {
  return async (request) => {
    const tooLate = AbortSignal.timeout(timeoutMs);
    const bounded = new Request(request, { signal: AbortSignal.any([request.signal, tooLate]) });
    const [response, text] = await whole(fetch, bounded).catch((cause: unknown) => {
      if (request.signal.aborted) throw request.signal.reason;
      throw noAnswer(request, tooLate.aborted ? `none came within ${timeoutMs} ms` : reasonOf(cause), cause);
    });
    if (response.ok && !isJson(text)) throw strangeAnswer(request, response, text);
    return new Response(text === "" ? null : text, { status: response.status, headers: plainHeaders(response) });
  };
}

/** The same, and a refusal is thrown as well: what comes back is a success. */
export function withoutRefusals(send: Fetch): Fetch {
  return async (request) => {
    const response = await send(request);
    if (response.ok) return response;
    throw refusal(requestName(request), response, await response.text());
  };
}

/** `POST /v1/calls`, whatever the base URL has before it. */
function requestName({ method, url }: Request): string {
  const { pathname } = new URL(url);
  return `${method} ${pathname.slice(Math.max(0, pathname.indexOf("/v1/")))}`;
}

async function whole(fetch: Fetch, request: Request): Promise<readonly [Response, string]> {
  const response = await fetch(request);
  return [response, await response.text()];
}

function noAnswer(asked: Request, reason: string, cause: unknown): CallsApiError {
  const request = requestName(asked);
  const message = `${request} got no answer from ${new URL(asked.url).origin}: ${reason}. Check that the service runs there and that baseUrl names it. Before you repeat a POST, read the calls: it may have been carried out.`;
  return new CallsApiError({ request, message, cause });
}

function strangeAnswer(asked: Request, { status, headers }: Response, text: string): CallsApiError {
  const request = requestName(asked);
  const type = headers.get("content-type") ?? "no content type";
  const message = `${request} was answered with ${status}, but JSON was expected and this came (${type}): ${excerpt(text)}. Check that baseUrl names the Calls API.`;
  return new CallsApiError({ request, message, status });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Without what describes the bytes on the wire: the text is decoded already. */
function plainHeaders({ headers }: Response): Headers {
  const plain = new Headers(headers);
  for (const name of ["content-encoding", "content-length", "transfer-encoding"]) plain.delete(name);
  return plain;
}

/** Node's fetch keeps the reason, such as ECONNREFUSED, in the cause of its "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== "" ? cause.message : error.message;
}
