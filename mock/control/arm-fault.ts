import { controlValidators } from "../../spec/generated/control-validators.js";
import { controlOperations } from "../../spec/generated/operations.ts";
import { refuseBody } from "../api/validate-body.ts";
import { type Refusal, refuse } from "../domain/refusals/refusal.ts";
import { mostFaults } from "../faults/fault-book.ts";
import { readRule } from "../faults/read-rule.ts";
import type { ArmedFault, FaultBody, FaultMistake, FaultTarget } from "../faults/rule.ts";
import { SandboxOptionError } from "../sandbox-options.ts";
import type { Place } from "../world/worlds.ts";
import { callNamed, numberNamed } from "./find.ts";

export type Armed =
  | { readonly ok: true; readonly fault: ArmedFault }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Arms a rule in a world, or says what contradicts itself in it (CTRL-047).
 *
 * @param lasting a reset lets the rule start anew instead of removing it
 */
export function armFault(place: Place, body: FaultBody, lasting = false): Armed {
  const read = readRule(body);
  if (!read.ok) return { ok: false, refusal: contradiction(read.mistakes) };
  if (place.faults.size >= mostFaults) return { ok: false, refusal: tooMany() };
  const found = findTarget(place, read.rule.target, body.target);
  if (!found.ok) return found;
  return { ok: true, fault: place.faults.add({ ...read.rule, target: found.target }, lasting) };
}

/**
 * Arms the rules that a sandbox starts with.
 *
 * @throws SandboxOptionError when one of them is no rule, or contradicts itself
 */
export function armFaults(place: Place, faults: readonly FaultBody[]): void {
  for (const [index, body] of faults.entries()) {
    const refusal = refuseBody(controlOperations.addFault, controlValidators.addFault, body, false);
    const armed: Armed = refusal === null ? armFault(place, body, true) : { ok: false, refusal };
    if (armed.ok) continue;
    const expected = `a fault rule that makes sense (${armed.refusal.message.replace(/\.$/, "")})`;
    throw new SandboxOptionError(`faults[${index}]`, expected, body);
  }
}

type Found = { readonly ok: true; readonly target: FaultTarget } | { readonly ok: false; readonly refusal: Refusal };

/** Puts ids in place of the names that the target uses; a name that the world doesn't have is a mistake. */
function findTarget(place: Place, target: FaultTarget, body: FaultBody["target"]): Found {
  const call = target.callId === null ? null : callNamed(place, target.callId);
  if (call?.ok === false) return call;
  const named = body.number ?? target.numberId;
  const number = named === null ? null : numberNamed(place, named);
  if (number?.ok === false) return number;
  return { ok: true, target: { ...target, callId: call?.call.id ?? null, numberId: number?.number.id ?? null } };
}

function contradiction(mistakes: readonly FaultMistake[]): Refusal {
  return refuse("VALIDATION_ERROR", {
    message: `The fault rule contradicts itself: ${mistakes.map(({ message }) => message).join("; ")}.`,
    behaviour: "CTRL-047",
    details: { issues: mistakes.map(({ path, message }) => ({ path, message })) },
  });
}

function tooMany(): Refusal {
  const message = `There are ${mostFaults} fault rules already, as many as a world may have`;
  return refuse("VALIDATION_ERROR", {
    message: `${message}. Remove some with DELETE /_sandbox/worlds/{w}/faults/{id}, or all with DELETE …/faults.`,
    behaviour: "CTRL-068",
    details: { issues: [{ path: "", message }] },
  });
}
