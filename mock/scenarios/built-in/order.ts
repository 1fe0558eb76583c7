import type { Scenario } from "../scenario.ts";
import { callable, caller, callIsAnswered } from "./pieces.ts";

/** Events that come late, twice or before their time (meta-calling §10 rows 1, 15 and 17). */
export const order: readonly Scenario[] = [
  {
    name: "terminate-overtakes-connect",
    bug: 1,
    about: "A person calls and hangs up at once, and the end of the call arrives before its beginning.",
    correct: "Remembers that the call is over: nothing rings, and nobody tries to answer it.",
    steps: [
      { fault: { target: { event: "call.ringing" }, trigger: { next: 1 }, effect: { type: "reorder" } } },
      { fault: { target: { event: "calls" }, trigger: { next: 1 }, effect: { type: "reorder" } } },
      { inboundCall: { from: caller } },
      { person: { action: "hang-up" } },
      { expectDelivery: { event: "call.missed" } },
      { expectDelivery: { event: "calls", fields: { "calls[0].event": "terminate" } } },
      { expectDelivery: { event: "call.ringing" } },
      { expectDelivery: { event: "calls", fields: { "calls[0].event": "connect" } } },
      { expectRequest: { operation: "acceptCall", never: true } },
      { expectRequest: { operation: "preAcceptCall", never: true } },
      {
        verdict: { text: "Your product shows a missed call, and nothing rings.", about: "callState", is: "unanswered" },
      },
    ],
  },
  {
    name: "duplicate-terminate",
    bug: 15,
    about: "The end of an answered call is delivered twice, and then once more with the duration 0.",
    correct: "Lets the first end stand: the call stays answered, with its duration of 42 seconds.",
    steps: [
      ...callIsAnswered,
      { advance: "42s" },
      { fault: { target: { event: "call.ended" }, trigger: { next: 1 }, effect: { type: "duplicate" } } },
      { fault: { target: { event: "calls" }, trigger: { next: 1 }, effect: { type: "duplicate" } } },
      { person: { action: "hang-up" } },
      { expectDelivery: { event: "call.ended", fields: { durationSeconds: 42 } } },
      { expectDelivery: { event: "calls", fields: { "calls[0].event": "terminate", "calls[0].duration": 42 } } },
      { resend: { event: "call.ended", change: { duration: 0, durationSeconds: 0 } } },
      {
        resend: {
          event: "calls",
          where: { "calls[0].event": "terminate" },
          change: { "calls[0].duration": 0 },
          remove: ["calls[0].start_time", "calls[0].end_time"],
        },
      },
      { verdict: { text: "Your product shows an answered call.", about: "callState", is: "completed" } },
      { verdict: { text: "It lasted 42 seconds.", about: "durationSeconds", is: 42 } },
    ],
  },
  {
    name: "webhook-beats-answer",
    bug: 17,
    about: "The answer to startCall is slow, so that the webhooks about the call arrive before its id is known.",
    correct: "Takes the webhooks, answers 2xx, and ends up with one call that rings.",
    clock: "real",
    steps: [
      { fault: { target: { operation: "startCall" }, trigger: { next: 1 }, effect: { type: "latency", ms: 400 } } },
      { ask: { do: "startCall", to: callable, text: `Call ${callable} from your product.` } },
      { expectDelivery: { event: "calls", fields: { "calls[0].event": "connect" } } },
      { person: { action: "ring" } },
      { expectDelivery: { event: "call.ringing" } },
      { expectRequest: { operation: "startCall", status: 201 } },
      { expectRequest: { operation: "startCall", atMost: 1 } },
      { verdict: { text: "Your product shows one call, and it rings.", about: "callState", is: "ringing" } },
    ],
  },
];
