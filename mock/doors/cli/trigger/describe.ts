import type { components } from "../../../../spec/generated/control.ts";

type Schemas = components["schemas"];

/** One line about a call, for a terminal. */
export function describeCall(call: Schemas["Call"]): string {
  const way = call.direction === "INBOUND" ? `from +${call.peerNumber}` : `to +${call.peerNumber}`;
  const duration = call.durationSeconds === null ? "" : `, ${call.durationSeconds} s`;
  const failure = call.errorCode === null ? "" : `, error ${call.errorCode}`;
  return `${call.id} ${call.direction} ${way}: ${call.status}${duration}${failure}`;
}

/** One line for each number that the person could be called from. */
export function describeContact(contact: Schemas["Contact"]): string {
  const standing = contact.numbers.map(({ numberId, permission }) => `${numberId}: ${permission.status}`);
  return `+${contact.phone} allows calls from ${standing.join(", ")}`;
}

export function describeNumber(number: Schemas["SandboxNumber"]): string {
  return `${number.provider} +${number.number} is ${number.connected ? "connected" : "not connected"}`;
}

export function describeClock(clock: Schemas["AdvancedClock"]): string {
  return `It is now ${clock.now}; ${clock.fired} timer${clock.fired === 1 ? "" : "s"} fired.`;
}
