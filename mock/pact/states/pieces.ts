import { choice, phone } from "../parameters.ts";
import type { CallingProvider } from "../stage.ts";

const providers: readonly CallingProvider[] = ["META", "EVO_GO"];

/** The person whom every world allows the business to call. */
export const callable = "+5511999999999";
/** A person of whom a world knows nothing. */
export const stranger = "+5511977776666";
/** A person who calls the business. */
export const caller = "+5511988887777";

export const providerParameter = choice("whose number it is about", providers, "META");
export const callerParameter = phone("the person", caller);

export const providesNumber = {
  key: "the API key of the number",
  number: "the business number, digits only",
  numberId: "its id",
} as const;

export const providesCall = {
  callId: "the id of the call",
  externalCallId: "the provider's id of the call",
  key: "the API key of the number",
  number: "the business number, digits only",
  phone: "the person's number, digits only",
} as const;

export const providesPerson = {
  phone: "the person's number, digits only",
  key: "the API key of the META number",
} as const;

/**
 * Where webhooks go that nobody is to receive: the discard port, where nothing listens, on the machine itself. What
 * would have been sent stands in the log of deliveries.
 */
export const nowhere = "http://127.0.0.1:9/webhooks";
