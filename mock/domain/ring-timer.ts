import type { CallId } from "./call.ts";
import type { Command } from "./commands.ts";
import type { WorldState } from "./state.ts";
import { type Instant, SECOND } from "./time.ts";

/** Something that has to happen at an instant of world time, derived from the state and never stored. */
export interface Timer {
  readonly at: Instant;
  readonly command: Command;
}

/** When an unanswered call gives up, counted from the moment it was placed (CALL-046, CALL-047). */
export function ringTimer(state: WorldState, callId: CallId): readonly Timer[] {
  const call = state.calls.get(callId);
  if (call === undefined || (call.status !== "INITIATED" && call.status !== "RINGING")) return [];
  const seconds = state.numbers.get(call.numberId)?.limits.ringTimeoutSeconds ?? 60;
  return [{ at: call.startedAt + seconds * SECOND, command: { type: "ringTimeout", callId } }];
}
