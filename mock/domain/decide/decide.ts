import type { Command } from "../commands.ts";
import type { WorldState } from "../state.ts";
import type { Instant } from "../time.ts";
import { acceptCall } from "./accept-call.ts";
import { actAsPerson } from "./act-as-person.ts";
import { callBusiness } from "./call-business.ts";
import { type Decision, happened } from "./decision.ts";
import { attemptDelivery, recordAttempt, redeliver } from "./deliveries.ts";
import { addKey, addNumber, putContact, updateNumber } from "./directory.ts";
import { rejectCall, ringTimeout, terminateCall } from "./end-call.ts";
import { createRealtimeSession, playAudio, spendRealtimeToken } from "./media.ts";
import { probePermission, replyToPermissionRequest, requestPermission } from "./permissions.ts";
import { preAcceptCall } from "./pre-accept-call.ts";
import { provideSdp } from "./provide-sdp.ts";
import { startCall } from "./start-call.ts";
import { createSubscription, deleteSubscription, updateSubscription } from "./subscriptions.ts";
import { updateSettings } from "./update-settings.ts";

/**
 * Decides what a command leads to. It reads the state and changes nothing; ids come from the state's own ordinals and
 * the time from `now`, so the same three arguments always give the same decision.
 *
 * @param state what the world knows
 * @param command what somebody wants
 * @param now the world's time
 * @returns the events that have thereby happened, or the refusal
 * @example decide(state, { type: "terminateCall", numberId, callRef: "call_01…" }, now)
 */
export function decide(state: WorldState, command: Command, now: Instant): Decision {
  switch (command.type) {
    case "startCall":
      return startCall(state, command, now);
    case "preAcceptCall":
      return preAcceptCall(state, command, now);
    case "acceptCall":
      return acceptCall(state, command, now);
    case "rejectCall":
      return rejectCall(state, command, now);
    case "terminateCall":
      return terminateCall(state, command, now);
    case "updateSettings":
      return updateSettings(state, command, now);
    case "probePermission":
      return probePermission(state, command, now);
    case "requestPermission":
      return requestPermission(state, command, now);
    case "playAudio":
      return playAudio(state, command, now);
    case "createRealtimeSession":
      return createRealtimeSession(state, command, now);
    case "callBusiness":
      return callBusiness(state, command, now);
    case "actAsPerson":
      return actAsPerson(state, command, now);
    case "replyToPermissionRequest":
      return replyToPermissionRequest(state, command, now);
    case "provideSdp":
      return provideSdp(state, command, now);
    case "ringTimeout":
      return ringTimeout(state, command, now);
    case "spendRealtimeToken":
      return spendRealtimeToken(state, command, now);
    case "addNumber":
      return addNumber(state, command, now);
    case "updateNumber":
      return updateNumber(state, command, now);
    case "putContact":
      return putContact(state, command, now);
    case "addKey":
      return addKey(state, command, now);
    case "createSubscription":
      return createSubscription(state, command, now);
    case "updateSubscription":
      return updateSubscription(state, command, now);
    case "deleteSubscription":
      return deleteSubscription(state, command, now);
    case "attemptDelivery":
      return attemptDelivery(state, command, now);
    case "recordAttempt":
      return recordAttempt(state, command, now);
    case "redeliver":
      return redeliver(state, command, now);
    case "setMode":
      return happened({ type: "world.modeSet", at: now, mode: command.mode });
    case "sealSeed":
      return happened({ type: "world.seeded", at: now });
    case "resetWorld":
      return happened({ type: "world.reset", at: now });
  }
}
