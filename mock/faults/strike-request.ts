import type { CallId } from "../domain/call.ts";
import type { ApiKey } from "../domain/key.ts";
import { parsePhone } from "../domain/phone.ts";
import type { Place } from "../world/place.ts";
import type { Strike } from "./fault-book.ts";

/** A rule has struck a request; `seq` is the place of that in the causal order of the world. */
export interface RequestStrike extends Strike<"request"> {
  readonly seq: number;
}

/** What rules can tell requests apart by. */
export interface StruckRequest {
  readonly operation: string;
  readonly key: ApiKey;
  readonly callId: CallId | null;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/**
 * Asks the rules of a world about a request that has passed every check of the specification (CTRL-054).
 *
 * @returns null when none strikes
 */
export function strikeRequest(place: Place, { operation, key, callId, query, body }: StruckRequest) {
  const call = callId === null ? undefined : place.world.state.calls.get(callId);
  const strike = place.faults.strike({
    kind: "request",
    name: operation,
    callId,
    numberId: key.scope === "number" ? key.numberId : null,
    to: call?.peerNumber ?? phoneIn(query) ?? phoneIn(body),
  });
  return strike === null ? null : ({ ...strike, seq: place.timeline.reserve() } satisfies RequestStrike);
}

function phoneIn(fields: unknown): string | null {
  if (typeof fields !== "object" || fields === null || !("to" in fields)) return null;
  return typeof fields.to === "string" ? parsePhone(fields.to) : null;
}
