import { apiOperations, type OperationSpec } from "../../spec/generated/operations.ts";
import { readEffect } from "./read-effect.ts";
import { readTarget } from "./read-target.ts";
import {
  type FaultBody,
  type FaultEffect,
  type FaultKind,
  type FaultMistake,
  type FaultRule,
  type FaultTarget,
  type FaultTrigger,
  kindOfEffect,
} from "./rule.ts";

export type ReadRule =
  | { readonly ok: true; readonly rule: FaultRule }
  | { readonly ok: false; readonly mistakes: readonly FaultMistake[] };

/**
 * Reads a rule that has passed the schema of spec/control.yaml, and finds whatever contradicts itself (CTRL-047).
 *
 * @example readRule({ target: { operation: "startCall" }, effect: { type: "status", status: 503 } })
 */
export function readRule({ target: wanted, trigger, effect: happens }: FaultBody): ReadRule {
  const { target, mistakes } = readTarget(wanted);
  const effect = readEffect(happens);
  const found = [
    ...mistakes,
    ...otherKind(target.kind, happens.type),
    ...withoutUpgrade(target, happens.type),
    ...("type" in effect ? beyondProvider(target, effect) : effect),
  ];
  if (found.length > 0 || !("type" in effect)) return { ok: false, mistakes: found };
  return { ok: true, rule: { target, trigger: readTrigger(trigger), effect } };
}

function readTrigger(trigger: FaultBody["trigger"]): FaultTrigger {
  if (trigger?.next !== undefined) return { type: "next", count: trigger.next };
  if (trigger?.every !== undefined) return { type: "every", count: trigger.every };
  if (trigger?.probability !== undefined) return { type: "probability", share: trigger.probability };
  return { type: "always" };
}

const plural: Readonly<Record<FaultKind, string>> = { request: "requests", webhook: "webhooks", media: "media" };

function otherKind(kind: FaultKind, type: FaultEffect["type"]): FaultMistake[] {
  const fits = kindOfEffect[type];
  if (fits === kind) return [];
  const message = `effect.type is ${type}, which only happens to ${plural[fits]}, and the target is ${plural[kind]}`;
  return [{ path: "effect.type", message }];
}

/** WebRTC has no upgrade that could be refused; a rule for all media strikes the sockets. */
function withoutUpgrade({ kind, name }: FaultTarget, type: FaultEffect["type"]): FaultMistake[] {
  if (kind !== "media" || name !== "webrtc" || type !== "refuse-upgrade") return [];
  const message = "effect.type is refuse-upgrade, which only happens to realtime sockets, and the target is webrtc";
  return [{ path: "effect.type", message }];
}

/** Meta forwards nothing about an operation that META numbers don't have. */
function beyondProvider({ kind, name }: FaultTarget, effect: FaultEffect): FaultMistake[] {
  if (kind !== "request" || effect.type !== "refusal" || effect.refused.by !== "meta") return [];
  const operation = Object.values<OperationSpec>(apiOperations).find(({ id }) => id === name);
  if (operation === undefined || operation.providers === null || operation.providers.includes("META")) return [];
  const message = `effect.code is one of Meta's, and ${name} doesn't exist on META numbers`;
  return [{ path: "effect.code", message }];
}
