import type { LiveCall } from "../call.ts";
import type { Checked } from "../decide/decision.ts";
import { refuseByMeta } from "../refusals/refusal.ts";
import { sameSdp } from "../sdp/same-sdp.ts";
import type { SdpFinding } from "../sdp/types.ts";
import type { WorldState } from "../state.ts";
import { checkSdp } from "./sdp-check.ts";

/** Meta's rules on the SDP of an accept or a pre-accept: legal, and the same for one call (meta-calling §4). */
export function checkAnswer(
  state: WorldState,
  live: LiveCall,
  sdp: string | null,
  action: "accept" | "pre-accept",
): Checked<{ sdp: string; warnings: readonly SdpFinding[] }> {
  const checked = checkSdp(state, sdp, "answer");
  if (!checked.ok) return checked;
  if (live.preAcceptedSdp === null || sameSdp(live.preAcceptedSdp, checked.sdp)) return checked;
  return {
    ok: false,
    refusal: refuseByMeta(100, {
      message: `The SDP of this ${action} differs from the one that the call was pre-accepted with. Send the same SDP again, or terminate the call.`,
      behaviour: action === "accept" ? "META-ACCEPT-010" : "META-ACCEPT-013",
      details: "The session description differs from the one of the earlier pre_accept.",
    }),
  };
}
