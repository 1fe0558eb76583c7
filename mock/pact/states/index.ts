import type { ProviderState } from "../provider-state.ts";
import { callStates } from "./calls.ts";
import { messageStates } from "./messages.ts";
import { numberStates } from "./numbers.ts";
import { otherStates } from "./others.ts";
import { peopleStates } from "./people.ts";

/** Every provider state by name, in reading order. */
export const providerStates: ReadonlyMap<string, ProviderState> = new Map(
  [...numberStates, ...peopleStates, ...callStates, ...messageStates, ...otherStates].map(
    (state) => [state.name, state] as const,
  ),
);
