import type { Parameter } from "./parameters.ts";
import type { Stage } from "./stage.ts";

/** What a provider state hands back for a pact's generators, by name. */
export type Values = Readonly<Record<string, string | number>>;

type Takes = Readonly<Record<string, Parameter<string | number | boolean>>>;
type Given<Wanted extends Takes> = {
  readonly [Name in keyof Wanted]: Wanted[Name] extends Parameter<infer Value> ? Value : never;
};

/** A situation that a pact can ask for by name. */
export interface ProviderState {
  readonly name: string;
  /** What is so once it was brought about. */
  readonly about: string;
  readonly takes: Takes;
  /** What it provides, by name, each with what that is. */
  readonly provides: Readonly<Record<string, string>>;
  /**
   * Brings it about.
   *
   * @param given as a pact has it; `parameterMistake` must have found nothing in it
   * @throws ControlRefused, StateRefused when the world does not allow it
   */
  readonly setUp: (stage: Stage, given: GivenParameters) => Promise<Values>;
}

/** Parameters as a pact holds them. */
export type GivenParameters = Readonly<Record<string, unknown>>;

/** A provider state whose `setUp` has its parameters with their types. */
export function providerState<Wanted extends Takes>(state: {
  readonly name: string;
  readonly about: string;
  readonly takes: Wanted;
  readonly provides: Readonly<Record<string, string>>;
  readonly setUp: (stage: Stage, given: Given<Wanted>) => Promise<Values>;
}): ProviderState {
  return { ...state, setUp: (stage, given) => state.setUp(stage, read(state.takes, given)) };
}

function read<Wanted extends Takes>(takes: Wanted, given: GivenParameters): Given<Wanted> {
  const values = Object.entries(takes).map(([name, { read, preset }]) => [name, read(given[name]) ?? preset]);
  // Each value was read, or preset, by the parameter that gives it its type.
  return Object.fromEntries(values) as Given<Wanted>;
}
