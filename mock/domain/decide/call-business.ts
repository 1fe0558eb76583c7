import type { BehaviourId } from "../../../spec/generated/behaviour-ids.ts";
import type { CommandOf } from "../commands.ts";
import type { WorldEvent } from "../events.ts";
import { isWithinCallHours } from "../meta/call-hours.ts";
import type { CallingNumber } from "../number.ts";
import type { Pair } from "../pair.ts";
import { effectivePermission, temporaryFrom } from "../permission.ts";
import { refuse } from "../refusals/refusal.ts";
import { chooseScript } from "../script-choice.ts";
import type { WorldState } from "../state.ts";
import { DAY, type Instant } from "../time.ts";
import { type Decision, happened, refused } from "./decision.ts";
import { callingNumber, meet } from "./find.ts";
import { identifyCall } from "./identify-call.ts";

/** A person calls the business. */
export function callBusiness(state: WorldState, command: CommandOf<"callBusiness">, now: Instant): Decision {
  const found = callingNumber(state, command.numberId);
  if (!found.ok) return refused(found.refusal);
  const { number } = found;
  const { pair, events } = meet(state, number.id, command.from, now);
  const obstacle = whyNotPossible(state, number, pair, now);
  if (obstacle !== null) return refused(impossible(obstacle));
  const call = identifyCall(
    state,
    number,
    { direction: "INBOUND", person: pair.phone, conversationId: pair.conversationId, bizOpaqueCallbackData: null },
    now,
  );
  const received: WorldEvent = {
    type: "call.received",
    at: now,
    callId: call.id,
    call,
    script: command.script ?? chooseScript(state, number, pair.phone),
    sdpOffer: number.provider === "META" ? command.sdp : null,
    deeplinkPayload: command.deeplinkPayload,
    ctaPayload: command.ctaPayload,
  };
  return happened(...events, received, ...whatTheCallBrings(number, pair, call.externalCallId, now));
}

/** A user's call opens the service window, and grants permission where the business set it so (meta-calling §2.1, §9). */
function whatTheCallBrings(
  number: CallingNumber,
  pair: Pair,
  externalCallId: string,
  now: Instant,
): readonly WorldEvent[] {
  if (number.provider !== "META") return [];
  const of = { at: now, numberId: number.id, phone: pair.phone };
  const opened: WorldEvent = { type: "window.opened", ...of, closesAt: now + DAY };
  const permanent = effectivePermission(pair.permission, now).status === "permanent";
  if (number.settings.callback_permission_status !== "ENABLED" || permanent) return [opened];
  return [
    opened,
    { type: "permission.changed", ...of, permission: temporaryFrom(now), source: "automatic", context: externalCallId },
  ];
}

interface Obstacle {
  readonly reason: string;
  readonly remedy: string;
  readonly behaviour: BehaviourId;
}

/** Why WhatsApp would not even let the phone of the business ring. */
function whyNotPossible(state: WorldState, number: CallingNumber, pair: Pair, now: Instant): Obstacle | null {
  if (number.provider === "EVO_GO") {
    if (number.connected) return null;
    return {
      reason: "the number is not connected",
      remedy: 'Connect it with PATCH …/numbers/{id} {"connected":true}.',
      behaviour: "CTRL-019",
    };
  }
  if (number.settings.status !== "ENABLED") {
    return {
      reason: `calling on the number is ${number.settings.status}`,
      remedy: "Enable it with PUT /v1/calls/settings.",
      behaviour: "CTRL-020",
    };
  }
  if (!isWithinCallHours(number.settings.call_hours, now)) {
    return {
      reason: "the number is outside its call_hours",
      remedy: "Move the world's clock, or change call_hours.",
      behaviour: "CTRL-021",
    };
  }
  if (pair.openCall !== null) {
    return {
      reason: `a call between the two is already running (${pair.openCall})`,
      remedy: "End it first.",
      behaviour: "CTRL-023",
    };
  }
  if ((state.traffic.get(number.id)?.openCalls ?? 0) >= number.limits.concurrentCalls) {
    return {
      reason: `the number has ${number.limits.concurrentCalls} calls at once`,
      remedy: "End some of them first.",
      behaviour: "CTRL-022",
    };
  }
  return null;
}

function impossible({ reason, remedy, behaviour }: Obstacle) {
  return refuse("INBOUND_CALL_NOT_POSSIBLE", {
    message: `The person's call does not reach the business: ${reason}. ${remedy}`,
    behaviour,
    details: { reason },
  });
}
