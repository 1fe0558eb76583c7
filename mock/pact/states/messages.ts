import { choice, flag, phone } from "../parameters.ts";
import { type ProviderState, providerState, type Values } from "../provider-state.ts";
import type { Stage } from "../stage.ts";
import { answered, directionParameter, ended, rings } from "./calls.ts";
import { askForPermission, person } from "./people.ts";
import { callerParameter, nowhere, providerParameter, providesCall, providesPerson, stranger } from "./pieces.ts";

const callParameters = { provider: providerParameter, direction: directionParameter, phone: callerParameter };

/** The state that Meta's native webhook `calls` is told by. */
export const metaReports = "Meta reports a call";

/** States for messages: they bring about a webhook, and the one who subscribed to it. */
export const messageStates: readonly ProviderState[] = [
  providerState({
    name: "a call rings",
    about: "call.ringing is sent",
    takes: callParameters,
    provides: providesCall,
    setUp: (stage, call) => heard(stage, () => rings(stage, call)),
  }),
  providerState({
    name: "a call was answered",
    about: "call.ringing and call.connected are sent",
    takes: callParameters,
    provides: providesCall,
    setUp: (stage, call) => heard(stage, () => answered(stage, call)),
  }),
  providerState({
    name: "a call ended",
    about: "call.ended is sent, with a duration if the call was answered; unanswered it is an outbound call",
    takes: { ...callParameters, answered: flag("whether anybody picked up", true) },
    provides: providesCall,
    setUp: (stage, call) =>
      // An inbound call that nobody took is missed, which is another event.
      heard(stage, () => ended(stage, call.answered ? call : { ...call, direction: "OUTBOUND" })),
  }),
  providerState({
    name: "a call was missed",
    about: "call.missed is sent: the person hung up before anybody took the call",
    takes: { provider: providerParameter, phone: callerParameter },
    provides: providesCall,
    setUp: (stage, call) => heard(stage, () => ended(stage, { ...call, direction: "INBOUND", answered: false })),
  }),
  providerState({
    name: "a person answered a permission request",
    about: "call.permission_updated is sent, and Meta's native messages",
    takes: {
      response: choice("what the person said", ["accept", "reject"], "accept"),
      permanent: flag("whether a yes is for good", false),
      phone: phone("the person", stranger),
    },
    provides: providesPerson,
    setUp: (stage, { phone, response, permanent }) =>
      heard(stage, async () => {
        await stage.allow(phone, "none");
        await askForPermission(stage, phone);
        await stage.control.replyToPermissionRequest({ w: stage.world, phone, response, permanent });
        return person(stage, phone);
      }),
  }),
  providerState({
    name: metaReports,
    about: "Meta's native calls is sent: the connect or the terminate of a call, or the status of an outbound one",
    takes: {
      event: choice("what Meta reports", ["connect", "terminate", "status"], "connect"),
      direction: choice("who called whom, for connect and terminate", ["INBOUND", "OUTBOUND"], "INBOUND"),
      status: choice("which status, for status", ["RINGING", "ACCEPTED", "REJECTED"], "RINGING"),
      phone: callerParameter,
    },
    provides: providesCall,
    setUp: (stage, { event, direction, status, phone }) =>
      heard(stage, () => {
        const call = { provider: "META", phone, direction } as const;
        if (event === "connect") return rings(stage, call);
        if (event === "terminate") return ended(stage, { ...call, answered: true });
        return reachesStatus(stage, phone, status);
      }),
  }),
];

async function reachesStatus(stage: Stage, phone: string, status: "RINGING" | "ACCEPTED" | "REJECTED") {
  const call = { provider: "META", phone, direction: "OUTBOUND" } as const;
  if (status === "ACCEPTED") return answered(stage, call);
  const values = await rings(stage, call);
  if (status === "REJECTED") await stage.person(String(values["callId"]), "reject");
  return values;
}

/** Something happens, and somebody has subscribed to it. */
async function heard(stage: Stage, happens: () => Promise<Values>): Promise<Values> {
  for (const key of ["meta", "evo"] as const) {
    await stage.request(key, "POST", "/webhooks", { url: nowhere, name: "Pact", events: ["*", "messages"] });
  }
  return happens();
}
