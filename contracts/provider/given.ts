import type { Pact, WantedState } from "./pact.ts";
import type { InteractionResult } from "./results.ts";

/**
 * Adds the parameters of its states to each result: Pact's report has their names only.
 *
 * @param pacts those that were verified; of interactions that are called the same, each counts once
 */
export function withParameters(
  results: readonly InteractionResult[],
  pacts: readonly Pact[],
): readonly InteractionResult[] {
  const left = pacts.flatMap(({ consumer, interactions }) =>
    interactions.map(({ description, states }) => ({ key: keyOf(consumer, description, states), states })),
  );
  return results.map((result) => {
    const names = result.states.map((name) => ({ name }));
    const index = left.findIndex(({ key }) => key === keyOf(result.consumer, result.description, names));
    const [found] = index === -1 ? [] : left.splice(index, 1);
    return found === undefined ? result : { ...result, given: found.states.map(stateText) };
  });
}

function keyOf(consumer: string, description: string, states: readonly { readonly name: string }[]): string {
  return JSON.stringify([consumer, description, states.map(({ name }) => name)]);
}

/** @example stateText({ name: "a call rings", params: { provider: "META" } }) // a call rings {provider: META} */
function stateText({ name, params }: WantedState): string {
  const pairs = Object.entries(params).map(([parameter, value]) => `${parameter}: ${short(value)}`);
  return pairs.length === 0 ? name : `${name} {${pairs.join(", ")}}`;
}

/** An offer as a parameter is longer than any line. */
function short(value: unknown): string {
  const text = typeof value === "string" && /^\S+$/.test(value) ? value : (JSON.stringify(value) ?? "");
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
