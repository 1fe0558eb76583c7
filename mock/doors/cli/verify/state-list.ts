import { type ProviderState, providerStates } from "../../../pact/index.ts";

/** Every provider state: name, what it is, what it takes and what it provides. */
export function stateList(json: boolean): string {
  const states = [...providerStates.values()];
  if (json) return JSON.stringify(states.map(asJson));
  const end = `Every state takes world too: the id of the world to act on (default).`;
  return [...states.map(asText), end].join("\n\n");
}

function asJson({ name, about, takes, provides }: ProviderState): object {
  const parameters = Object.entries(takes).map(([parameter, { about, expected, preset }]) => ({
    name: parameter,
    about,
    accepts: expected,
    default: preset,
  }));
  const values = Object.entries(provides).map(([value, about]) => ({ name: value, about }));
  return { name, about, parameters, provides: values };
}

function asText({ name, about, takes, provides }: ProviderState): string {
  const parameters = Object.entries(takes).map(
    ([parameter, { about, expected, preset }]) => `    ${parameter}: ${about}; ${expected} (${String(preset)})`,
  );
  const values = Object.keys(provides);
  return [
    `${name}\n  ${about}`,
    ...(parameters.length === 0 ? [] : ["  takes", ...parameters]),
    ...(values.length === 0 ? [] : [`  provides ${values.join(", ")}`]),
  ].join("\n");
}
