import type { SendRequest } from "../../http/send.ts";
import type { Case, KeyName } from "../case.ts";
import { needsOf } from "../needs.ts";
import { liveAccount } from "./live-account.ts";
import { namesOf, namesOfKeys } from "./sandbox-target.ts";
import type { Stage, Target } from "./target.ts";

/** A live service, and what its owner allows. */
export interface LiveTarget {
  readonly send: SendRequest;
  /** The address of the API, where it has one. */
  readonly url?: string;
  readonly keys: Readonly<Partial<Record<KeyName, string>>>;
  /** Whose phone may ring, in digits; null: nobody's. */
  readonly allowCalls: string | null;
  /** Whether settings and webhooks of the account may change. */
  readonly allowChanges: boolean;
}

/** Where nobody may be called, cases that don't ring a phone still need a number to name. */
const nobody = "5511900000000";

/** A live service: what needs no person at the phone is played there, and what was not allowed is skipped. */
export function liveTarget(live: LiveTarget): Target {
  return {
    kind: "live",
    lacks: (of) => lacks(live, of),
    enter: async () => stageOf(live),
  };
}

/** The option that gives each key. */
export const liveKeys: Readonly<Record<Exclude<KeyName, "none">, string>> = {
  meta: "--meta-key",
  evo: "--evo-key",
  evoOffline: "--evo-offline-key",
  other: "--other-key",
  metaLowTier: "--meta-low-tier-key",
  tenant: "--tenant-key",
  unbound: "--unbound-key",
};

function lacks({ url, keys, allowCalls, allowChanges }: LiveTarget, of: Case): string | null {
  const needs = needsOf(of);
  if (needs.sandbox) return "needs a person at the phone, or a clock that can be moved";
  if (needs.receiver) return "needs a receiver that the service can reach";
  for (const key of needs.keys) if (key !== "none" && keys[key] === undefined) return `needs ${liveKeys[key]}`;
  if (needs.rings && allowCalls === null) return "would ring a phone or cost money: --allow-calls +55… allows it";
  if (needs.changes && !allowChanges) return "would change the account: --allow-changes allows it";
  if (needs.address && url === undefined) return "needs the API behind an address";
  const known = new Set([...namesOf(nobody, null), ...namesOfKeys(keys)].map(([name]) => name));
  const unknown = [...needs.names].find((name) => !known.has(name));
  return unknown === undefined ? null : `needs {${unknown}}, which is known of a sandbox only`;
}

function stageOf({ send, url, keys, allowCalls, allowChanges }: LiveTarget): Stage {
  const account = liveAccount(send, { calls: allowCalls, changes: allowChanges });
  return {
    send: account.send,
    url: url ?? null,
    keys,
    names: new Map([...namesOf(allowCalls ?? nobody, null), ...namesOfKeys(keys)]),
    world: null,
    inbox: null,
    secrets: null,
    leave: account.leave,
  };
}
