import { ControlRefused } from "../control/control.ts";
import type { WebhookEvent } from "../domain/subscription.ts";
import type { Sandbox } from "../sandbox.ts";
import {
  done,
  type Played,
  type ScenarioOptions,
  type ScenarioResult,
  StepRefused,
  type StepResult,
} from "./options.ts";
import { Run } from "./run.ts";
import { type Scenario, type Step, type StepKind, stepKinds } from "./scenario.ts";
import { ask } from "./steps/ask.ts";
import { expectDelivery } from "./steps/expect-delivery.ts";
import { expectRequest } from "./steps/expect-request.ts";
import { makeRequest } from "./steps/request.ts";
import { resend } from "./steps/resend.ts";
import * as setUp from "./steps/set-up.ts";
import { verdict } from "./steps/verdict.ts";
import { type ScenarioTarget, targetOf } from "./target.ts";

/**
 * Plays a scenario in a world of its own, step by step. Expectations that are not met don't end it; a step that can't be
 * played does.
 *
 * @param sandbox a sandbox of this process, or one behind an address
 * @returns what became of every step, and the verdict
 * @throws ControlRefused when the world can't be created; whatever `onStart` or `onAsk` throws
 * @example
 * const { verdict } = await runScenario(sandbox, scenarios.get("duplicate-terminate"), { webhook: url });
 */
export async function runScenario(
  sandbox: Sandbox | ScenarioTarget,
  scenario: Scenario,
  options: ScenarioOptions = {},
): Promise<ScenarioResult> {
  const target = targetOf(sandbox);
  const { clock = "virtual", mode = "manual" } = scenario;
  const { id: world, keys } = await target.control.createWorld({
    clock,
    mode,
    ...(options.world === undefined ? {} : { id: options.world }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  });
  const run = new Run({ target, options, world, keys, clock });
  await subscribe(run, scenario);
  await options.onStart?.({ world, keys });
  const steps = await playAll(run, scenario);
  await run.answered();
  run.complain();
  return { name: scenario.name, bug: scenario.bug ?? null, world, verdict: verdictOf(steps), steps };
}

const families: readonly (readonly WebhookEvent[])[] = [
  ["call.ringing", "call.connected", "call.ended", "call.missed", "call.permission_updated"],
  ["calls"],
  ["messages"],
];

/** One webhook for each family of events, since the events of one webhook wait for each other (HOOK-SUB-038). */
async function subscribe(run: Run, { events = families.flat() }: Scenario): Promise<void> {
  const { webhook } = run.options;
  if (webhook === undefined) return;
  for (const family of families) {
    const wanted = family.filter((event) => events.includes(event));
    for (const key of wanted.length === 0 ? [] : (["meta", "evo"] as const)) {
      const { status, body } = await run.request("POST", "/v1/webhooks", {
        key,
        body: { url: webhook, name: "scenario", events: wanted },
      });
      if (status !== 201) throw new Error(`The receiver ${webhook} can't be subscribed: ${setUp.reason(body)}`);
    }
  }
}

async function playAll(run: Run, scenario: Scenario): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  for (const [index, step] of scenario.steps.entries()) {
    const played = await tryToPlay(run, step);
    const result = { step: index + 1, kind: kindOf(step), ...played.result };
    results.push(result);
    run.options.onStep?.(result);
    if (!played.goesOn) break;
  }
  return results;
}

async function tryToPlay(run: Run, step: Step): Promise<{ readonly result: Played; readonly goesOn: boolean }> {
  try {
    return { result: await play(run, step), goesOn: true };
  } catch (error) {
    if (!(error instanceof ControlRefused) && !(error instanceof StepRefused)) throw error;
    const text = `${kindOf(step)} could not be played, so the scenario ends here: ${error.message}`;
    return { result: { outcome: "fail", text }, goesOn: false };
  }
}

async function play(run: Run, step: Step): Promise<Played> {
  return (await bringAbout(run, step)) ?? (await involveClient(run, step));
}

/** Steps that make something happen in the world; null for every other. */
async function bringAbout(run: Run, step: Step): Promise<Played | null> {
  if ("say" in step) return done(step.say);
  if ("contact" in step) return setUp.putContact(run, step.contact);
  if ("number" in step) return setUp.changeNumber(run, step.number);
  if ("fault" in step) return setUp.addFault(run, step.fault);
  if ("clearFaults" in step) return setUp.clearFaults(run);
  if ("inboundCall" in step) return setUp.inboundCall(run, step.inboundCall);
  if ("startCall" in step) return setUp.startCall(run, step.startCall);
  if ("person" in step) return setUp.actAsPerson(run, step.person);
  if ("permissionReply" in step) return setUp.permissionReply(run, step.permissionReply);
  if ("advance" in step) return setUp.advance(run, step.advance);
  return "wait" in step ? setUp.wait(step.wait) : null;
}

/** Steps that the client has a part in. */
async function involveClient(run: Run, step: Step): Promise<Played> {
  if ("request" in step) return makeRequest(run, step.request);
  if ("resend" in step) return resend(run, step.resend);
  if ("ask" in step) return ask(run, step.ask);
  if ("expectDelivery" in step) return expectDelivery(run, step.expectDelivery);
  if ("expectRequest" in step) return expectRequest(run, step.expectRequest);
  if ("verdict" in step) return verdict(run, step.verdict);
  throw new StepRefused(`There is no step ${kindOf(step)}.`);
}

function kindOf(step: Step): StepKind {
  return stepKinds.find((kind) => kind in step) ?? "say";
}

function verdictOf(steps: readonly StepResult[]): ScenarioResult["verdict"] {
  if (steps.some(({ outcome }) => outcome === "fail")) return "fail";
  return steps.some(({ outcome }) => outcome === "look") ? "look" : "pass";
}
