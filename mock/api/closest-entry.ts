import type { BehaviourId } from "../../spec/generated/behaviour-ids.ts";
import type { OperationSpec } from "../../spec/generated/operations.ts";
import type { ValidationError } from "../../spec/generated/validator.ts";
import { pathOf } from "./body-issues.ts";

/** Ledger entries that are closer than ROUTE-013, by operation and by the first fault found; `*` is any other field. */
const entries: Readonly<Record<string, Readonly<Record<string, BehaviourId>>>> = {
  startCall: { "to required": "CALL-010", "to type": "CALL-015", "bizOpaqueCallbackData maxLength": "CALL-018" },
  updateCallingSettings: { "sip unknown": "META-SET-011", "* unknown": "META-SET-012", "status enum": "META-SET-016" },
  createRealtimeSession: { "mode enum": "EVO-RT-005" },
  playAudio: { "mediaUrl required": "EVO-PLAY-005" },
};

/** The ledger entry that speaks of what is wrong with a body, where one is closer than ROUTE-013. */
export function closestEntry({ id }: OperationSpec, [first]: readonly ValidationError[]): BehaviourId | undefined {
  if (first === undefined) return undefined;
  const { params } = first;
  const unknown = params["additionalProperty"] ?? params["unevaluatedProperty"];
  const field = String(params["missingProperty"] ?? unknown ?? pathOf(first.instancePath));
  const fault = unknown === undefined ? first.keyword : "unknown";
  return entries[id]?.[`${field} ${fault}`] ?? entries[id]?.[`* ${fault}`];
}
