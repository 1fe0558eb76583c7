import { realtimeTokenTtlSeconds } from "../../domain/realtime-token.ts";
import type { NumberHandler } from "../handler.ts";
import { answered, declined } from "../outcome.ts";

/**
 * `POST /v1/calls/{callId}/realtime-session`
 *
 * @param mediaUrl where the media host is reached, asked each time because its port may be chosen late
 */
export const createRealtimeSession =
  (mediaUrl: () => string): NumberHandler<"createRealtimeSession"> =>
  ({ place, number, path, body }) => {
    const decision = place.world.dispatch({
      type: "createRealtimeSession",
      numberId: number.id,
      callRef: path.callId,
      mode: body?.mode ?? "talk",
    });
    if (!decision.ok) return declined(decision.refusal);
    const created = decision.events.find((event) => event.type === "realtime.sessionCreated");
    const call = created && place.world.state.calls.get(created.callId);
    if (created === undefined || call === undefined)
      throw new Error("createRealtimeSession was decided without a session");
    const { token } = created.token;
    // The longer of the two documented paths; the token alone identifies the session (pilot-status §8 row 7).
    const wsUrl = `${mediaUrl()}/call/media/realtime/ws/${number.instanceName}/${call.externalCallId}?token=${token}`;
    return answered({ wsUrl, token, expiresInSeconds: realtimeTokenTtlSeconds }, call.id);
  };
