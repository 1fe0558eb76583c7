import type { ErrorBody, ErrorCode } from "../../spec/generated/openapi.ts";

/** A code that the document doesn't list: the live service may know more of them. */
type FurtherCode = string & Record<never, never>;

/** What is known of a request that failed. */
export interface Failure {
  /** The request, without its host: `POST /v1/calls`. */
  readonly request: string;
  readonly message: string;
  readonly status?: number;
  readonly code?: string;
  readonly details?: ErrorBody["details"];
  readonly behaviour?: string | null;
  readonly cause?: unknown;
}

/**
 * A request that did not do what it was meant to: refused by the API, or not answered at all.
 *
 * @example
 * try {
 *   await calls.startCall({ to, sdp });
 * } catch (error) {
 *   if (error instanceof CallsApiError && error.code === "META_CALL_PERMISSION_REQUIRED") await askFirst(to);
 *   else throw error;
 * }
 */
export class CallsApiError extends Error {
  override readonly name = "CallsApiError";
  /** The request, without its host: `POST /v1/calls`. */
  readonly request: string;
  /** The HTTP status; null when no answer came, and then nobody knows whether the request was carried out. */
  readonly status: number | null;
  /** What programs decide by; null when the answer had none. */
  readonly code: ErrorCode | FurtherCode | null;
  /** What the API says beside the text: `issues` of a bad body, `allowed` in a wrong state, `meta` for Meta's own error. */
  readonly details: NonNullable<ErrorBody["details"]> | null;
  /** The entry of the fidelity ledger behind a refusal; the sandbox alone tells. */
  readonly behaviour: string | null;

  constructor(failure: Failure) {
    super(failure.message, failure.cause === undefined ? {} : { cause: failure.cause });
    this.request = failure.request;
    this.status = failure.status ?? null;
    this.code = failure.code ?? null;
    this.details = failure.details ?? null;
    this.behaviour = failure.behaviour ?? null;
  }
}

/** The error of an answer that refuses a request. */
export function refusal(request: string, { status, headers }: Response, text: string): CallsApiError {
  const { error, code, details } = readBody(text);
  const said = error ?? `The answer was no error of this API: ${excerpt(text)}. Check what baseUrl points to.`;
  return new CallsApiError({
    request,
    message: `${request} failed with ${code === undefined ? status : `${status} ${code}`}. ${said}`,
    status,
    behaviour: headers.get("x-sandbox-behaviour"),
    ...(code === undefined ? {} : { code }),
    ...(details === undefined ? {} : { details }),
  });
}

/** The first words of an answer, for a message. */
export function excerpt(text: string): string {
  return text === "" ? "nothing" : JSON.stringify(text.slice(0, 120));
}

type ReadBody = Pick<Failure, "code" | "details"> & { readonly error?: string };

function readBody(text: string): ReadBody {
  const { error, code, details } = jsonObject(text);
  return {
    ...(typeof error === "string" ? { error } : {}),
    ...(typeof code === "string" ? { code } : {}),
    // A parsed border: the document says what details hold, and every part of them is optional.
    ...(typeof details === "object" && details !== null ? { details: details as ErrorBody["details"] } : {}),
  };
}

function jsonObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null ? { ...json } : {};
  } catch {
    return {};
  }
}
