import { type Control, isControlRefused } from "../../../mock/control/control.ts";
import { parseWait } from "../../../mock/domain/wait.ts";
import { type ControlOperationId, controlOperations } from "../../../spec/generated/operations.ts";
import type { Advance, ControlStep, Person } from "../case.ts";
import type { Play } from "../play.ts";
import { StepFailed } from "../result.ts";

/** A person does something. */
export async function person(play: Play, { person: acted }: Person): Promise<void> {
  const { call = "{callId}", ...body } = play.fill(acted);
  const { id, control } = play.world;
  await control.actAsPerson({ w: id, callId: play.fill(call), ...body });
}

/** Time passes. */
export async function advance(play: Play, { advance: wait }: Advance): Promise<void> {
  const { id, control } = play.world;
  const milliseconds = parseWait(wait) ?? 0;
  await control.advanceClock({ w: id, by: `PT${milliseconds / 1_000}S` });
}

/** An operation of the control API in the case's world. */
export async function controlStep(play: Play, step: ControlStep): Promise<void> {
  const { id, control } = play.world;
  if (!isControlOperation(step.control)) {
    throw new StepFailed(`There is no control operation ${step.control}. See spec/control.yaml.`);
  }
  // A parsed border: the control API checks the values itself.
  const run = control[step.control] as (input: Readonly<Record<string, unknown>>) => ReturnType<Control["getWorld"]>;
  const input = { w: id, ...play.fill(step.with ?? {}) };
  if (step.refusal !== undefined) return expectRefusal(step.control, step.refusal, () => run(input));
  const answer: unknown = await run(input);
  const mismatches = step.answer === undefined ? [] : await play.compare(step.answer, answer);
  if (mismatches.length > 0) throw new StepFailed(`${step.control} did not answer as expected.`, mismatches);
  if (step.capture !== undefined) play.capture(step.capture, answer);
}

async function expectRefusal(operation: string, code: string, run: () => Promise<unknown>): Promise<void> {
  const refused = await run().then(
    () => null,
    (error: unknown) => error,
  );
  if (refused === null) throw new StepFailed(`${operation} should be refused with ${code}, but succeeded.`);
  if (!isControlRefused(refused)) throw refused;
  if (refused.code === code) return;
  throw new StepFailed(`${operation} was refused with ${refused.code} in place of ${code}: ${refused.message}`);
}

function isControlOperation(name: string): name is ControlOperationId {
  return Object.hasOwn(controlOperations, name);
}
