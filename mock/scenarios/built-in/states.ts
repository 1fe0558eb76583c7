import type { Scenario } from "../scenario.ts";
import { callIsAnswered, clientCalls } from "./pieces.ts";

/** What events say about a call, and what they don't (meta-calling §10 rows 2 to 5). */
export const states: readonly Scenario[] = [
  {
    name: "connect-is-not-pick-up",
    bug: 2,
    about: "The connect with the SDP answer comes while the phone still rings, 20 seconds before the person picks up.",
    correct: "Shows a ringing call until ACCEPTED or call.connected, and counts its seconds from there.",
    steps: [
      ...clientCalls,
      {
        expectDelivery: {
          event: "calls",
          fields: { "calls[0].event": "connect", "calls[0].session.sdp_type": "answer" },
        },
      },
      { person: { action: "ring" } },
      { expectDelivery: { event: "calls", fields: { "statuses[0].status": "RINGING" } } },
      { advance: "20s" },
      { verdict: { text: "Your product shows a call that still rings.", about: "callState", is: "ringing" } },
      { person: { action: "answer" } },
      { expectDelivery: { event: "calls", fields: { "statuses[0].status": "ACCEPTED" } } },
      { expectDelivery: { event: "call.connected" } },
      { verdict: { text: "Now it shows an answered call.", about: "callState", is: "answered" } },
      { advance: "10s" },
      { person: { action: "hang-up" } },
      { expectDelivery: { event: "call.ended", fields: { durationSeconds: 10 } } },
      { verdict: { text: "The call lasted 10 seconds, not 30.", about: "durationSeconds", is: 10 } },
    ],
  },
  {
    name: "call-status-is-not-a-message-status",
    bug: 3,
    about: "The states of an outbound call come as statuses with the type call, on the field calls alone.",
    correct: "Tells them from the delivery of messages by their type, and moves the call on.",
    events: ["calls"],
    steps: [
      ...clientCalls,
      { person: { action: "ring" } },
      { expectDelivery: { event: "calls", fields: { "statuses[0].type": "call", "statuses[0].status": "RINGING" } } },
      { verdict: { text: "Your product shows a ringing call.", about: "callState", is: "ringing" } },
      { person: { action: "answer" } },
      { expectDelivery: { event: "calls", fields: { "statuses[0].type": "call", "statuses[0].status": "ACCEPTED" } } },
      { verdict: { text: "Your product shows an answered call.", about: "callState", is: "answered" } },
    ],
  },
  {
    name: "unknown-status-breaks-parser",
    bug: 4,
    about: "RINGING and REJECTED come for an outbound call, and a connect without contacts.",
    correct: "Answers every one of them with 2xx, and shows a declined call.",
    events: ["calls"],
    steps: [
      ...clientCalls,
      { expectDelivery: { event: "calls", fields: { "calls[0].event": "connect" } } },
      { resend: { event: "calls", where: { "calls[0].event": "connect" }, remove: ["contacts"] } },
      { person: { action: "ring" } },
      {
        expectDelivery: { event: "calls", fields: { "statuses[0].status": "RINGING" }, absent: ["contacts", "calls"] },
      },
      { person: { action: "reject" } },
      {
        expectDelivery: { event: "calls", fields: { "statuses[0].status": "REJECTED" }, absent: ["contacts", "calls"] },
      },
      { expectDelivery: { event: "calls", fields: { "calls[0].event": "terminate" } } },
      { verdict: { text: "Your product shows a declined call.", about: "callState", is: "declined" } },
    ],
  },
  {
    name: "missed-is-not-completed",
    bug: 5,
    about: "Nobody picks up, and the call ends COMPLETED all the same, without a start time or a duration.",
    correct: "Goes by the duration and the start time, not by the status: nobody answered.",
    steps: [
      ...clientCalls,
      { person: { action: "ring" } },
      { advance: "61s" },
      {
        expectDelivery: {
          event: "calls",
          fields: { "calls[0].event": "terminate", "calls[0].status": "COMPLETED" },
          absent: ["calls[0].start_time", "calls[0].duration"],
        },
      },
      { expectDelivery: { event: "call.ended", fields: { status: "COMPLETED" }, absent: ["durationSeconds"] } },
      { verdict: { text: "Your product shows that nobody answered.", about: "callState", is: "unanswered" } },
    ],
  },
  {
    name: "silence-cut-at-20-seconds",
    bug: 8,
    about: "The person picks up, hears nothing for 20 seconds, and WhatsApp ends the call with 138021.",
    correct: "Shows a failed call, says that no sound got through, and looks at its ICE candidates and TURN server.",
    steps: [
      ...callIsAnswered,
      { advance: "20s" },
      { person: { action: "fail", code: "138021" } },
      {
        expectDelivery: {
          event: "calls",
          fields: { "calls[0].event": "terminate", "calls[0].status": "FAILED", "errors[0].code": 138021 },
        },
      },
      { expectDelivery: { event: "call.ended", fields: { status: "FAILED", errorCode: "138021" } } },
      {
        verdict: { text: "Your product shows a call that failed for want of sound.", about: "callState", is: "failed" },
      },
      {
        verdict: {
          text: "The SDP of your startCall has a candidate that the internet can reach (typ srflx or relay).",
        },
      },
    ],
  },
];
