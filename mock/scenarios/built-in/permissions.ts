import type { Scenario } from "../scenario.ts";
import { stranger } from "./pieces.ts";

/** Permission to call (meta-calling §10 rows 12 to 14 and 20). */
export const permissions: readonly Scenario[] = [
  {
    name: "permission-granted-on-messages",
    bug: 12,
    about: "A person allows calls, and Meta says so on the field messages, not on calls.",
    correct: "Listens to messages too, and calls the person.",
    events: ["calls", "messages"],
    steps: [
      { ask: { do: "requestCallPermission", to: stranger, text: `Ask ${stranger} for permission to call.` } },
      { expectRequest: { operation: "requestCallPermission", status: 200 } },
      { permissionReply: { phone: stranger, response: "accept" } },
      {
        expectDelivery: {
          event: "messages",
          fields: { "messages[0].interactive.call_permission_reply.response": "accept" },
        },
      },
      { verdict: { text: "Your product shows that the person may be called.", about: "permission", is: "granted" } },
      {
        ask: {
          do: "startCall",
          to: stranger,
          text: `Call ${stranger}, now that your product knows of the permission.`,
        },
      },
      { expectRequest: { operation: "startCall", status: 201 } },
    ],
  },
  {
    name: "ask-the-probe",
    bug: 13,
    about: "A person has allowed calls in a way that left no trace in webhooks.",
    correct: "Asks getCallPermission instead of a list of its own, and calls.",
    steps: [
      { contact: { phone: stranger, permission: "permanent" } },
      { ask: { do: "startCall", to: stranger, text: `Call ${stranger} from your product.` } },
      { expectRequest: { operation: "getCallPermission", status: 200 } },
      { expectRequest: { operation: "startCall", status: 201 } },
    ],
  },
  {
    name: "lockout-138009",
    bug: 14,
    about: "Somebody presses the button that asks for permission three times; a person can be asked once a day.",
    correct: "Sends one request, and shows that it waits for the person.",
    steps: [
      {
        ask: {
          do: "requestCallPermission",
          to: stranger,
          times: 3,
          text: `Ask ${stranger} for permission to call, three times in a row.`,
        },
      },
      { expectRequest: { operation: "requestCallPermission", status: 200 } },
      { expectRequest: { operation: "requestCallPermission", atMost: 1, within: "10s" } },
      {
        expectRequest: { operation: "requestCallPermission", code: "META_CALL_PERMISSION_REQUEST_LIMIT", never: true },
      },
      {
        verdict: {
          text: "Your product shows that it waits for the person's decision.",
          about: "permission",
          is: "asked",
        },
      },
    ],
  },
  {
    name: "refusal-is-not-dialling",
    bug: 20,
    about: "A call to a person who has not allowed any is refused with 138006.",
    correct: "Shows that the call was not allowed, instead of a call that dials for ever, and does not try again.",
    steps: [
      { ask: { do: "startCall", to: stranger, text: `Call ${stranger} from your product, without asking first.` } },
      { expectRequest: { operation: "startCall", status: 400, code: "META_CALL_PERMISSION_REQUIRED" } },
      { expectRequest: { operation: "startCall", atMost: 1, within: "3s" } },
      { verdict: { text: "Your product shows that the call was refused.", about: "callState", is: "refused" } },
    ],
  },
];
