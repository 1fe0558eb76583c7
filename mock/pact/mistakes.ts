import { didYouMean, shown } from "../config/words.ts";
import type { GivenParameters, ProviderState } from "./provider-state.ts";
import { providerStates } from "./states/index.ts";

/** Beside the state's own parameters: which world to act on (CTRL-051). */
export const worldParameter = "world";

/** What a pact says of a state, and can't be. */
export interface StateMistake {
  /** The parameter at fault; null when it is the state itself. */
  readonly parameter: string | null;
  readonly message: string;
}

/**
 * What is wrong with a provider state as a pact names it; null when nothing is.
 *
 * @example stateMistake("a ringing call", {})?.message // There is no provider state "a ringing call". Did you mean …
 */
export function stateMistake(name: string, given: GivenParameters): StateMistake | null {
  const state = providerStates.get(name);
  if (state === undefined) return { parameter: null, message: unknownState(name) };
  for (const [parameter, value] of Object.entries(given)) {
    const message = parameterMistake(state, parameter, value);
    if (message !== null) return { parameter, message: `${name}: ${parameter} ${message}` };
  }
  return null;
}

function parameterMistake({ takes }: ProviderState, parameter: string, value: unknown): string | null {
  if (parameter === worldParameter) {
    return typeof value === "string" ? null : `must be the name of a world, but was ${shown(value)}.`;
  }
  const known = Object.hasOwn(takes, parameter) ? takes[parameter] : undefined;
  if (known === undefined) {
    const names = [...Object.keys(takes), worldParameter];
    return `is not one of its parameters. ${didYouMean(parameter, names)}It takes ${names.join(", ")}.`;
  }
  if (value === null || known.read(value) !== undefined) return null;
  return `must be ${known.expected}, but was ${shown(value)}.`;
}

function unknownState(name: string): string {
  const near = didYouMean(name, providerStates.keys()) || nearestByWords(name);
  return `There is no provider state ${JSON.stringify(name.slice(0, 200))}. ${near}All of them: calls-sandbox verify --states.`;
}

/** A state is a sentence, so one with most of the same words is near even if many letters differ. */
function nearestByWords(name: string): string {
  const wanted = significant(name);
  const near = [...providerStates.keys()]
    .map((candidate) => ({ candidate, shared: significant(candidate).filter((word) => wanted.includes(word)).length }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared)
    .slice(0, 3)
    .map(({ candidate }) => JSON.stringify(candidate));
  return near.length === 0 ? "" : `The nearest: ${near.join(", ")}. `;
}

function significant(sentence: string): readonly string[] {
  return sentence.toLowerCase().match(/[a-z_]{4,}/g) ?? [];
}
