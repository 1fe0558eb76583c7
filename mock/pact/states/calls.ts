import { choice, count, flag, phone } from "../parameters.ts";
import { type ProviderState, providerState, type Values } from "../provider-state.ts";
import { type CallingProvider, type Direction, keyOf, type Stage } from "../stage.ts";
import { callable, callerParameter, providerParameter, providesCall, providesNumber } from "./pieces.ts";

const directions: readonly Direction[] = ["INBOUND", "OUTBOUND"];
export const directionParameter = choice("who called whom", directions, "INBOUND");

/** States of the calls of a number. */
export const callStates: readonly ProviderState[] = [
  providerState({
    name: "a ringing inbound call",
    about: "a person calls the number, and nobody has picked up",
    takes: { provider: providerParameter, phone: callerParameter },
    provides: providesCall,
    setUp: (stage, { provider, phone }) => stage.inboundCall(provider, phone),
  }),
  providerState({
    name: "an outbound call that rings",
    about: "the number calls a person, whose phone rings",
    takes: { provider: providerParameter, phone: phone("the person", callable) },
    provides: providesCall,
    setUp: (stage, { provider, phone }) => rings(stage, { provider, phone, direction: "OUTBOUND" }),
  }),
  providerState({
    name: "an answered call",
    about: "both sides talk",
    takes: { provider: providerParameter, direction: directionParameter, phone: callerParameter },
    provides: providesCall,
    setUp: (stage, call) => answered(stage, call),
  }),
  providerState({
    name: "an ended call",
    about: "a call is over; a minute long if it was answered and the clock is virtual",
    takes: {
      provider: providerParameter,
      direction: directionParameter,
      answered: flag("whether anybody picked up", true),
      phone: callerParameter,
    },
    provides: providesCall,
    setUp: (stage, call) => ended(stage, call),
  }),
  providerState({
    name: "calls in the list",
    about: "the number has had so many calls, all of them answered and over",
    takes: { provider: providerParameter, count: count("how many", 1, 100, 3) },
    provides: providesCall,
    setUp: async (stage, { provider, count }) => {
      let last: Values = {};
      for (let made = 0; made < count; made++) {
        last = await ended(stage, { provider, phone: callerParameter.preset, direction: "INBOUND", answered: true });
      }
      return last;
    },
  }),
  providerState({
    name: "no calls",
    about: "neither number has had a call",
    takes: { provider: providerParameter },
    provides: providesNumber,
    setUp: async (stage, { provider }) => {
      if (await hasCalls(stage)) await stage.reset();
      return stage.number(keyOf(provider));
    },
  }),
];

/** What a call is to be like. */
export interface WantedCall {
  readonly provider: CallingProvider;
  readonly phone: string;
  readonly direction: Direction;
}

export async function rings(stage: Stage, { provider, phone, direction }: WantedCall): Promise<Values> {
  if (direction === "INBOUND") return stage.inboundCall(provider, phone);
  const call = await stage.outboundCall(provider, phone);
  await stage.person(idOf(call), "ring");
  return call;
}

export async function answered(stage: Stage, wanted: WantedCall): Promise<Values> {
  const call = await rings(stage, wanted);
  await stage.pass("PT2S");
  if (wanted.direction === "OUTBOUND") await stage.person(idOf(call), "answer");
  else await stage.accept(wanted.provider, idOf(call));
  return call;
}

export async function ended(stage: Stage, wanted: WantedCall & { readonly answered: boolean }): Promise<Values> {
  const call = wanted.answered ? await answered(stage, wanted) : await rings(stage, wanted);
  await stage.pass(wanted.answered ? "PT60S" : "PT10S");
  await stage.person(idOf(call), "hang-up");
  return call;
}

function idOf(call: Values): string {
  return String(call["callId"]);
}

async function hasCalls(stage: Stage): Promise<boolean> {
  for (const key of ["meta", "evo"] as const) {
    const { calls } = await stage.request(key, "GET", "/calls?limit=1");
    if (Array.isArray(calls) && calls.length > 0) return true;
  }
  return false;
}
