import type { components } from "../../../spec/generated/openapi.ts";
import { contactOf } from "../../domain/decide/find.ts";
import { connectedCalls } from "../../domain/meta/start-rules.ts";
import type { MetaNumber } from "../../domain/number.ts";
import { pairKey } from "../../domain/pair.ts";
import { effectivePermission, noPermission, type Permission } from "../../domain/permission.ts";
import type { Phone } from "../../domain/phone.ts";
import type { SlidingWindow } from "../../domain/sliding-window.ts";
import type { WorldState } from "../../domain/state.ts";
import { DAY, type Instant, unixSeconds } from "../../domain/time.ts";

export type PermissionProbeDto = components["schemas"]["PermissionProbe"];
type LimitDto = components["schemas"]["PermissionLimit"];

/** What the business may do with a person now: `start_call` first, as in the vendor's example (META-PERM-022 to -036). */
export function permissionProbeDto(
  state: WorldState,
  number: MetaNumber,
  phone: Phone,
  now: Instant,
): PermissionProbeDto {
  const pair = state.pairs.get(pairKey(number.id, phone));
  const callable = contactOf(state, phone).reachable;
  const permission = callable ? effectivePermission(pair?.permission ?? noPermission, now) : noPermission;
  const { limits } = number;
  const calls = limit("PT24H", limits.connectedCallsPer24h, connectedCalls(state, number, pair), now, DAY);
  const perDay = limit("PT24H", limits.permissionRequestsPer24h, pair?.requestsSent, now, DAY);
  const perWeek = limit("P7D", limits.permissionRequestsPer7d, pair?.requestsSent, now, 7 * DAY);
  return {
    permission: permissionDto(permission),
    actions: [
      { action_name: "start_call", can_perform_action: permission.status !== "none" && isFree(calls), limits: [calls] },
      {
        action_name: "send_call_permission_request",
        can_perform_action: callable && permission.status !== "permanent" && isFree(perDay) && isFree(perWeek),
        limits: [perDay, perWeek],
      },
    ],
  };
}

function permissionDto(permission: Permission): PermissionProbeDto["permission"] {
  switch (permission.status) {
    case "none":
      return { status: "no_permission" };
    case "temporary":
      return { status: "temporary", expiration_time: unixSeconds(permission.expiresAt) };
    case "permanent":
      return { status: "permanent" };
  }
}

/** `limit_expiration_time` is there only once the limit is used up (meta-calling §2.3). */
function limit(
  period: LimitDto["time_period"],
  allowed: number,
  used: SlidingWindow | undefined,
  now: Instant,
  ms: number,
): LimitDto {
  const usage = used?.count(now, ms) ?? 0;
  const frees = used?.freesAt(now, ms) ?? null;
  return {
    time_period: period,
    max_allowed: allowed,
    current_usage: usage,
    ...(usage >= allowed && frees !== null ? { limit_expiration_time: unixSeconds(frees) } : {}),
  };
}

function isFree({ current_usage, max_allowed }: LimitDto): boolean {
  return current_usage < max_allowed;
}
