import { choice, phone } from "../parameters.ts";
import { type ProviderState, providerState } from "../provider-state.ts";
import type { Stage } from "../stage.ts";
import { callable, providesPerson, stranger } from "./pieces.ts";

/** States of the people on the other side, and of what they allow a META number. */
export const peopleStates: readonly ProviderState[] = [
  providerState({
    name: "a person who allows calls",
    about: "a META number may call the person",
    takes: {
      phone: phone("the person", callable),
      permission: choice("for seven days or for good", ["temporary", "permanent"], "temporary"),
    },
    provides: providesPerson,
    setUp: async (stage, { phone, permission }) => {
      await stage.allow(phone, permission);
      return person(stage, phone);
    },
  }),
  providerState({
    name: "a person who allows no calls",
    about: "a META number may not call the person; a call is refused with 138006",
    takes: { phone: phone("the person", stranger) },
    provides: providesPerson,
    setUp: async (stage, { phone }) => {
      await stage.allow(phone, "none");
      return person(stage, phone);
    },
  }),
  providerState({
    name: "a person who was asked for permission today",
    about: "the person has been asked and has not answered; a second request is refused with 138009",
    takes: { phone: phone("the person", stranger) },
    provides: providesPerson,
    setUp: async (stage, { phone }) => {
      await stage.allow(phone, "none");
      await askForPermission(stage, phone);
      return person(stage, phone);
    },
  }),
  providerState({
    name: "a person who has not written for a day",
    about: "the service window is closed; a permission request is refused with 131047",
    takes: { phone: phone("the person", stranger) },
    provides: providesPerson,
    setUp: async (stage, { phone }) => {
      await stage.control.putContact({ w: stage.world, phone, permission: "none", serviceWindow: "closed" });
      return person(stage, phone);
    },
  }),
  providerState({
    name: "a person who can't be reached",
    about: "the person has no WhatsApp; a call of a META number is refused with 138001",
    takes: { phone: phone("the person", callable) },
    provides: providesPerson,
    setUp: async (stage, { phone }) => {
      await stage.control.putContact({ w: stage.world, phone, permission: "temporary", reachable: false });
      return person(stage, phone);
    },
  }),
  providerState({
    name: "the daily call limit is reached",
    about: "one call a day is allowed to the META number and was made; the next is refused with 138012",
    takes: { phone: phone("the person who was called, and may be called", callable) },
    provides: providesPerson,
    setUp: async (stage, { phone }) => {
      const { numberId } = stage.number("meta");
      const { callId = "" } = await stage.outboundCall("META", phone);
      await stage.person(String(callId), "answer");
      await stage.person(String(callId), "hang-up");
      await stage.control.updateNumber({ w: stage.world, id: numberId, limits: { connectedCallsPer24h: 1 } });
      return person(stage, phone);
    },
  }),
];

/** The META number asks a person whether it may call. */
export async function askForPermission(stage: Stage, to: string): Promise<void> {
  await stage.request("meta", "POST", "/calls/permissions/request", { to, text: "May we call you?" });
}

export function person(stage: Stage, phone: string) {
  return { phone: phone.replace(/\D/g, ""), key: stage.number("meta").key };
}
