import { isControlRefused } from "../../mock/control/control.ts";
import { StepRefused } from "../../mock/scenarios/options.ts";
import { NoAnswer } from "../http/bounded-fetch.ts";
import type { Case, Step } from "./case.ts";
import { Play } from "./play.ts";
import { type CaseResult, CaseSkipped, type Failure, resultOf, StepFailed } from "./result.ts";
import { call } from "./steps/call.ts";
import { advance, controlStep, person } from "./steps/control.ts";
import { sdp } from "./steps/sdp.ts";
import { sdpLines } from "./steps/sdp-lines.ts";
import { race, send } from "./steps/send.ts";
import { socket } from "./steps/socket.ts";
import { wacid } from "./steps/wacid.ts";
import { receiver, webhook, webhooks } from "./steps/webhook.ts";
import type { Target } from "./targets/target.ts";

/**
 * Plays a case against a service, until its end or the first step that does not go as it says.
 *
 * @returns what became of it; a service that doesn't answer is a failure of the case, not of the run
 * @example for (const each of cases) report(await playCase(each, target));
 */
export async function playCase(of: Case, target: Target): Promise<CaseResult> {
  const began = performance.now();
  const skipped = target.lacks(of);
  if (skipped !== null) return resultOf(of, { skipped, milliseconds: 0 });
  const went = await play(of, target).catch((error: unknown) => {
    if (error instanceof CaseSkipped) return error;
    throw error;
  });
  const milliseconds = Math.round(performance.now() - began);
  if (went instanceof CaseSkipped) return resultOf(of, { skipped: went.message, milliseconds });
  return resultOf(of, { milliseconds, ...(went === null ? {} : { failure: went }) });
}

async function play(of: Case, target: Target): Promise<Failure | null> {
  const stage = await target.enter(of).catch((error: unknown) => expected(error));
  if (stage instanceof Error) return failureAt("before the first step", stage.message);
  const played = new Play(of, stage);
  let failure: Failure | null = null;
  let left: readonly string[] = [];
  try {
    failure = await playSteps(played, of.steps, "step ");
  } finally {
    for (const open of played.sockets.values()) await open.close();
    left = await stage.leave().catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
  }
  if (failure !== null || left.length === 0) return failure;
  return failureAt("after the last step", `Not everything could be taken back: ${left.join("; ")}.`);
}

function failureAt(step: string, message: string): Failure {
  return { step, message, mismatches: [], exchange: null };
}

async function playSteps(play: Play, steps: readonly Step[], place: string): Promise<Failure | null> {
  for (const [index, step] of steps.entries()) {
    const before = play.exchanges.length;
    const where = `${place}${index + 1}`;
    try {
      const inner = await playStep(play, step, where);
      if (inner !== null) return inner;
    } catch (error) {
      const { message, mismatches } = expected(error);
      const exchange = play.exchanges.slice(before).at(-1) ?? null;
      return { step: `${where}, ${headline(step)}`, message, mismatches, exchange };
    }
  }
  return null;
}

async function playStep(play: Play, step: Step, where: string): Promise<Failure | null> {
  if ("repeat" in step) return repeat(play, step, where);
  if ("socket" in step) await socket(play, step);
  else if ("send" in step) await send(play, step);
  else if ("race" in step) await race(play, step);
  else if ("call" in step) await call(play, step);
  else if ("person" in step) await person(play, step);
  else if ("control" in step) await controlStep(play, step);
  else if ("advance" in step) await advance(play, step);
  else if ("receiver" in step) await receiver(play, step);
  else if ("webhook" in step) await webhook(play, step);
  else if ("webhooks" in step) await webhooks(play, step);
  else if ("sdpLines" in step) await sdpLines(play, step);
  else if ("wacid" in step) await wacid(play, step);
  else await sdp(play, step);
  return null;
}

async function repeat(play: Play, step: Extract<Step, { repeat: number }>, where: string): Promise<Failure | null> {
  for (let round = 1; round <= step.repeat; round++) {
    play.names.set("round", String(round));
    const failure = await playSteps(play, step.steps, `${where}, round ${round}, step `);
    if (failure !== null) return failure;
  }
  return null;
}

/** The first words of a step, as the file has them. */
function headline(step: Step): string {
  const [kind = "", value] = Object.entries(step)[0] ?? [];
  return typeof value === "string" || typeof value === "number" ? `${kind}: ${value}` : kind;
}

/** Errors that speak of the service; any other is a bug of the suite and ends the run. */
function expected(error: unknown): StepFailed {
  if (error instanceof StepFailed) return error;
  if (isControlRefused(error)) return new StepFailed(`The sandbox refused: ${error.message} (${error.code})`);
  if (error instanceof StepRefused || error instanceof NoAnswer) return new StepFailed(error.message);
  throw error;
}
