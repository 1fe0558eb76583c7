import type { CommandOf } from "../commands.ts";
import { realtimeToken } from "../ids.ts";
import { tokenExpiry } from "../realtime-token.ts";
import type { WorldState } from "../state.ts";
import type { Instant } from "../time.ts";
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
    token: { token, callId, mode: command.mode, expiresAt: tokenExpiry(now) },
  });
}
