import type { Call } from "../call.ts";
import type { WorldEvent } from "../events.ts";
import { pairKey } from "../pair.ts";
import { effectivePermission, noPermission } from "../permission.ts";
import type { WorldState } from "../state.ts";
import type { Instant } from "../time.ts";

/** After so many unanswered calls WhatsApp asks the person whether to go on (meta-calling §2.1). */
const reconsiderAfter = 2;
const reconsiderAfterOnTestNumber = 5;

/**
 * What follows when an outbound META call ends without an answer: at four in a row the permission is gone, at two the
 * person is asked to reconsider (META-PERM-015 to -021). A FAILED call does not come here.
 */
export function unanswered(state: WorldState, call: Call, now: Instant): readonly WorldEvent[] {
  const number = state.numbers.get(call.numberId);
  const pair = state.pairs.get(pairKey(call.numberId, call.peerNumber));
  if (number?.provider !== "META" || pair === undefined) return [];
  if (call.direction !== "OUTBOUND" || call.connectedAt !== null) return [];
  const inARow = pair.unansweredInARow + 1;
  const of = { at: now, numberId: pair.numberId, phone: pair.phone };
  const granted = effectivePermission(pair.permission, now).status !== "none";
  if (inARow >= number.limits.revokeAfterUnanswered && granted) {
    return [{ type: "permission.changed", ...of, permission: noPermission, source: "automatic", context: null }];
  }
  if (inARow !== (number.testNumber ? reconsiderAfterOnTestNumber : reconsiderAfter)) return [];
  return [{ type: "permission.reconsidered", ...of, callId: call.id }];
}
