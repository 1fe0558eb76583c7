import type { CallId } from "../domain/call.ts";
import type { Refusal } from "../domain/refusals/refusal.ts";

/** What an operation answers: a body for its success status, or a refusal. `callId` ties the request to a timeline. */
export type Outcome<Body> =
  | { readonly ok: true; readonly body: Body; readonly callId?: CallId }
  | { readonly ok: false; readonly refusal: Refusal };

export function answered<Body>(body: Body, callId?: CallId): Outcome<Body> {
  return callId === undefined ? { ok: true, body } : { ok: true, body, callId };
}

export function declined(refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal };
}
