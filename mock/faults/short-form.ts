import { apiOperations } from "../../spec/generated/operations.ts";
import { eventChoices } from "../domain/subscription.ts";
import { parseWait } from "../domain/wait.ts";
import { type EffectType, type FaultBody, kindOfEffect } from "./rule.ts";

type TargetBody = FaultBody["target"];
type EffectBody = FaultBody["effect"];
type TriggerBody = NonNullable<FaultBody["trigger"]>;

/** A rule that can't be read; the message says what was expected. */
export class FaultFormError extends Error {
  override readonly name = "FaultFormError";
}

/**
 * Reads a rule of `--fault`: JSON as the control API takes it, or `target:effect` with a trigger behind a second colon.
 *
 * @returns the rule as it was written; whether it makes sense is for the one who arms it to say
 * @throws FaultFormError with what was expected and received
 * @example parseFault("startCall:META_CALL_LIMIT:next=3")
 */
export function parseFault(text: string): FaultBody {
  if (text.trimStart().startsWith("{")) return parseJson(text);
  const [target = "", effect = "", trigger, ...rest] = text.split(":");
  if (target === "" || effect === "" || rest.length > 0) {
    throw new FaultFormError(
      `It must be target:effect or target:effect:trigger, for example startCall:500 or "*:latency=2s:next=3", or JSON.`,
    );
  }
  const happens = parseEffect(effect);
  const when = trigger === undefined ? {} : { trigger: parseTrigger(trigger) };
  return { target: parseTarget(target, happens.type), ...when, effect: happens };
}

function parseJson(text: string): FaultBody {
  try {
    // Whoever arms the rule checks it against the specification.
    return JSON.parse(text);
  } catch (error) {
    throw new FaultFormError(`It is not well-formed JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function parseTarget(text: string, effect: EffectType): TargetBody {
  if (text === "*") {
    const kind = kindOfEffect[effect];
    return kind === "request" ? { operation: "*" } : kind === "webhook" ? { event: "*" } : { media: "*" };
  }
  if (text === "media") return { media: "*" };
  if (text === "realtime" || text === "webrtc") return { media: text };
  if (Object.hasOwn(apiOperations, text)) return { operation: text };
  if (eventChoices.some((event) => event === text)) return { event: text };
  const known = [...Object.keys(apiOperations), ...eventChoices, "media", "realtime", "webrtc"];
  throw new FaultFormError(`The target must be one of ${known.join(", ")}, but was ${quoted(text)}.`);
}

function parseEffect(text: string): EffectBody {
  const [name = "", value] = halves(text);
  if (value === undefined && isGatewayStatus(Number(name))) {
    return { type: "status", status: Number(name) as 500 | 502 | 503 | 504 };
  }
  if (!isEffect(name)) {
    // Codes are written as they are: META_CALL_LIMIT, 138012, CALL_NOT_FOUND.
    if (value === undefined && /^([A-Z][A-Z0-9_]*|\d{3,6})$/.test(name)) return { type: "refusal", code: name };
    throw new FaultFormError(
      `The effect must be a status (500, 502, 503, 504), the code of a refusal, or one of ${effects.join(", ")}, but was ${quoted(text)}.`,
    );
  }
  return value === undefined ? { type: name } : withValue(name, value);
}

function withValue(type: EffectType, value: string): EffectBody {
  switch (type) {
    case "latency": {
      const [from = "", to] = value.split("-");
      return to === undefined ? { type, ms: wait(from) } : { type, minMs: wait(from), maxMs: wait(to) };
    }
    case "delay":
    case "reorder":
    case "stall":
    case "jitter":
      return { type, ms: wait(value) };
    case "drip":
      return { type, everyMs: wait(value) };
    case "early-close":
      return { type, afterMs: wait(value) };
    case "drop":
    case "garble":
      return { type, share: share(value) };
    default:
      throw new FaultFormError(`The effect ${type} takes no value, but had ${quoted(value)}.`);
  }
}

function parseTrigger(text: string): TriggerBody {
  const [name, value] = halves(text);
  if (text === "always") return { always: true };
  if (value !== undefined && name === "probability") return { probability: share(value) };
  if (value !== undefined && /^\d{1,7}$/.test(value)) {
    if (name === "next") return { next: Number(value) };
    if (name === "every") return { every: Number(value) };
  }
  throw new FaultFormError(
    `The trigger must be always, next=N, every=N or probability=P, for example next=3, but was ${quoted(text)}.`,
  );
}

const effects = Object.keys(kindOfEffect);

function isEffect(name: string): name is EffectType {
  return Object.hasOwn(kindOfEffect, name);
}

function isGatewayStatus(status: number): boolean {
  return [500, 502, 503, 504].includes(status);
}

function halves(text: string): readonly [string, string | undefined] {
  const at = text.indexOf("=");
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function wait(text: string): number {
  const milliseconds = parseWait(text);
  if (milliseconds !== null) return milliseconds;
  throw new FaultFormError(`A wait must be a number with its unit, like 250ms, 2s or 1m, but was ${quoted(text)}.`);
}

/** 0.1 or 10%. */
function share(text: string): number {
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  if (number !== undefined) return percent === "%" ? Number(number) / 100 : Number(number);
  throw new FaultFormError(
    `A share must be a number from 0 to 1 or a percentage, like 0.1 or 10%, but was ${quoted(text)}.`,
  );
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
