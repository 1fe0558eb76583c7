import { answered, declined, type Outcome } from "../api/outcome.ts";
import { ControlRefused } from "../control/control.ts";
import { type Refusal, refuse } from "../domain/refusals/refusal.ts";
import { stateMistake, worldParameter } from "./mistakes.ts";
import type { GivenParameters, Values } from "./provider-state.ts";
import { Stage, StateRefused, type StateTarget } from "./stage.ts";
import { providerStates } from "./states/index.ts";

/** What a verifier says of an interaction that is to come, or is over. */
export interface StateChange {
  readonly state?: string;
  readonly states?: readonly string[];
  readonly params?: GivenParameters | null;
  readonly action?: "setup" | "teardown";
}

/**
 * Brings a provider state about, or puts the world back to its beginning (PACT-001, PACT-002).
 *
 * @returns the values that the state provides; of several, all of them
 */
export async function changeState(target: StateTarget, change: StateChange): Promise<Outcome<Values>> {
  const { action = "setup" } = change;
  const params = change.params ?? {};
  const names = (change.state === undefined ? (change.states ?? []) : [change.state]).filter((name) => name !== "");
  const refusal = names.map((name) => refuseState(name, params)).find((found) => found !== null);
  if (refusal !== undefined) return declined(refusal);
  const world = String(params[worldParameter] ?? "default");
  return orRefused(async () => {
    if (action === "setup" && names.length > 0) return setUp(target, world, names, params);
    await target.control.resetWorld({ w: world });
    return answered({});
  });
}

/**
 * What came of something that the world itself may refuse: it does not exist, or its disk is full.
 *
 * @returns the refusal, where there was one
 */
export async function orRefused<Body>(run: () => Promise<Outcome<Body>>): Promise<Outcome<Body>> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ControlRefused)) throw error;
    const { message } = error;
    return declined(refuse(error.code === "STORAGE_FULL" ? "STORAGE_FULL" : "WORLD_NOT_FOUND", { message }));
  }
}

async function setUp(
  target: StateTarget,
  world: string,
  names: readonly string[],
  params: GivenParameters,
): Promise<Outcome<Values>> {
  const stage = await Stage.open(target, world);
  let values: Values = {};
  for (const name of names) {
    try {
      values = { ...values, ...(await providerStates.get(name)?.setUp(stage, params)) };
    } catch (error) {
      if (!(error instanceof ControlRefused) && !(error instanceof StateRefused)) throw error;
      await target.control.resetWorld({ w: world });
      return declined(impossible(name, error));
    }
  }
  return answered(values);
}

function refuseState(name: string, params: GivenParameters): Refusal | null {
  const mistake = stateMistake(name, params);
  if (mistake === null) return null;
  const { parameter, message } = mistake;
  if (parameter === null) return refuse("PROVIDER_STATE_NOT_FOUND", { message });
  const issues = [{ path: `params.${parameter}`, message }];
  return refuse("VALIDATION_ERROR", { message, behaviour: "PACT-004", details: { issues } });
}

function impossible(name: string, { message }: Error): Refusal {
  return refuse("PROVIDER_STATE_NOT_POSSIBLE", {
    message: `The state ${name} can't be brought about: ${message}`,
  });
}
