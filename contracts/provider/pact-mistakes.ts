import { eventOf, messageEvents, stateMistake } from "../../mock/pact/index.ts";
import type { Interaction, Pact } from "./pact.ts";

/**
 * What of some pacts the sandbox can't bring about: unknown states, wrong parameters, messages of no event.
 *
 * @returns one sentence each, with where it stands; none when all is well
 */
export function pactMistakes(pacts: readonly Pact[]): readonly string[] {
  return pacts.flatMap(({ source, interactions }) =>
    interactions.flatMap((interaction) =>
      mistakesOf(interaction).map((mistake) => `${source}, ${JSON.stringify(interaction.description)}: ${mistake}`),
    ),
  );
}

function mistakesOf({ kind, description, states }: Interaction): readonly string[] {
  const wrong = states.flatMap(({ name, params }) => {
    const mistake = name === "" ? null : stateMistake(name, params);
    return mistake === null ? [] : [mistake.message];
  });
  if (kind === "http" || eventOf(description) !== undefined) return wrong;
  return [...wrong, `the description of a message must begin with its event, one of ${messageEvents.join(", ")}.`];
}
