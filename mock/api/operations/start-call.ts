import { parsePhone } from "../../domain/phone.ts";
import type { NumberHandler } from "../handler.ts";
import { answered, declined } from "../outcome.ts";
import { refusePhone } from "../phone-input.ts";

/** `POST /v1/calls` */
export const startCall: NumberHandler<"startCall"> = ({ place, number, body }) => {
  const to = parsePhone(body.to);
  if (to === null) return declined(refusePhone("to", body.to));
  const decision = place.world.dispatch({
    type: "startCall",
    numberId: number.id,
    to,
    sdp: body.sdp ?? null,
    bizOpaqueCallbackData: body.bizOpaqueCallbackData ?? null,
  });
  if (!decision.ok) return declined(decision.refusal);
  const started = decision.events.find((event) => event.type === "call.started");
  if (started === undefined) throw new Error("startCall was decided without a call.started event");
  const { id, externalCallId } = started.call;
  return answered({ id, externalCallId, status: "INITIATED" }, id);
};
