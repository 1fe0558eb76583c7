import { MINUTE } from "../domain/time.ts";
import { readRefused } from "./read-refused.ts";
import type { EffectType, FaultBody, FaultEffect, FaultMistake, GatewayStatus, Latency } from "./rule.ts";

type EffectBody = FaultBody["effect"];
type Field = Exclude<keyof EffectBody, "type">;

/** Nobody waits longer for an answer, and a sandbox that is told to stop waits for its open requests. */
export const longestLatency = 10 * MINUTE;

/** The fields that each type of effect has. */
const fieldsOf: Readonly<Record<EffectType, readonly Field[]>> = {
  latency: ["ms", "minMs", "maxMs", "distribution"],
  refusal: ["code", "style"],
  status: ["status", "body"],
  reset: [],
  "half-body": [],
  drip: ["everyMs", "bytes"],
  duplicate: [],
  reorder: ["ms"],
  delay: ["ms"],
  lose: [],
  "wrong-signature": [],
  stall: ["ms", "afterMs"],
  drop: ["share"],
  garble: ["share"],
  jitter: ["ms"],
  "early-close": ["afterMs"],
  "refuse-upgrade": ["status"],
};
const neededBy: Readonly<Partial<Record<EffectType, Field>>> = {
  refusal: "code",
  status: "status",
  delay: "ms",
  stall: "ms",
  jitter: "ms",
};

export type ReadEffect = FaultEffect | readonly FaultMistake[];

/** Reads what a rule does: the effect with its defaults, or everything in it that contradicts itself. */
export function readEffect(body: EffectBody): ReadEffect {
  const { type } = body;
  const misplaced = (Object.keys(body) as (keyof EffectBody)[])
    .filter((field): field is Field => field !== "type" && !fieldsOf[type].includes(field))
    .map((field) => mistake(field, `can't be set with the type ${type}, which takes ${listed(fieldsOf[type])}`));
  const needed = neededBy[type];
  const missing = needed !== undefined && body[needed] === undefined ? [mistake(needed, `is needed by ${type}`)] : [];
  const mistakes = [...misplaced, ...missing];
  if (mistakes.length > 0) return mistakes;
  switch (type) {
    case "latency":
      return readLatency(body);
    case "refusal":
      return readRefused(body);
    case "status":
      return { type, status: statusOf(body), body: body.body ?? "json" };
    case "drip":
      return { type, everyMs: body.everyMs ?? 100, bytes: body.bytes ?? 16 };
    case "delay":
    case "jitter":
      return { type, ms: body.ms ?? 0 };
    case "reorder":
      return { type, ms: body.ms ?? MINUTE };
    case "stall":
      return { type, afterMs: body.afterMs ?? 0, ms: body.ms ?? 0 };
    case "drop":
    case "garble":
      return { type, share: body.share ?? 0.1 };
    case "early-close":
      return { type, afterMs: body.afterMs ?? 0 };
    case "refuse-upgrade":
      return { type, status: statusOf(body) };
    default:
      return { type };
  }
}

function statusOf({ status = 503 }: EffectBody): GatewayStatus {
  return status;
}

function readLatency({ ms, minMs, maxMs, distribution }: EffectBody): Latency | readonly FaultMistake[] {
  if (ms !== undefined) {
    const both = (["minMs", "maxMs", "distribution"] as const).filter(
      (field) => ({ minMs, maxMs, distribution })[field] !== undefined,
    );
    if (both.length > 0) {
      return both.map((field) => mistake(field, "can't be set together with ms: a latency is fixed, or it is drawn"));
    }
    if (ms > longestLatency) return [mistake("ms", `must be at most ${longestLatency} for a latency`)];
    return { type: "latency", minMs: ms, maxMs: ms, distribution: "uniform" };
  }
  if (minMs === undefined && maxMs === undefined) {
    return [mistake("ms", "is needed by latency, or minMs and maxMs in its place")];
  }
  if (minMs === undefined) return [mistake("minMs", "is needed beside maxMs")];
  if (maxMs === undefined) return [mistake("maxMs", "is needed beside minMs")];
  if (minMs > maxMs) return [mistake("minMs", `must not be more than maxMs, but ${minMs} is more than ${maxMs}`)];
  return { type: "latency", minMs, maxMs, distribution: distribution ?? "uniform" };
}

function mistake(field: Field, message: string): FaultMistake {
  const path = `effect.${field}`;
  return { path, message: `${path} ${message}` };
}

function listed(fields: readonly string[]): string {
  return fields.length === 0 ? "no other field" : fields.join(", ");
}
