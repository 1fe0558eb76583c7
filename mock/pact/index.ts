/** Pact's provider states and messages, as programs use them. */
export { changeState, type StateChange } from "./callback.ts";
export { eventOf, messageEvents, provideMessage, type WantedMessage } from "./message.ts";
export { type StateMistake, stateMistake } from "./mistakes.ts";
export type { Parameter } from "./parameters.ts";
export type { ProviderState, Values } from "./provider-state.ts";
export type { StateTarget } from "./stage.ts";
export { providerStates } from "./states/index.ts";
