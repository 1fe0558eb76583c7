import type { BehaviourId } from "../../spec/generated/behaviour-ids.ts";
import { type Refusal, refuse } from "../domain/refusals/refusal.ts";

/** The refusal of a text that is no phone number, in a body or in a query. */
export function refusePhone(path: string, received: string): Refusal {
  const shown = JSON.stringify(received.slice(0, 40));
  const message = `${path} must be a phone number with its country code, 8 to 15 digits, but was ${shown}.`;
  return refuse("VALIDATION_ERROR", {
    message: `${message} For example "+5511999999999".`,
    behaviour: behaviourOf(received),
    details: { issues: [{ path, message }] },
  });
}

function behaviourOf(received: string): BehaviourId {
  return /^[+\-()\s\d]*$/.test(received) ? "CALL-013" : "CALL-014";
}
