import { type Refusal, refuse } from "../domain/refusals/refusal.ts";

/** The refusal of a `now` that has the right form and names a day or an hour that doesn't exist. */
export function refuseInstant(received: string): Refusal {
  const message = `now must be a date or date-time that exists, but was ${JSON.stringify(received)}.`;
  return refuse("VALIDATION_ERROR", {
    message,
    behaviour: "CTRL-008",
    details: { issues: [{ path: "now", message }] },
  });
}
