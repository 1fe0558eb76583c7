import type { CallStatus, Direction } from "./call.ts";
import type { CallingProvider } from "./provider.ts";

/** What the business can ask of a call, named as in the path. */
export type CallAction = "pre-accept" | "accept" | "reject" | "terminate" | "play" | "realtime-session";

/** Every status that a call may move to, by direction. Both providers share it: they differ in actions, not in life. */
export const transitions: Readonly<Record<Direction, Readonly<Record<CallStatus, readonly CallStatus[]>>>> = {
  OUTBOUND: {
    INITIATED: ["RINGING", "COMPLETED", "FAILED"],
    RINGING: ["ACCEPTED", "REJECTED", "COMPLETED", "FAILED"],
    ACCEPTED: ["COMPLETED", "FAILED"],
    REJECTED: [],
    COMPLETED: [],
    FAILED: [],
    MISSED: [],
  },
  INBOUND: {
    INITIATED: [],
    RINGING: ["ACCEPTED", "REJECTED", "MISSED", "COMPLETED", "FAILED"],
    ACCEPTED: ["COMPLETED", "FAILED"],
    REJECTED: [],
    COMPLETED: [],
    FAILED: [],
    MISSED: [],
  },
};

/** Which actions the business has in each status; every other action is `INVALID_CALL_STATE`. */
export const actions: Readonly<
  Record<CallingProvider, Readonly<Record<Direction, Readonly<Partial<Record<CallStatus, readonly CallAction[]>>>>>>
> = {
  META: {
    OUTBOUND: { INITIATED: ["terminate"], RINGING: ["terminate"], ACCEPTED: ["terminate"] },
    INBOUND: { RINGING: ["pre-accept", "accept", "reject", "terminate"], ACCEPTED: ["terminate"] },
  },
  EVO_GO: {
    OUTBOUND: {
      INITIATED: ["terminate", "play", "realtime-session"],
      RINGING: ["terminate", "play", "realtime-session"],
      ACCEPTED: ["terminate", "play", "realtime-session"],
    },
    INBOUND: {
      RINGING: ["accept", "reject", "terminate", "play", "realtime-session"],
      ACCEPTED: ["terminate", "play", "realtime-session"],
    },
  },
};

/** The actions that a call allows right now. */
export function allowedActions(call: {
  provider: CallingProvider;
  direction: Direction;
  status: CallStatus;
}): readonly CallAction[] {
  return actions[call.provider][call.direction][call.status] ?? [];
}
