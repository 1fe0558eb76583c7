import type { CommandOf } from "../commands.ts";
import type { WorldEvent } from "../events.ts";
import { wamid } from "../ids.ts";
import { magicRefusal } from "../magic-numbers.ts";
import { refuseRequest } from "../meta/request-rules.ts";
import { refuseDisabledCalling } from "../meta/start-rules.ts";
import { effectivePermission, isAnswerable, noPermission, type Permission, temporaryFrom } from "../permission.ts";
import { isFromBlockedCountry } from "../phone.ts";
import { refuse, refuseByMeta } from "../refusals/refusal.ts";
import type { WorldState } from "../state.ts";
import type { Instant } from "../time.ts";
import { type Decision, happened, refused } from "./decision.ts";
import { meet, metaNumber } from "./find.ts";

/** The business asks what it may do; every probe counts toward the probe rate. */
export function probePermission(state: WorldState, command: CommandOf<"probePermission">, now: Instant): Decision {
  const found = metaNumber(state, command.numberId);
  if (!found.ok) return refused(found.refusal);
  const { number } = found;
  if ((state.traffic.get(number.id)?.probes.count(now) ?? 0) >= number.limits.probesPerSecond) {
    return refused(
      refuseByMeta(613, {
        message: `Call permissions of this number were read ${number.limits.probesPerSecond} times within a second. Keep what you learnt, and wait a second.`,
        behaviour: "META-PERM-043",
      }),
    );
  }
  if (isFromBlockedCountry(number.number)) {
    return refused(
      refuseByMeta(138013, {
        message: "Business-initiated calling isn't available to numbers of this country.",
        behaviour: "META-PERM-042",
      }),
    );
  }
  if (number.settings.status !== "ENABLED")
    return refused({ ...refuseDisabledCalling(number), behaviour: "META-PERM-041" });
  return happened({ type: "permission.probed", at: now, numberId: number.id, phone: command.to });
}

/** The business sends a person a request to allow calls. */
export function requestPermission(state: WorldState, command: CommandOf<"requestPermission">, now: Instant): Decision {
  const found = metaNumber(state, command.numberId);
  if (!found.ok) return refused(found.refusal);
  const { number } = found;
  const { pair, events } = meet(state, number.id, command.to, now);
  const refusal = refuseRequest(state, number, pair, now);
  if (refusal !== null) return refused(refusal);
  const of = { at: now, numberId: number.id, phone: pair.phone };
  const messageId = wamid(state.source, state.ordinals.message);
  const requested: WorldEvent = { type: "permission.requested", ...of, messageId, text: command.text };
  if (magicRefusal(pair.phone) !== 131026) return happened(...events, requested);
  return happened(...events, requested, { type: "permission.undelivered", ...of, messageId });
}

/** The person answers a request, grants for good from the business profile, or takes a permission back. */
export function replyToPermissionRequest(
  state: WorldState,
  command: CommandOf<"replyToPermissionRequest">,
  now: Instant,
): Decision {
  const found = metaNumber(state, command.numberId);
  if (!found.ok) return refused(found.refusal);
  const { pair, events } = meet(state, command.numberId, command.phone, now);
  const asked = isAnswerable(pair.request, now);
  const unprompted = command.response === "reject" || command.permanent;
  if (!asked && !unprompted) {
    return refused(
      refuse("NO_PERMISSION_REQUEST", {
        message: `+${command.phone} has no permission request to answer. Send one with POST /v1/calls/permissions/request first; unasked, a person can only grant for good ("permanent": true) or take back ("reject").`,
        behaviour: "CTRL-034",
      }),
    );
  }
  const changed: WorldEvent = {
    type: "permission.changed",
    at: now,
    numberId: pair.numberId,
    phone: pair.phone,
    permission: grantedBy(command, effectivePermission(pair.permission, now), now),
    source: "user_action",
    context: asked ? (pair.request?.messageId ?? null) : null,
  };
  return happened(...events, changed);
}

/** A plain yes is temporary, and never turns a permanent permission into a temporary one (META-PERM-010). */
function grantedBy(
  command: { response: "accept" | "reject"; permanent: boolean },
  present: Permission,
  now: Instant,
): Permission {
  if (command.response === "reject") return noPermission;
  if (command.permanent || present.status === "permanent") return { status: "permanent" };
  return temporaryFrom(now);
}
