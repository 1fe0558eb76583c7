import { type ApiOperationId, apiOperations, type OperationSpec } from "../../spec/generated/operations.ts";
import { parsePhone } from "../domain/phone.ts";
import { eventChoices } from "../domain/subscription.ts";
import type { FaultBody, FaultKind, FaultMistake, FaultTarget } from "./rule.ts";

type TargetBody = FaultBody["target"];

/** The field that names what is struck, per kind. */
const fieldOf = { request: "operation", webhook: "event", media: "media" } as const satisfies Record<
  FaultKind,
  keyof TargetBody
>;
const kinds: readonly FaultKind[] = ["request", "webhook", "media"];
const namesOf: Readonly<Record<FaultKind, readonly string[]>> = {
  request: ["*", ...Object.keys(apiOperations)],
  webhook: eventChoices,
  media: ["*", "realtime", "webrtc"],
};

/** These are about a person and no call (pilot-status §4, meta-calling §7). */
const eventsWithoutCall: readonly string[] = ["call.permission_updated", "messages"];

/**
 * Reads what a rule strikes. Ids are taken as they are: whether the world has them is for the caller to say.
 *
 * @returns the target, and whatever in it contradicts itself
 */
export function readTarget(target: TargetBody): { target: FaultTarget; mistakes: readonly FaultMistake[] } {
  const named = kinds.filter((kind) => target[fieldOf[kind]] !== undefined);
  const kind = named[0] ?? "request";
  const name = target[fieldOf[kind]] ?? "*";
  const to = target.to === undefined ? null : parsePhone(target.to);
  const mistakes = [
    ...namedTwice(named),
    ...unknownName(kind, name),
    ...(target.numberId !== undefined && target.number !== undefined
      ? [mistake("number", "can't be set together with numberId: name the number once")]
      : []),
    ...(target.to !== undefined && to === null ? [mistake("to", "must be a phone number with its country code")] : []),
    ...neverThere(target, kind, name),
  ];
  return {
    target: { kind, name, callId: target.callId ?? null, numberId: target.numberId ?? null, to },
    mistakes,
  };
}

function namedTwice(named: readonly FaultKind[]): FaultMistake[] {
  return named
    .slice(1)
    .map((kind) => mistake(fieldOf[kind], "can't be set together with another of operation, event and media"));
}

function unknownName(kind: FaultKind, name: string): FaultMistake[] {
  const names = namesOf[kind];
  return names.includes(name) ? [] : [mistake(fieldOf[kind], `must be one of ${names.join(", ")}`)];
}

/** What is named together but never meets: such a rule could not strike. */
function neverThere({ callId, to }: TargetBody, kind: FaultKind, name: string): FaultMistake[] {
  if (kind === "webhook" && callId !== undefined && eventsWithoutCall.includes(name)) {
    return [mistake("callId", `can't be set with the event ${name}, which is about no call`)];
  }
  const operation = kind === "request" && isOperation(name) ? apiOperations[name] : null;
  if (operation === null || namesCall(operation)) return [];
  if (callId !== undefined) return [mistake("callId", `can't be set with ${name}, whose requests name no call`)];
  if (to === undefined || namesPerson(operation)) return [];
  return [mistake("to", `can't be set with ${name}, whose requests name no person`)];
}

function isOperation(name: string): name is ApiOperationId {
  return Object.hasOwn(apiOperations, name);
}

function namesCall({ path }: OperationSpec): boolean {
  return path.includes("{callId}");
}

function namesPerson({ parameters, body }: OperationSpec): boolean {
  return parameters.some(({ name }) => name === "to") || body?.properties.includes("to") === true;
}

function mistake(field: string, message: string): FaultMistake {
  const path = `target.${field}`;
  return { path, message: `${path} ${message}` };
}
