import { isOpen } from "../domain/call.ts";
import type { Command } from "../domain/commands.ts";
import { pairKey } from "../domain/pair.ts";
import type { Timer } from "../domain/ring-timer.ts";
import { chooseScript } from "../domain/script-choice.ts";
import type { WorldState } from "../domain/state.ts";
import type { Subject } from "../world/subject.ts";
import type { TimerSource } from "../world/world.ts";
import type { Script, ScriptBook } from "./script.ts";

/**
 * The simulated WhatsApp users of a world. Their next act follows from the state of a call and from their script, so
 * nothing about them has to be stored, and they act only through the commands that everybody else uses.
 *
 * @example world.addTimerSource(people(builtInScripts))
 */
export function people(scripts: ScriptBook): TimerSource {
  return (state, subject) => {
    if (state.mode === "manual") return [];
    if (subject.kind === "call") return nextStep(scripts, state, subject.callId);
    return subject.kind === "pair" ? nextReply(scripts, state, subject) : [];
  };
}

function nextStep(scripts: ScriptBook, state: WorldState, callId: string): readonly Timer[] {
  const call = state.calls.get(callId);
  const live = state.live.get(callId);
  if (call === undefined || live === undefined || !isOpen(call)) return [];
  const script = scriptNamed(scripts, live.script);
  const step = script?.[phaseOf(call)][live.stepsTaken];
  if (step === undefined) return [];
  const command: Command = { type: "actAsPerson", callId, action: step.action, step: live.stepsTaken };
  return [{ at: live.steppedAt + step.afterMs, command }];
}

function phaseOf(call: { status: string; direction: string }): "called" | "calling" | "answered" {
  if (call.status === "ACCEPTED") return "answered";
  return call.direction === "OUTBOUND" ? "called" : "calling";
}

function nextReply(scripts: ScriptBook, state: WorldState, subject: Subject & { kind: "pair" }): readonly Timer[] {
  const { numberId, phone } = subject;
  const request = state.pairs.get(pairKey(numberId, phone))?.request;
  const number = state.numbers.get(numberId);
  if (!request || request.decidedAt !== null || number?.provider !== "META") return [];
  const reply = scriptNamed(scripts, chooseScript(state, number, phone))?.permission;
  if (reply === undefined || reply.reply === "ignore") return [];
  const command: Command = {
    type: "replyToPermissionRequest",
    numberId,
    phone,
    response: reply.reply === "reject" ? "reject" : "accept",
    permanent: reply.reply === "accept-always",
  };
  return [{ at: request.requestedAt + reply.afterMs, command }];
}

/** A script that is no longer there (its file changed between two starts) is replaced by the default one. */
function scriptNamed(scripts: ScriptBook, name: string): Script | undefined {
  return scripts.get(name) ?? scripts.get("answer");
}
