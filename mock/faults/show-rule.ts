import { type MetaRefusalCode, metaErrors } from "../domain/refusals/meta-errors.ts";
import type { Happening } from "./fault-book.ts";
import type { EffectOf, FaultBody, FaultEffect, FaultRule, FaultTarget, FaultTrigger } from "./rule.ts";

/** A rule as it could have been written: with its defaults, and with the ids that its names stood for. */
export function ruleBody({ target, trigger, effect }: FaultRule): Required<FaultBody> {
  return { target: targetBody(target), trigger: triggerBody(trigger), effect: effectBody(effect) };
}

function targetBody({ kind, name, callId, numberId, to }: FaultTarget): FaultBody["target"] {
  return {
    ...(kind === "request" ? { operation: name } : kind === "webhook" ? { event: name } : {}),
    ...(kind === "media" && isMedia(name) ? { media: name } : {}),
    ...(callId === null ? {} : { callId }),
    ...(numberId === null ? {} : { numberId }),
    ...(to === null ? {} : { to }),
  };
}

function isMedia(name: string): name is "*" | "realtime" | "webrtc" {
  return name === "*" || name === "realtime" || name === "webrtc";
}

function triggerBody(trigger: FaultTrigger): NonNullable<FaultBody["trigger"]> {
  if (trigger.type === "always") return { always: true };
  if (trigger.type === "probability") return { probability: trigger.share };
  return trigger.type === "next" ? { next: trigger.count } : { every: trigger.count };
}

/** What an effect does, in the fields of a rule; also of one that has happened. */
export function effectBody(effect: FaultEffect | Happening<EffectOf["request"]>): FaultBody["effect"] {
  if (effect.type === "latency") {
    if ("ms" in effect) return effect;
    return effect.minMs === effect.maxMs ? { type: "latency", ms: effect.minMs } : effect;
  }
  if (effect.type !== "refusal") return effect;
  const { refused } = effect;
  if (refused.by === "gateway") return { type: "refusal", code: refused.code };
  const { code, style } = refused;
  return { type: "refusal", code: metaName(code), ...(style === null ? {} : { style }) };
}

function metaName(code: MetaRefusalCode): string {
  return metaErrors[code].name;
}

/**
 * A rule in one line, for the start screen (CTRL-067).
 *
 * @example describeRule(rule) // "startCall: refusal META_CALL_LIMIT, next 3"
 */
export function describeRule({ target, trigger, effect }: Required<FaultBody>): string {
  const { type, ...fields } = effect;
  const { operation, event, media, ...narrowed } = target;
  const what = operation ?? event ?? (media === "*" ? "media" : media);
  const about = Object.values(narrowed).map((value) => ` of ${value}`);
  const how = Object.values(fields).map((value) => ` ${value}`);
  const [[when, count] = ["always", true]] = Object.entries(trigger);
  return `${what}${about.join("")}: ${type}${how.join("")}, ${when}${count === true ? "" : ` ${count}`}`;
}
