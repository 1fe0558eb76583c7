import type { LiveCall } from "../call.ts";
import type { CommandOf } from "../commands.ts";
import { checkAnswer } from "../meta/answer-rules.ts";
import { refuseMissingSdp } from "../meta/sdp-check.ts";
import type { CallingNumber } from "../number.ts";
import type { SdpFinding } from "../sdp/types.ts";
import type { WorldState } from "../state.ts";
import type { Instant } from "../time.ts";
import { type Checked, type Decision, happened, refused } from "./decision.ts";
import { callFor, callingNumber } from "./find.ts";
import { sdpOnEvoGo } from "./start-call.ts";

/** The business answers a person's call. */
export function acceptCall(state: WorldState, command: CommandOf<"acceptCall">, now: Instant): Decision {
  const number = callingNumber(state, command.numberId);
  if (!number.ok) return refused(number.refusal);
  const missing = refuseBody(state, number.number, command.sdp);
  if (missing !== null) return refused(missing);
  const found = callFor(state, command, "accept");
  if (!found.ok) return refused(found.refusal);
  const checked = checkAccept(state, number.number, found.live, command.sdp);
  if (!checked.ok) return refused(checked.refusal);
  return happened({
    type: "call.answered",
    at: now,
    callId: found.call.id,
    by: "business",
    sdpAnswer: checked.sdp,
    warnings: checked.warnings,
  });
}

/** What is wrong with the body alone, whichever call is meant: asked before the call is looked up. */
function refuseBody(state: WorldState, number: CallingNumber, sdp: string | null) {
  if (number.provider === "META") return sdp === null ? refuseMissingSdp("answer") : null;
  return sdp !== null && state.rules.strict ? sdpOnEvoGo() : null;
}

function checkAccept(
  state: WorldState,
  number: CallingNumber,
  live: LiveCall,
  sdp: string | null,
): Checked<{ sdp: string | null; warnings: readonly SdpFinding[] }> {
  if (number.provider === "META") return checkAnswer(state, live, sdp, "accept");
  return { ok: true, sdp: null, warnings: [] };
}
