import type { CommandOf } from "../commands.ts";
import type { WorldEvent } from "../events.ts";
import { prefixedId } from "../ids.ts";
import type { ApiKey } from "../key.ts";
import {
  type BusinessNumber,
  defaultLimits,
  type NumberChange,
  type NumberId,
  type NumberLimits,
  testNumberLimits,
} from "../number.ts";
import { noPermission, type Permission, temporaryFrom } from "../permission.ts";
import type { Phone } from "../phone.ts";
import type { Provider } from "../provider.ts";
import { refuse } from "../refusals/refusal.ts";
import { enabledAtConnection, messagingLimitToCall, neverSet } from "../settings.ts";
import type { WorldState } from "../state.ts";
import { DAY, type Instant } from "../time.ts";
import { type Decision, happened, refused } from "./decision.ts";
import { contactOf, meet } from "./find.ts";

/** A number connects to the world, with a key of its own. */
export function addNumber(state: WorldState, command: CommandOf<"addNumber">, now: Instant): Decision {
  const taken = [...state.numbers.values()].some(({ number }) => number === command.number);
  if (taken || state.keys.has(command.secret)) {
    return refused(
      refuse("NUMBER_ALREADY_EXISTS", {
        message: `${taken ? `+${command.number}` : `The key ${command.secret}`} belongs to this world already. Choose another, or change it with PATCH …/numbers/{id}.`,
      }),
    );
  }
  const id = prefixedId("num", state.source, state.ordinals.num, now);
  const key: ApiKey = {
    id: keyId(command.secret),
    secret: command.secret,
    name: command.change.name ?? "sandbox",
    scope: "number",
    numberId: id,
  };
  return happened(
    { type: "number.added", at: now, number: changed(newNumber(command, id, key.id, now), command.change, now) },
    { type: "key.issued", at: now, key },
  );
}

/** What `x-api-key-id` takes: the part of the secret after `ps_` (AUTH-003). */
export function keyId(secret: string): string {
  return secret.replace(/^ps_/, "");
}

function newNumber(
  command: { provider: Provider; number: Phone; change: NumberChange },
  id: NumberId,
  key: string,
  now: Instant,
): BusinessNumber {
  const identity = {
    id,
    number: command.number,
    name: command.change.name ?? `Sandbox ${command.provider} ${command.number}`,
    instanceName: `sandbox-${key.replaceAll("_", "-")}`,
    keyId: key,
    script: null,
    limits: defaultLimits,
    createdAt: now,
    updatedAt: now,
  };
  if (command.provider !== "META") return { ...identity, provider: command.provider, connected: true };
  const { messagingLimit = 10_000, callsSubscribed = true } = command.change;
  // The gateway tries to enable calling when a number connects; it works where Meta allows it (META-SET-003).
  const callable = messagingLimit >= messagingLimitToCall && callsSubscribed;
  return {
    ...identity,
    provider: "META",
    connected: true,
    messagingLimit,
    callsSubscribed,
    sipEnabled: false,
    restricted: false,
    paymentMethod: true,
    testNumber: false,
    allowList: [],
    settings: callable ? enabledAtConnection : neverSet,
  };
}

/** Something about a number changes: its connection, its account, its limits, its people's script. */
export function updateNumber(state: WorldState, command: CommandOf<"updateNumber">, now: Instant): Decision {
  const number = state.numbers.get(command.numberId);
  if (number === undefined) {
    return refused(
      refuse("NUMBER_NOT_FOUND", {
        message: `There is no number ${command.numberId} in this world.`,
        behaviour: "CTRL-004",
      }),
    );
  }
  return happened({ type: "number.changed", at: now, number: changed(number, command.change, now) });
}

function changed(number: BusinessNumber, change: NumberChange, now: Instant): BusinessNumber {
  const common = {
    name: change.name ?? number.name,
    script: change.script === undefined ? number.script : change.script,
    limits: { ...number.limits, ...change.limits },
    updatedAt: now,
  };
  if (number.provider !== "META") return { ...number, ...common, connected: change.connected ?? number.connected };
  return {
    ...number,
    ...common,
    limits: { ...number.limits, ...limitsOfKind(number.testNumber, change.testNumber), ...change.limits },
    messagingLimit: change.messagingLimit ?? number.messagingLimit,
    callsSubscribed: change.callsSubscribed ?? number.callsSubscribed,
    sipEnabled: change.sipEnabled ?? number.sipEnabled,
    restricted: change.restricted ?? number.restricted,
    paymentMethod: change.paymentMethod ?? number.paymentMethod,
    testNumber: change.testNumber ?? number.testNumber,
    allowList: change.allowList ?? number.allowList,
  };
}

/** The limits that come with being a test number, or with being one no longer (META-PERM-075). */
function limitsOfKind(was: boolean, becomes = was): Partial<NumberLimits> {
  if (was === becomes) return {};
  if (becomes) return testNumberLimits;
  const { permissionRequestsPer24h, permissionRequestsPer7d, revokeAfterUnanswered } = defaultLimits;
  return { permissionRequestsPer24h, permissionRequestsPer7d, revokeAfterUnanswered };
}

/** Something becomes known of a person; what they agreed with is set on every META number of the world. */
export function putContact(state: WorldState, command: CommandOf<"putContact">, now: Instant): Decision {
  const known = contactOf(state, command.phone);
  const events: WorldEvent[] = [
    {
      type: "contact.put",
      at: now,
      contact: {
        phone: command.phone,
        name: command.name === undefined ? known.name : command.name,
        script: command.script === undefined ? known.script : command.script,
        reachable: command.reachable ?? known.reachable,
      },
    },
  ];
  if (command.permission !== undefined || command.serviceWindow !== undefined) {
    for (const number of state.numbers.values()) {
      if (number.provider !== "META") continue;
      const met = events.filter(({ type }) => type === "pair.met").length;
      events.push(...agreedWith(state, number.id, command, now, met));
    }
  }
  return happened(...events);
}

function agreedWith(
  state: WorldState,
  numberId: NumberId,
  command: CommandOf<"putContact">,
  now: Instant,
  met: number,
): WorldEvent[] {
  const { events } = meet(state, numberId, command.phone, now, met);
  const of = { at: now, numberId, phone: command.phone };
  const agreed: WorldEvent[] = [...events];
  if (command.serviceWindow === "open") agreed.push({ type: "window.opened", ...of, closesAt: now + DAY });
  if (command.serviceWindow === "closed") agreed.push({ type: "window.closed", ...of });
  if (command.permission !== undefined) {
    agreed.push({
      type: "permission.changed",
      ...of,
      permission: permissionNamed(command.permission, now),
      source: "control",
      context: null,
    });
  }
  return agreed;
}

function permissionNamed(name: "none" | "temporary" | "permanent", now: Instant): Permission {
  if (name === "none") return noPermission;
  return name === "temporary" ? temporaryFrom(now) : { status: "permanent" };
}

/** A further key: the tenant's, one that lost its number, or a second one of a number. */
export function addKey(_state: WorldState, command: CommandOf<"addKey">, now: Instant): Decision {
  const { type: _type, secret, ...bound } = command;
  return happened({ type: "key.issued", at: now, key: { id: keyId(secret), secret, name: bound.scope, ...bound } });
}
