import type { NumberHandler } from "../handler.ts";
import { answered, declined } from "../outcome.ts";

/** `GET /v1/calls/settings` */
export const getCallingSettings: NumberHandler<"getCallingSettings"> = ({ place, number }) => {
  const present = place.world.state.numbers.get(number.id);
  if (present?.provider !== "META") throw new Error("Settings were read of a number that is not META");
  return answered({ calling: present.settings });
};

/** `PUT /v1/calls/settings` */
export const updateCallingSettings: NumberHandler<"updateCallingSettings"> = ({ place, number, body }) => {
  const decision = place.world.dispatch({ type: "updateSettings", numberId: number.id, change: body ?? {} });
  return decision.ok ? answered({ success: true }) : declined(decision.refusal);
};
