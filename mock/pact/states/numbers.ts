import { choice } from "../parameters.ts";
import { type ProviderState, providerState } from "../provider-state.ts";
import { keyOf } from "../stage.ts";
import { providerParameter, providesNumber } from "./pieces.ts";

/** States of the business numbers. */
export const numberStates: readonly ProviderState[] = [
  providerState({
    name: "a connected number",
    about: "the number is connected and can call",
    takes: { provider: providerParameter },
    provides: providesNumber,
    setUp: async (stage, { provider }) => {
      const values = stage.number(keyOf(provider));
      await stage.control.updateNumber({ w: stage.world, id: values.numberId, connected: true });
      return values;
    },
  }),
  providerState({
    name: "an EVO_GO number that is not connected",
    about: "every request with its key is refused with 409 WHATSAPP_INSTANCE_NOT_CONNECTED",
    takes: {},
    provides: providesNumber,
    setUp: async (stage) => {
      const values = stage.number("evoOffline");
      await stage.control.updateNumber({ w: stage.world, id: values.numberId, connected: false });
      return values;
    },
  }),
  providerState({
    name: "calling is switched off",
    about: "the META number's calling settings say DISABLED; a call is refused with 138000",
    takes: {},
    provides: providesNumber,
    setUp: async (stage) => {
      await stage.request("meta", "PUT", "/calls/settings", { status: "DISABLED" });
      return stage.number("meta");
    },
  }),
  providerState({
    name: "a number that may not enable calling",
    about: "the messaging limit of the META number is too low; enabling calling is refused with 138015",
    takes: {},
    provides: providesNumber,
    setUp: async (stage) => stage.number("metaLowTier"),
  }),
  providerState({
    name: "a number of another provider",
    about: "every calls operation is refused with 400 FEATURE_NOT_SUPPORTED",
    takes: {},
    provides: providesNumber,
    setUp: async (stage) => stage.number("other"),
  }),
  providerState({
    name: "the number is restricted",
    about: "the META number's calling is paused for low quality; a call is refused with 138014",
    takes: {},
    provides: providesNumber,
    setUp: async (stage) => {
      const values = stage.number("meta");
      await stage.control.updateNumber({ w: stage.world, id: values.numberId, restricted: true });
      return values;
    },
  }),
  providerState({
    name: "a limit is used up",
    about: "the META number may do no more of it: calls at once 138002, new calls 138005, probes 613",
    takes: {
      limit: choice("which limit", ["concurrentCalls", "newCallsPer24h", "probesPerSecond"], "concurrentCalls"),
    },
    provides: providesNumber,
    setUp: async (stage, { limit }) => {
      const values = stage.number("meta");
      await stage.control.updateNumber({ w: stage.world, id: values.numberId, limits: { [limit]: 0 } });
      return values;
    },
  }),
];
