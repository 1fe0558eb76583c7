import type { CommandOf } from "../commands.ts";
import type { WorldState } from "../state.ts";
import type { Instant } from "../time.ts";
import { type Decision, happened, refused } from "./decision.ts";
import { callFor, callingNumber } from "./find.ts";
import { unanswered } from "./unanswered.ts";

/** The business declines a person's call. */
export function rejectCall(state: WorldState, command: CommandOf<"rejectCall">, now: Instant): Decision {
  const number = callingNumber(state, command.numberId);
  if (!number.ok) return refused(number.refusal);
  const found = callFor(state, command, "reject");
  if (!found.ok) return refused(found.refusal);
  return happened({ type: "call.rejected", at: now, callId: found.call.id, by: "business" });
}

/** The business hangs up; before the answer the call ends COMPLETED all the same (CALL-040, CALL-041). */
export function terminateCall(state: WorldState, command: CommandOf<"terminateCall">, now: Instant): Decision {
  const number = callingNumber(state, command.numberId);
  if (!number.ok) return refused(number.refusal);
  const found = callFor(state, command, "terminate");
  if (!found.ok) return refused(found.refusal);
  const { call } = found;
  return happened(
    { type: "call.ended", at: now, callId: call.id, status: "COMPLETED", by: "business" },
    ...unanswered(state, call, now),
  );
}

/** Nobody picked up in time: an outbound call is COMPLETED, an inbound one MISSED (CALL-042, CALL-043). */
export function ringTimeout(state: WorldState, command: CommandOf<"ringTimeout">, now: Instant): Decision {
  const call = state.calls.get(command.callId);
  if (call === undefined || (call.status !== "RINGING" && call.status !== "INITIATED")) return happened();
  return happened(
    {
      type: "call.ended",
      at: now,
      callId: call.id,
      status: call.direction === "INBOUND" ? "MISSED" : "COMPLETED",
      by: "timeout",
    },
    ...unanswered(state, call, now),
  );
}
