import { words } from "../parameters.ts";
import { type ProviderState, providerState } from "../provider-state.ts";
import { keyOf } from "../stage.ts";
import { nowhere, providerParameter, providesNumber } from "./pieces.ts";

/** States of the sandbox itself, and of what surrounds the calls. */
export const otherStates: readonly ProviderState[] = [
  providerState({
    name: "a fresh sandbox",
    about: "the world is at its beginning",
    takes: { provider: providerParameter },
    provides: providesNumber,
    setUp: async (stage, { provider }) => {
      await stage.reset();
      return stage.number(keyOf(provider));
    },
  }),
  providerState({
    name: "a webhook is registered",
    about: "the number has a webhook for every event",
    takes: { provider: providerParameter, url: words("where it goes", nowhere) },
    provides: { ...providesNumber, webhookId: "the id of the webhook" },
    setUp: async (stage, { provider, url }) => {
      const key = keyOf(provider);
      const { id } = await stage.request(key, "POST", "/webhooks", { url, name: "Pact", events: ["*"] });
      return { ...stage.number(key), webhookId: String(id) };
    },
  }),
  providerState({
    name: "the next request is refused",
    about: "the next request of the operation is answered with the code; for refusals that no other state brings about",
    takes: {
      operation: words("which operation, by its operationId", "startCall"),
      code: words("the code, or Meta's number", "META_CALL_LIMIT"),
    },
    provides: {},
    setUp: async (stage, { operation, code }) => {
      const effect = { type: "refusal", code } as const;
      await stage.control.addFault({ w: stage.world, target: { operation }, effect, trigger: { next: 1 } });
      return {};
    },
  }),
];
