import { isMap } from "../../mock/config/path.ts";
import { parsePhone } from "../../mock/domain/phone.ts";
import { findOperation } from "../exchange/find-operation.ts";
import type { Case, KeyName, Provider, Send, Step } from "./case.ts";
import { changesAccount, ringsPhone } from "./consequences.ts";

/** What a case needs of the service it is played against. */
export interface Needs {
  readonly keys: ReadonlySet<KeyName>;
  /** People who act on command, a clock that moves, numbers that change: a sandbox. */
  readonly sandbox: boolean;
  /** Webhooks must reach the receiver. */
  readonly receiver: boolean;
  /** Somebody's phone rings, or a message is billed. */
  readonly rings: boolean;
  /** Settings or webhooks of the account change. */
  readonly changes: boolean;
  /** A socket is opened at the API itself, which needs an address. */
  readonly address: boolean;
  /** What is put in as `{name}`, without what steps capture themselves. */
  readonly names: ReadonlySet<string>;
}

/** Every key that a case can use. */
export const keyNames: readonly Exclude<KeyName, "none">[] = [
  "meta",
  "evo",
  "evoOffline",
  "other",
  "metaLowTier",
  "tenant",
  "unbound",
];

/** The key that requests of a provider's cases carry. */
export function usualKey(provider: Provider): "meta" | "evo" {
  return provider === "META" ? "meta" : "evo";
}

/** Reads off a case's steps what it needs. */
export function needsOf({ steps, provider, world }: Case): Needs {
  const all = flat(steps);
  const sends = all.flatMap(sendsOf);
  const captured = new Set(all.flatMap(capturedBy));
  return {
    keys: new Set<KeyName>([
      ...sends.map(({ key }) => key ?? usualKey(provider)),
      ...all.flatMap((step) => keysOf(step, provider)),
      ...keyNames.filter((name) => mentions(all, `${name}Key`) || mentions(all, `${name}KeyId`)),
    ]),
    sandbox:
      world.strict !== undefined || world.mode !== undefined || all.some(needsSandbox) || all.some(callsStranger),
    receiver:
      all.some((step) => "webhook" in step || "webhooks" in step || "receiver" in step) ||
      mentions(all, "receiver") ||
      mentions(all, "receiverAddress"),
    rings: all.some((step) => "call" in step) || sends.some(rings),
    changes: sends.some(changes),
    address: all.some((step) => "socket" in step && isApiPath(step.open ?? "")),
    names: new Set([...namesIn(all)].filter((name) => !captured.has(name))),
  };
}

/** Whether a socket is opened at a path of the API, and not at an address of its own. */
export function isApiPath(open: string): boolean {
  return open.startsWith("/");
}

function flat(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => ("repeat" in step ? flat(step.steps) : [step]));
}

type AnySend = Omit<Send, "expect" | "capture"> & { readonly expect?: Send["expect"] };

function sendsOf(step: Step): readonly AnySend[] {
  if ("send" in step) return [step];
  return "race" in step ? step.race : [];
}

function keysOf(step: Step, provider: Provider): readonly KeyName[] {
  return "call" in step ? [usualKey(provider)] : [];
}

/** An outbound call that nobody has to answer can be placed anywhere. */
function needsSandbox(step: Step): boolean {
  if ("call" in step) return step.call.direction === "INBOUND" || step.call.state !== "INITIATED";
  return "person" in step || "control" in step || "advance" in step;
}

/** A number that a case itself names is nobody's in a sandbox, and may be somebody's elsewhere. */
function callsStranger(step: Step): boolean {
  if ("call" in step) return step.call.with !== undefined && !step.call.with.includes("{person");
  return sendsOf(step).some((send) => isRinging(send) && send.key !== "none" && namesStranger(send));
}

/** Also where a refusal is expected: it might not come. */
function namesStranger({ body }: AnySend): boolean {
  const to = isMap(body) ? body["to"] : undefined;
  return typeof to === "string" && parsePhone(to) !== null;
}

/** Whoever says which person is meant must have allowed it, also where a refusal is expected: it might not come. */
function rings(step: AnySend): boolean {
  return isRinging(step) && namesPerson(step);
}

function isRinging(step: AnySend): boolean {
  return ringsPhone(operationOf(step));
}

function namesPerson({ body = "" }: AnySend): boolean {
  return JSON.stringify(body).includes("{person");
}

/** Also where a refusal is expected: a service that is wrong would change. */
function changes(step: AnySend): boolean {
  return changesAccount(operationOf(step));
}

/** The operation of a step; names that are not filled in yet stand for one segment. */
function operationOf({ send }: AnySend): string | null {
  const [method = "", target = ""] = send.split(" ");
  return findOperation(method, target).operation?.id ?? null;
}

function capturedBy(step: Step): readonly string[] {
  if ("call" in step) return callNames(step.call.as);
  if ("sdp" in step) return [step.sdp.as];
  return "capture" in step ? Object.keys(step.capture ?? {}) : [];
}

/** The names that a call's ids get. */
export function callNames(as: string | undefined): readonly [string, string] {
  return as === undefined ? ["callId", "externalCallId"] : [as, `${as}External`];
}

function namesIn(steps: readonly Step[]): ReadonlySet<string> {
  return new Set([...JSON.stringify(steps).matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name));
}

function mentions(steps: readonly Step[], name: string): boolean {
  return namesIn(steps).has(name);
}
