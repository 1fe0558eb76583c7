import { didYouMean } from "../../mock/config/words.ts";
import { providerStates } from "../../mock/pact/index.ts";
import type { Interaction, Pact } from "./pact.ts";

/**
 * Values that an interaction takes from its states and that none of them provides: Pact then sends the example, and the
 * answer is about an id that nobody has.
 *
 * @returns one sentence each, with where it stands
 */
export function unprovidedValues(pacts: readonly Pact[]): readonly string[] {
  return pacts.flatMap(({ source, interactions }) =>
    interactions.flatMap((interaction) =>
      unprovidedIn(interaction).map((said) => `${source}, ${JSON.stringify(interaction.description)}: ${said}`),
    ),
  );
}

function unprovidedIn({ states, stateValues }: Interaction): readonly string[] {
  const provided = states.flatMap(({ name }) => Object.keys(providerStates.get(name)?.provides ?? {}));
  // Verifiers count a state's own parameters among its values, too.
  const known = new Set([...provided, ...states.flatMap(({ params }) => Object.keys(params))]);
  const all = provided.length === 0 ? "They provide nothing." : `They provide ${[...new Set(provided)].join(", ")}.`;
  return stateValues
    .filter((name) => !known.has(name))
    .map((name) => `none of its states provides \${${name}}, so the example is sent. ${didYouMean(name, known)}${all}`);
}
