import type { Outcome } from "./outcome.ts";

/** A response together with its text, which the request log keeps. */
export interface JsonResponse {
  readonly response: Response;
  readonly status: number;
  readonly text: string | null;
}

/** Writes an answer as JSON; a refusal names the ledger entry behind it (ERR-006). */
export function jsonResponse(status: number, body: unknown, outcome: Outcome<unknown>): JsonResponse {
  if (status === 204) return { response: new Response(null, { status }), status, text: null };
  const text = JSON.stringify(body);
  const headers: Record<string, string> = { "content-type": "application/json; charset=utf-8" };
  if (!outcome.ok) headers["x-sandbox-behaviour"] = outcome.refusal.behaviour;
  return { response: new Response(text, { status, headers }), status, text };
}
