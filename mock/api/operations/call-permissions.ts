import { parsePhone } from "../../domain/phone.ts";
import { permissionProbeDto } from "../dto/permission-probe.ts";
import type { NumberHandler } from "../handler.ts";
import { answered, declined } from "../outcome.ts";
import { refusePhone } from "../phone-input.ts";

/** `GET /v1/calls/permissions` */
export const getCallPermission: NumberHandler<"getCallPermission"> = ({ place, number, query }) => {
  const to = parsePhone(query.to);
  if (to === null || number.provider !== "META")
    return declined({ ...refusePhone("to", query.to), behaviour: "META-PERM-039" });
  const decision = place.world.dispatch({ type: "probePermission", numberId: number.id, to });
  if (!decision.ok) return declined(decision.refusal);
  return answered(permissionProbeDto(place.world.state, number, to, place.world.clock.now()));
};

/** `POST /v1/calls/permissions/request` */
export const requestCallPermission: NumberHandler<"requestCallPermission"> = ({ place, number, body }) => {
  const to = parsePhone(body.to);
  if (to === null) return declined(refusePhone("to", body.to));
  const decision = place.world.dispatch({
    type: "requestPermission",
    numberId: number.id,
    to,
    text: body.text ?? null,
  });
  if (!decision.ok) return declined(decision.refusal);
  const requested = decision.events.find((event) => event.type === "permission.requested");
  if (requested === undefined) throw new Error("requestPermission was decided without a permission.requested event");
  return answered({ messageId: requested.messageId });
};
