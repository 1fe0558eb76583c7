import type { BehaviourId } from "../../../spec/generated/behaviour-ids.ts";
import { type Call, isOpen, type LiveCall, type OpenCall } from "../call.ts";
import { unknownContact } from "../contact.ts";
import type { WorldEvent } from "../events.ts";
import { prefixedId } from "../ids.ts";
import type { CallingNumber, MetaNumber, NumberId } from "../number.ts";
import { newPair, type Pair, pairKey } from "../pair.ts";
import { noPermission } from "../permission.ts";
import type { Phone } from "../phone.ts";
import { type Refusal, refuse } from "../refusals/refusal.ts";
import type { WorldState } from "../state.ts";
import { DAY, type Instant } from "../time.ts";
import { allowedActions, type CallAction } from "../transitions.ts";
import type { Checked } from "./decision.ts";

/** The number behind a command; a number without calling refuses as the gateway does (AUTH-017). */
export function callingNumber(state: WorldState, numberId: NumberId): Checked<{ number: CallingNumber }> {
  const number = state.numbers.get(numberId);
  if (number === undefined) {
    return {
      ok: false,
      refusal: refuse("NUMBER_NOT_FOUND", { message: `There is no number ${numberId} in this world.` }),
    };
  }
  if (number.provider === "OTHER") return { ok: false, refusal: callingUnsupported() };
  return { ok: true, number };
}

/** The number behind a command that only META numbers know. */
export function metaNumber(state: WorldState, numberId: NumberId): Checked<{ number: MetaNumber }> {
  const found = callingNumber(state, numberId);
  if (!found.ok) return found;
  if (found.number.provider === "META") return { ok: true, number: found.number };
  return {
    ok: false,
    refusal: refuse("FEATURE_NOT_SUPPORTED", {
      message: "This exists on META numbers only, and this number is an EVO_GO number.",
      behaviour: "AUTH-018",
    }),
  };
}

/** The one message that the vendor documents word for word (pilot-status §2). */
export function callingUnsupported(): Refusal {
  return refuse("FEATURE_NOT_SUPPORTED", {
    message: "Calling is only supported for Meta Cloud API and Pilot Status (web) numbers.",
    behaviour: "AUTH-017",
  });
}

/** The call that a number means by any of its ids. */
export function callOfNumber(state: WorldState, numberId: NumberId, callRef: string): Checked<{ call: Call }> {
  const call = state.calls.find(numberId, callRef);
  if (call !== undefined) return { ok: true, call };
  return {
    ok: false,
    refusal: refuse("CALL_NOT_FOUND", {
      message: `This number has no call ${JSON.stringify(callRef.slice(0, 120))}. Use the id or externalCallId of one of its own calls; GET /v1/calls lists them.`,
    }),
  };
}

/** The call, open and in a state that allows the action. */
export function callFor(
  state: WorldState,
  command: { numberId: NumberId; callRef: string },
  action: CallAction,
): Checked<{ call: OpenCall; live: LiveCall }> {
  const found = callOfNumber(state, command.numberId, command.callRef);
  if (!found.ok) return found;
  const { call } = found;
  const live = state.live.get(call.id);
  const allowed = allowedActions(call);
  if (isOpen(call) && live !== undefined && allowed.includes(action)) return { ok: true, call, live };
  return {
    ok: false,
    refusal: refuse("INVALID_CALL_STATE", {
      message: `Can't ${action} this call: it is ${call.direction} and ${call.status}. ${nextStep(allowed)}`,
      behaviour: behaviourOfWrongState(call, action),
      details: { status: call.status, allowed },
    }),
  };
}

function nextStep(allowed: readonly CallAction[]): string {
  return allowed.length === 0
    ? "It has ended; nothing can be asked of it any more."
    : `What it allows now: ${allowed.join(", ")}.`;
}

function behaviourOfWrongState(call: Call, action: CallAction): BehaviourId {
  const ended = !isOpen(call);
  switch (action) {
    case "accept":
      if (call.direction === "OUTBOUND") return "CALL-029";
      return ended ? "CALL-028" : "CALL-027";
    case "reject":
      if (call.direction === "OUTBOUND") return "CALL-032";
      return ended ? "CALL-031" : "CALL-030";
    case "pre-accept":
      if (call.direction === "OUTBOUND") return "META-ACCEPT-016";
      return ended ? "META-ACCEPT-015" : "META-ACCEPT-014";
    case "terminate":
      return "CALL-033";
    case "play":
      return "EVO-PLAY-011";
    case "realtime-session":
      return "EVO-RT-010";
  }
}

/** What is known of a person; whoever was never mentioned has the defaults. */
export function contactOf(state: WorldState, phone: Phone) {
  return state.contacts.get(phone) ?? unknownContact(phone);
}

/**
 * The pair of a number and a person. Where they meet for the first time, `events` holds the meeting, which must be
 * part of the decision; a refused command leaves no trace of it.
 *
 * @param met meetings that the same decision holds already: each draws an id of its own (WORLD-014)
 */
export function meet(
  state: WorldState,
  numberId: NumberId,
  phone: Phone,
  now: Instant,
  met = 0,
): { pair: Pair; events: readonly WorldEvent[] } {
  const known = state.pairs.get(pairKey(numberId, phone));
  if (known !== undefined) return { pair: known, events: [] };
  const conversationId = prefixedId("conv", state.source, state.ordinals.conv + met, now);
  return {
    pair: newPair(numberId, phone, conversationId, firstWindow(state), noPermission),
    events: [{ type: "pair.met", at: now, numberId, phone, conversationId }],
  };
}

/** Everybody's service window is open for the first 24 hours of a world (assumption, META-PERM-069). */
export function firstWindow(state: Pick<WorldState, "startedAt">): Instant {
  return state.startedAt + DAY;
}
