import type { Call, OpenCall } from "../call.ts";
import type { CommandOf, PersonAction } from "../commands.ts";
import type { WorldEvent } from "../events.ts";
import { isMetaErrorCode, metaErrors } from "../refusals/meta-errors.ts";
import { type Refusal, refuse } from "../refusals/refusal.ts";
import type { WorldState } from "../state.ts";
import { DAY, type Instant } from "../time.ts";
import { type Decision, happened, refused } from "./decision.ts";
import { unanswered } from "./unanswered.ts";

/** What a person can do with an open call: everything that is not listed is refused (CTRL-026 to CTRL-030). */
export function personActions(call: Call): readonly PersonAction["do"][] {
  switch (call.status) {
    case "INITIATED":
      return ["ring", "answer", "reject", "hang-up", "fail"];
    case "RINGING":
      return call.direction === "OUTBOUND" ? ["answer", "reject", "hang-up", "fail"] : ["hang-up", "fail"];
    case "ACCEPTED":
      return ["hang-up", "fail", "speak", "send-dtmf"];
    default:
      return [];
  }
}

/** A person does something with their phone, by script or by control call. */
export function actAsPerson(state: WorldState, command: CommandOf<"actAsPerson">, now: Instant): Decision {
  const call = state.calls.get(command.callId);
  if (call === undefined) {
    return refused(
      refuse("CALL_NOT_FOUND", { message: `There is no call ${command.callId} in this world.`, behaviour: "CTRL-005" }),
    );
  }
  const taken: WorldEvent[] =
    command.step === null ? [] : [{ type: "person.stepTaken", at: now, callId: call.id, step: command.step }];
  if (call.endedAt === null && personActions(call).includes(command.action.do)) {
    return happened(...taken, ...consequences(state, call, command.action, now));
  }
  // A step that no longer fits is skipped, so that the script goes on with the next one (PEOPLE-029).
  return command.step === null ? refused(impossible(call, command.action)) : happened(...taken);
}

function consequences(state: WorldState, call: OpenCall, action: PersonAction, now: Instant): readonly WorldEvent[] {
  const of = { at: now, callId: call.id };
  switch (action.do) {
    case "ring":
      return [{ type: "call.rang", ...of }];
    case "answer":
      return [
        ...ringsFirst(call, now),
        { type: "call.answered", ...of, by: "person", sdpAnswer: null, warnings: [] },
        ...openedWindow(call, now),
      ];
    case "reject":
      return [
        ...ringsFirst(call, now),
        { type: "call.rejected", ...of, by: "person" },
        ...unanswered(state, call, now),
      ];
    case "hang-up": {
      const missed = call.direction === "INBOUND" && call.connectedAt === null;
      return [
        { type: "call.ended", ...of, status: missed ? "MISSED" : "COMPLETED", by: "person" },
        ...unanswered(state, call, now),
      ];
    }
    case "fail":
      return [{ type: "call.failed", ...of, failure: failure(call, action.code) }];
    case "speak":
      return [{ type: "person.spoke", ...of, pattern: action.pattern }];
    case "send-dtmf":
      return [{ type: "person.sentDtmf", ...of, digits: action.digits }];
  }
}

/** No phone is picked up before it rings: the transition table stays whole. */
function ringsFirst(call: OpenCall, now: Instant): readonly WorldEvent[] {
  return call.status === "INITIATED" ? [{ type: "call.rang", at: now, callId: call.id }] : [];
}

/** A person who takes a business call opens the service window anew (META-PERM-068). */
function openedWindow(call: OpenCall, now: Instant): readonly WorldEvent[] {
  if (call.provider !== "META") return [];
  return [{ type: "window.opened", at: now, numberId: call.numberId, phone: call.peerNumber, closesAt: now + DAY }];
}

/** Without a code it is what the provider says of a phone that is out of reach (PEOPLE-008, PEOPLE-009). */
function failure(call: OpenCall, wanted: string | null) {
  const code = wanted ?? (call.provider === "META" ? "138019" : "UNREACHABLE");
  const known = Number(code);
  if (isMetaErrorCode(known)) return { code, message: metaErrors[known].details };
  return {
    code,
    message: code === "UNREACHABLE" ? "The person's phone could not be reached." : `The call failed with ${code}.`,
  };
}

function impossible(call: Call, action: PersonAction): Refusal {
  const allowed = personActions(call);
  return refuse("PERSON_CANNOT_DO_THAT", {
    message: `The person can't ${action.do}: the call is ${call.direction} and ${call.status}. ${
      allowed.length === 0 ? "It has ended." : `What they can do now: ${allowed.join(", ")}.`
    }`,
    details: { status: call.status, allowed },
  });
}
