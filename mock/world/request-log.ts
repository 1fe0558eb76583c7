import type { CallId } from "../domain/call.ts";
import type { NumberId } from "../domain/number.ts";
import type { Instant } from "../domain/time.ts";
import type { Cancel } from "./clock.ts";
import { Ring } from "./ring.ts";
import { tellAll } from "./tell.ts";

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
  /** Null: a fault rule ended the connection without an answer. */
  readonly status: number | null;
  readonly durationMs: number;
  readonly operationId: string | null;
  readonly numberId: NumberId | null;
  readonly callId: CallId | null;
  readonly requestBody: string | null;
  readonly responseBody: string | null;
  readonly behaviour: string | null;
  /** The fault rule that touched the answer. */
  readonly fault: string | null;
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
  readonly #listeners = new Set<(request: LoggedRequest) => void>();

  /** The number of the next request, from 0: request ids and trace ids are made of it. */
  nextOrdinal(): number {
    return this.#count++;
  }

  /** Adds a listener, told of every request as it is logged; returns the way to remove it. */
  subscribe(listener: (request: LoggedRequest) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(request: LoggedRequest): void {
    this.#ring.add(request);
    tellAll(this.#listeners, request);
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

/** A body as the log keeps it: not too long, and without whole keys. */
export function loggedBody(body: string | null): string | null {
  if (body === null) return null;
  return shortenKeys(body.length <= loggedBodyLength ? body : `${body.slice(0, loggedBodyLength)}… (cut)`);
}

/**
 * Leaves only the ends of every key in a text: logs are copied into tickets, and a key of a real account may have been
 * sent by mistake (CTRL-038).
 *
 * @example shortenKeys("No key is ps_live_0123456789") // "No key is ps_live…6789"
 */
export function shortenKeys(text: string): string {
  return text.includes("ps_") ? text.replaceAll(/\b(ps_[\w-]{4})[\w-]+([\w-]{4})/g, "$1…$2") : text;
}
