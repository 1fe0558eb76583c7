import { threeFingerprints } from "../sample-sdp.ts";
import type { Scenario } from "../scenario.ts";
import { callable, caller, clientAnswers, clientCalls } from "./pieces.ts";

/** Session descriptions, and when sound may begin (meta-calling §10 rows 6, 7 and 9 to 11). */
export const sdp: readonly Scenario[] = [
  {
    name: "one-fingerprint-no-mdns",
    bug: 6,
    about: "A session description with three fingerprints is refused with 138008; then a person calls.",
    correct: "Answers with one fingerprint and without .local candidates.",
    steps: [
      {
        request: {
          method: "POST",
          path: "/calls",
          body: { to: callable, sdp: threeFingerprints },
          status: 400,
          code: "META_SDP_INVALID",
        },
      },
      ...clientAnswers,
      { expectRequest: { operation: "acceptCall", status: 200, sdp: { lacks: ".local " } } },
      { verdict: { text: "Your product shows an answered call.", about: "callState", is: "answered" } },
    ],
  },
  {
    name: "accept-carries-an-answer",
    bug: 7,
    about: "A person calls; the SDP that accepts the call is an answer, whatever Meta's parameter table says.",
    correct: "Sends sdpType answer with acceptCall, or leaves it out.",
    steps: [
      ...clientAnswers,
      { expectRequest: { operation: "acceptCall", code: "VALIDATION_ERROR", never: true } },
      { verdict: { text: "Your product shows an answered call.", about: "callState", is: "answered" } },
    ],
  },
  {
    name: "business-is-active",
    bug: 9,
    about: "A person calls with an offer that leaves the DTLS role open; the business must take the active one.",
    correct: "Accepts with a=setup:active, so that DTLS begins with the business.",
    steps: [
      { inboundCall: { from: caller } },
      { ask: { do: "acceptCall", text: "Answer the call in your product." } },
      { expectRequest: { operation: "acceptCall", status: 200, sdp: { has: "a=setup:active" } } },
      { expectRequest: { operation: "acceptCall", code: "META_SDP_INVALID", never: true } },
    ],
  },
  {
    name: "answer-echoes-actpass",
    bug: 10,
    about: "The SDP answer of an outbound call says a=setup:actpass, which no browser takes.",
    correct: "Writes passive in its place before the answer goes to the browser.",
    events: ["calls"],
    steps: [
      { fault: { target: { event: "calls" }, trigger: { next: 1 }, effect: { type: "lose" } } },
      ...clientCalls,
      {
        resend: {
          event: "calls",
          where: { "calls[0].event": "connect" },
          replace: { "a=setup:passive": "a=setup:actpass" },
        },
      },
      {
        verdict: {
          text: "The answer that your product gave to the browser says a=setup:passive.",
          about: "remoteSetup",
          is: "passive",
        },
      },
    ],
  },
  {
    name: "pre-accept-then-accept",
    bug: 11,
    about: "The answer to preAcceptCall is slow; whoever fires acceptCall beside it clips the first second.",
    correct:
      "Waits for the answer of preAcceptCall before acceptCall, and for that of acceptCall before it sends sound.",
    clock: "real",
    steps: [
      { fault: { target: { operation: "preAcceptCall" }, trigger: { next: 1 }, effect: { type: "latency", ms: 400 } } },
      ...clientAnswers,
      { wait: "600ms" },
      { expectRequest: { operation: "acceptCall", status: 200, after: "preAcceptCall" } },
      {
        verdict: {
          text: "Your product sends its first packet after acceptCall was answered.",
          about: "soundBeforeAccept",
          is: false,
        },
      },
    ],
  },
];
