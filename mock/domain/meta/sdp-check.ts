import type { BehaviourId } from "../../../spec/generated/behaviour-ids.ts";
import type { Checked } from "../decide/decision.ts";
import { type Refusal, refuse, refuseByMeta } from "../refusals/refusal.ts";
import { judgeSdp } from "../sdp/judge.ts";
import type { SdpFinding, SdpRole } from "../sdp/types.ts";
import type { WorldState } from "../state.ts";

/**
 * Checks the SDP that a META number must send: present (the gateway's rule), then legal (Meta's).
 *
 * @param between what is asked between the two: the magic number precedes every rule of Meta's
 */
export function checkSdp(
  state: WorldState,
  sdp: string | null,
  role: SdpRole,
  between: () => Refusal | null = () => null,
): Checked<{ sdp: string; warnings: readonly SdpFinding[] }> {
  if (sdp === null) return { ok: false, refusal: refuseMissingSdp(role) };
  const early = between();
  if (early !== null) return { ok: false, refusal: early };
  const verdict = judgeSdp(sdp, role, { strict: state.rules.strict });
  if (verdict.ok) return { ok: true, sdp, warnings: verdict.warnings };
  return { ok: false, refusal: refuseSdp(state, verdict.finding) };
}

/** The gateway's own rule: an SDP has to be there on META. `accept` and `pre-accept` name their own ledger entries. */
export function refuseMissingSdp(
  role: SdpRole,
  behaviour: BehaviourId = role === "offer" ? "META-START-001" : "META-ACCEPT-001",
): Refusal {
  const message = `sdp is required on META numbers: the SDP ${role} of your WebRTC client.`;
  return refuse("VALIDATION_ERROR", {
    message: `${message} Send it as a plain string with CRLF line ends.`,
    behaviour,
    details: { issues: [{ path: "sdp", message }] },
  });
}

function refuseSdp(state: WorldState, finding: SdpFinding): Refusal {
  const place = finding.line === null ? "" : ` (line ${finding.line}: ${finding.text ?? ""})`;
  return refuseByMeta(state.rules.sdpErrorCode, {
    message: `${finding.message}${place} ${finding.remedy}`,
    behaviour: finding.behaviour,
    details: `${finding.message}${place}`,
    extra: { sdp: { rule: finding.rule, line: finding.line, text: finding.text } },
  });
}
