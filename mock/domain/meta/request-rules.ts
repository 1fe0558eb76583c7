import type { BehaviourId } from "../../../spec/generated/behaviour-ids.ts";
import { contactOf } from "../decide/find.ts";
import type { MetaNumber } from "../number.ts";
import type { Pair } from "../pair.ts";
import { effectivePermission } from "../permission.ts";
import { type Refusal, refuseByMeta } from "../refusals/refusal.ts";
import type { WorldState } from "../state.ts";
import { DAY, type Instant, isoTime } from "../time.ts";
import { refuseAccount } from "./start-rules.ts";

/** Meta's rules on a permission request: the account, the person, what is granted already, the limits, the window. */
export function refuseRequest(state: WorldState, number: MetaNumber, pair: Pair, now: Instant): Refusal | null {
  return (
    refuseAccountToAsk(number, pair) ??
    refusePerson(state, pair) ??
    refuseGranted(pair, now) ??
    refuseLimit(number, pair, now) ??
    refuseWindow(pair, now)
  );
}

/** The same refusals as for a call, each with the ledger entry that speaks of requests. */
function refuseAccountToAsk(number: MetaNumber, pair: Pair): Refusal | null {
  const refusal = refuseAccount(number, pair.phone);
  const behaviour = refusal?.meta === undefined ? undefined : entryForRequests[refusal.meta.code];
  return refusal === null || behaviour === undefined ? refusal : { ...refusal, behaviour };
}

const entryForRequests: Readonly<Partial<Record<number, BehaviourId>>> = {
  138000: "META-PERM-056",
  138014: "META-PERM-057",
  131030: "META-PERM-059",
};

function refusePerson(state: WorldState, pair: Pair): Refusal | null {
  if (contactOf(state, pair.phone).reachable) return null;
  return refuseByMeta(138001, { message: `+${pair.phone} can't be reached on WhatsApp.`, behaviour: "META-PERM-058" });
}

function refuseGranted(pair: Pair, now: Instant): Refusal | null {
  if (effectivePermission(pair.permission, now).status !== "permanent") return null;
  return refuseByMeta(138017, {
    message: `+${pair.phone} has already allowed calls for good. Place the call.`,
    behaviour: "META-PERM-055",
  });
}

function refuseLimit(number: MetaNumber, pair: Pair, now: Instant): Refusal | null {
  const { permissionRequestsPer24h: perDay, permissionRequestsPer7d: perWeek } = number.limits;
  const day = pair.requestsSent.count(now, DAY) >= perDay;
  if (!day && pair.requestsSent.count(now) < perWeek) return null;
  const free = isoTime((day ? pair.requestsSent.freesAt(now, DAY) : pair.requestsSent.freesAt(now)) ?? now);
  return refuseByMeta(138009, {
    message: `+${pair.phone} was asked ${day ? `${perDay} time(s) within 24 hours` : `${perWeek} time(s) within 7 days`}, as often as allowed. Ask again after ${free}, or after a connected call.`,
    behaviour: day ? "META-PERM-050" : "META-PERM-051",
  });
}

function refuseWindow(pair: Pair, now: Instant): Refusal | null {
  if (pair.windowClosesAt > now) return null;
  return refuseByMeta(131047, {
    message: `The 24-hour service window of +${pair.phone} is closed since ${isoTime(pair.windowClosesAt)}, so no free-form request can be sent. Wait for a call or a message of theirs.`,
    behaviour: "META-PERM-054",
  });
}
