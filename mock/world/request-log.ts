import type { CallId } from "../domain/call.ts";
import type { NumberId } from "../domain/number.ts";
import type { Instant } from "../domain/time.ts";
import { Ring } from "./ring.ts";

/** Something in a request or an answer that the specification does not allow. */
export interface Violation {
  readonly in: "request" | "response";
  readonly path: string;
  readonly message: string;
}

/** One request to the Calls API and its answer. Bodies are the text as it was sent. */
export interface LoggedRequest {
  readonly id: string;
  readonly at: Instant;
  readonly method: string;
  /** With the query; keys are in headers and never here. */
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
  readonly operationId: string | null;
  readonly numberId: NumberId | null;
  readonly callId: CallId | null;
  readonly requestBody: string | null;
  readonly responseBody: string | null;
  readonly behaviour: string | null;
  readonly violations: readonly Violation[];
}

/** A world keeps that many requests (WORLD-019). */
export const requestsKept = 1_000;

/** Bodies longer than this are cut in the log, so that a thousand of them stay small. */
export const loggedBodyLength = 16_384;

/** The last requests of one world. */
export class RequestLog {
  readonly #ring = new Ring<LoggedRequest>(requestsKept);
  #count = 0;
  #listener: (request: LoggedRequest) => void = () => undefined;

  /** The number of the next request, from 0: request ids and trace ids are made of it. */
  nextOrdinal(): number {
    return this.#count++;
  }

  /** Has somebody told of every request as it is logged. */
  listen(listener: (request: LoggedRequest) => void): void {
    this.#listener = listener;
  }

  add(request: LoggedRequest): void {
    this.#ring.add(request);
    this.#listener(request);
  }

  /** The newest requests first, of one call or of all. */
  list(limit: number, callId: CallId | null): LoggedRequest[] {
    const found: LoggedRequest[] = [];
    for (const request of this.#ring.newestFirst()) {
      if (found.length === limit) break;
      if (callId === null || request.callId === callId) found.push(request);
    }
    return found;
  }
}

export function cutBody(body: string | null): string | null {
  return body === null || body.length <= loggedBodyLength ? body : `${body.slice(0, loggedBodyLength)}… (cut)`;
}
