import type { ProviderState } from "../../mock/pact/provider-state.ts";
import { providerStates } from "../../mock/pact/states/index.ts";
import { codes, table } from "./markdown.ts";
import { markdownHeadline } from "./text.ts";

function parameterText({ takes }: ProviderState): string {
  const texts = Object.entries(takes).map(
    ([name, { expected, preset }]) => `\`${name}\`: ${expected} (\`${String(preset)}\`)`,
  );
  return texts.length === 0 ? "–" : texts.join("; ");
}

function row(state: ProviderState): string[] {
  return [`\`${state.name}\``, state.about, parameterText(state), codes(Object.keys(state.provides))];
}

function valueRows(): string[][] {
  const all = [...providerStates.values()].flatMap(({ provides }) => Object.entries(provides));
  return [...new Map(all)].map(([name, about]) => [`\`${name}\``, about]);
}

/** `docs/provider-states.md`: every state, with what it takes and what it provides. */
export function statesPage(source: string): string {
  const lines = [
    markdownHeadline(source),
    "# Provider states",
    "",
    "What a pact's `given` can say of the sandbox. The same list on the terminal: `calls-sandbox verify --states`. How they are",
    "used: [contracts](contracts.md).",
    "",
    "Every parameter may be left out, and then has the value in brackets. Beside them each state takes `world`, the id of the",
    "world to act on, which is `default` otherwise. From the moment a state is brought about, nobody rings, answers or hangs",
    "up by himself in that world; the teardown puts the world back to its beginning.",
    "",
    ...table(["State", "What is so then", "Parameters", "Provides"], [...providerStates.values()].map(row)),
    "## What they provide",
    "",
    "Values for a pact's generators, for example `callId` in the path of a request. A pact that names a `world` takes its",
    "`key` from here, since every world has keys of its own.",
    "",
    ...table(["Value", "What it is"], valueRows()),
  ];
  return `${lines.join("\n").trim()}\n`;
}
