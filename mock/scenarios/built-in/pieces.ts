import type { Step } from "../scenario.ts";

/** A person who calls the business. */
export const caller = "+5511988887777";
/** The person whom every world allows the business to call. */
export const callable = "+5511999999999";
/** A person who has not allowed calls. */
export const stranger = "+5511977776666";

/** The client places a call to the person who may be called. */
export const clientCalls: readonly Step[] = [
  { ask: { do: "startCall", to: callable, text: `Call ${callable} from your product.` } },
  { expectRequest: { operation: "startCall", status: 201 } },
];

/** The same, and the person picks up. */
export const callIsAnswered: readonly Step[] = [
  ...clientCalls,
  { person: { action: "answer" } },
  { expectDelivery: { event: "call.connected" } },
];

/** A person calls, and the client answers. */
export const clientAnswers: readonly Step[] = [
  { inboundCall: { from: caller } },
  { ask: { do: "acceptCall", text: "Answer the call in your product." } },
  { expectRequest: { operation: "acceptCall", status: 200 } },
];
