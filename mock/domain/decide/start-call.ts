import type { CommandOf } from "../commands.ts";
import { refusalToStart } from "../meta/start-rules.ts";
import type { CallingNumber } from "../number.ts";
import type { Phone } from "../phone.ts";
import { refuse } from "../refusals/refusal.ts";
import { chooseScript } from "../script-choice.ts";
import type { SdpFinding } from "../sdp/types.ts";
import type { WorldState } from "../state.ts";
import type { Instant } from "../time.ts";
import { type Checked, type Decision, happened, refused } from "./decision.ts";
import { callingNumber, meet } from "./find.ts";
import { identifyCall } from "./identify-call.ts";

/** The business calls a person. */
export function startCall(state: WorldState, command: CommandOf<"startCall">, now: Instant): Decision {
  const found = callingNumber(state, command.numberId);
  if (!found.ok) return refused(found.refusal);
  const { number } = found;
  const checked = checkStart(state, number, command, now);
  if (!checked.ok) return refused(checked.refusal);
  const { pair, events } = meet(state, number.id, command.to, now);
  const call = identifyCall(
    state,
    number,
    {
      direction: "OUTBOUND",
      person: pair.phone,
      conversationId: pair.conversationId,
      bizOpaqueCallbackData: command.bizOpaqueCallbackData,
    },
    now,
  );
  const script = chooseScript(state, number, command.to);
  return happened(...events, {
    type: "call.started",
    at: now,
    callId: call.id,
    call,
    script,
    sdpOffer: checked.sdpOffer,
    warnings: checked.warnings,
  });
}

function checkStart(
  state: WorldState,
  number: CallingNumber,
  command: { to: Phone; sdp: string | null },
  now: Instant,
): Checked<{ sdpOffer: string | null; warnings: readonly SdpFinding[] }> {
  if (number.provider === "META") return refusalToStart(state, number, command, now);
  if (command.sdp !== null && state.rules.strict) return { ok: false, refusal: sdpOnEvoGo() };
  return { ok: true, sdpOffer: null, warnings: [] };
}

/** EVO_GO handles media on the server; an SDP is ignored there, and refused in a strict world. */
export function sdpOnEvoGo() {
  const message = "sdp must be left out on EVO_GO, where media is handled on the server, but one was sent.";
  return refuse("VALIDATION_ERROR", {
    message: `${message} Leave out sdp and sdpType, or run without --strict.`,
    behaviour: "STRICT-004",
    details: { issues: [{ path: "sdp", message }] },
  });
}
