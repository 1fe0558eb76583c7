import type { PactDesk } from "../control/pact-desk.ts";
import type { StateTarget } from "./stage.ts";

/** Answers what is asked under `/_pact`. The states are loaded when the first verifier asks for one. */
export function pactDesk(target: () => StateTarget): PactDesk {
  return {
    changeState: async (change) => (await import("./callback.ts")).changeState(target(), change),
    provideMessage: async (message) => (await import("./message.ts")).provideMessage(target(), message),
  };
}
