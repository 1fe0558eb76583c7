import type { CommandOf } from "../commands.ts";
import type { WorldState } from "../state.ts";
import type { Instant } from "../time.ts";
import { type Decision, happened } from "./decision.ts";

/** The media side hands in the SDP it produced; one that comes too late, or twice, changes nothing. */
export function provideSdp(state: WorldState, command: CommandOf<"provideSdp">, now: Instant): Decision {
  const { callId, kind, sdp } = command;
  if (!state.live.has(callId) || state.calls.sdp(callId)[kind] !== null) return happened();
  return happened({ type: "call.sdpProvided", at: now, callId, kind, sdp });
}
