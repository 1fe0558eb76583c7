import { sampleAnswer } from "../sample-sdp.ts";
import type { Scenario } from "../scenario.ts";
import { caller, callIsAnswered } from "./pieces.ts";

/** Actions at the wrong moment (meta-calling §10 rows 16, 18 and 19). */
export const actions: readonly Scenario[] = [
  {
    name: "two-agents-accept",
    bug: 16,
    about: "Another agent has answered the call before this one hears of it.",
    correct: "Takes a refused acceptCall for a colleague's call: leaves it alone, and shows it as answered.",
    steps: [
      { fault: { target: { event: "call.ringing" }, trigger: { next: 1 }, effect: { type: "lose" } } },
      { fault: { target: { event: "calls" }, trigger: { next: 1 }, effect: { type: "lose" } } },
      { inboundCall: { from: caller } },
      {
        request: {
          method: "POST",
          path: "/calls/{callId}/accept",
          body: { sdp: sampleAnswer },
          status: 200,
        },
      },
      { say: "The first agent has the call. What was lost on the way is delivered now." },
      { advance: "3s" },
      { expectDelivery: { event: "call.ringing" } },
      { ask: { do: "acceptCall", text: "Answer the call as a second agent, if your product still lets you." } },
      { expectDelivery: { event: "call.connected" } },
      { expectRequest: { operation: "acceptCall", status: 200, never: true, within: "10s" } },
      { expectRequest: { operation: "terminateCall", never: true } },
      { expectRequest: { operation: "rejectCall", never: true } },
      { verdict: { text: "Your product shows a call that was answered.", about: "callState", is: "answered" } },
      { advance: "10s" },
      { person: { action: "hang-up" } },
      { expectDelivery: { event: "call.ended", fields: { status: "COMPLETED" } } },
    ],
  },
  {
    name: "field-calls-not-subscribed",
    bug: 18,
    about: "Calling can't be enabled although the webhook is verified: nobody subscribed to its field calls (138018).",
    correct: "Says what is missing, does not try again by itself, and succeeds once the field is ticked.",
    steps: [
      { number: { number: "+551140000001", callsSubscribed: false } },
      { ask: { do: "updateCallingSettings", text: "Enable calling in your product." } },
      { expectRequest: { operation: "updateCallingSettings", code: "META_CALLING_PREREQUISITES_MISSING" } },
      { expectRequest: { operation: "updateCallingSettings", atMost: 1, within: "3s" } },
      {
        verdict: { text: "Your product says that the webhook field calls is missing.", about: "problem", is: "calls" },
      },
      { number: { number: "+551140000001", callsSubscribed: true } },
      { ask: { do: "updateCallingSettings", text: "The field is ticked now. Enable calling again." } },
      { expectRequest: { operation: "updateCallingSettings", status: 200 } },
    ],
  },
  {
    name: "hang-up-after-hang-up",
    bug: 19,
    about: "The person hangs up, and then somebody presses the red button.",
    correct: "Makes no request: the call is over, and ending it again is an error.",
    steps: [
      ...callIsAnswered,
      { advance: "5s" },
      { person: { action: "hang-up" } },
      { expectDelivery: { event: "call.ended", fields: { durationSeconds: 5 } } },
      { ask: { do: "terminateCall", text: "Hang up in your product, although the person already did." } },
      { expectRequest: { operation: "terminateCall", never: true, within: "10s" } },
      {
        verdict: { text: "Your product shows a call that is over, and no error.", about: "callState", is: "completed" },
      },
    ],
  },
];
