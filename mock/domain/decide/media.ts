import type { BehaviourId } from "../../../spec/generated/behaviour-ids.ts";
import type { CommandOf } from "../commands.ts";
import { realtimeToken } from "../ids.ts";
import { tokenExpiry } from "../realtime-token.ts";
import { refuse } from "../refusals/refusal.ts";
import type { WorldState } from "../state.ts";
import { type Instant, isoTime } from "../time.ts";
import { type Decision, happened, refused } from "./decision.ts";
import { callFor } from "./find.ts";

/** The business plays a file; before the answer it waits for the call to connect (EVO-PLAY-009). */
export function playAudio(state: WorldState, command: CommandOf<"playAudio">, now: Instant): Decision {
  const found = callFor(state, command, "play");
  if (!found.ok) return refused(found.refusal);
  const queued = found.call.status !== "ACCEPTED";
  return happened({ type: "audio.requested", at: now, callId: found.call.id, url: command.url, queued });
}

/** The business asks for a realtime socket: a fresh token, good for one upgrade within its time. */
export function createRealtimeSession(
  state: WorldState,
  command: CommandOf<"createRealtimeSession">,
  now: Instant,
): Decision {
  const found = callFor(state, command, "realtime-session");
  if (!found.ok) return refused(found.refusal);
  const callId = found.call.id;
  const token = realtimeToken(state.source, state.ordinals.token);
  return happened({
    type: "realtime.sessionCreated",
    at: now,
    callId,
    token: { token, callId, mode: command.mode, expiresAt: tokenExpiry(now), spentAt: null },
  });
}

/** A realtime socket is opened: the token is good for one, within its time, while its call lasts. */
export function spendRealtimeToken(
  state: WorldState,
  command: CommandOf<"spendRealtimeToken">,
  now: Instant,
): Decision {
  const token = state.tokens.get(command.token);
  if (token === undefined) return notAuthorized("MEDIA-WS-006", "This token was never given, or its call has ended.");
  if (token.spentAt !== null)
    return notAuthorized(
      "MEDIA-WS-008",
      `This token was used at ${isoTime(token.spentAt)}; it is good for one socket.`,
    );
  if (token.expiresAt <= now)
    return notAuthorized("MEDIA-WS-007", `This token ended at ${isoTime(token.expiresAt)}, 120 s after it was given.`);
  return happened({ type: "realtime.opened", at: now, callId: token.callId, token: token.token, mode: token.mode });
}

function notAuthorized(behaviour: BehaviourId, message: string): Decision {
  return refused(refuse("UNAUTHORIZED", { message: `${message} Ask for another with realtime-session.`, behaviour }));
}
