import type { CommandOf } from "../commands.ts";
import { checkAnswer } from "../meta/answer-rules.ts";
import { refuseMissingSdp } from "../meta/sdp-check.ts";
import type { WorldState } from "../state.ts";
import type { Instant } from "../time.ts";
import { type Decision, happened, refused } from "./decision.ts";
import { callFor, metaNumber } from "./find.ts";

/** The business hands in its SDP answer early; the call goes on ringing. */
export function preAcceptCall(state: WorldState, command: CommandOf<"preAcceptCall">, now: Instant): Decision {
  const number = metaNumber(state, command.numberId);
  if (!number.ok) return refused(number.refusal);
  if (command.sdp === null) return refused(refuseMissingSdp("answer", "META-ACCEPT-008"));
  const found = callFor(state, command, "pre-accept");
  if (!found.ok) return refused(found.refusal);
  const checked = checkAnswer(state, found.live, command.sdp, "pre-accept");
  if (!checked.ok) return refused(checked.refusal);
  return happened({
    type: "call.preAccepted",
    at: now,
    callId: found.call.id,
    sdp: checked.sdp,
    warnings: checked.warnings,
  });
}
