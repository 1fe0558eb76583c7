import { expect, test } from "vitest";
import type { Contact } from "../../mock/domain/contact.ts";
import type { CallingNumber } from "../../mock/domain/number.ts";
import { defaultLimits } from "../../mock/domain/number.ts";
import { chooseScript } from "../../mock/domain/script-choice.ts";
import { emptyState } from "../../mock/domain/state.ts";

const evoGo: CallingNumber = {
  provider: "EVO_GO",
  connected: true,
  id: "num_1",
  number: "551140000002",
  name: "n",
  instanceName: "n",
  keyId: "k",
  script: null,
  limits: defaultLimits,
  createdAt: 0,
  updatedAt: 0,
};
const withDefault: CallingNumber = { ...evoGo, script: "silent" };

function worldKnowing(...contacts: readonly Contact[]) {
  const state = emptyState({ seed: "s", worldId: "w" });
  for (const contact of contacts) state.contacts.set(contact.phone, contact);
  return state;
}

const contact = (change: Partial<Contact>): Contact => ({
  phone: "5511900000002",
  name: null,
  script: null,
  reachable: true,
  ...change,
});

test("a person of whom nothing is known follows answer", () => {
  expect(chooseScript(worldKnowing(), evoGo, "5511988887777")).toBe("answer");
});

test("PEOPLE-024: the contact wins over the number dialled, that over the number's default, that over answer", () => {
  expect(chooseScript(worldKnowing(contact({ script: "echo" })), withDefault, "5511900000002")).toBe("echo");
  expect(chooseScript(worldKnowing(contact({})), withDefault, "5511900000002")).toBe("reject");
  expect(chooseScript(worldKnowing(), withDefault, "5511988887777")).toBe("silent");
});

test("EVO_GO calls somebody out of reach with the script unreachable, whatever their own is", () => {
  const state = worldKnowing(contact({ script: "echo", reachable: false }));
  expect(chooseScript(state, withDefault, "5511900000002")).toBe("unreachable");
});

test("a code in the number means nothing on EVO_GO", () => {
  expect(chooseScript(worldKnowing(), evoGo, "5511900138021")).toBe("answer");
});
