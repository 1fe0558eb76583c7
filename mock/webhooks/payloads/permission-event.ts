import type { components } from "../../../spec/generated/openapi.ts";
import type { EventOf } from "../../domain/events.ts";
import { isoTime, unixSeconds } from "../../domain/time.ts";

export type PermissionEvent = components["schemas"]["CallPermissionUpdatedEvent"];

const statuses = { none: "NO_PERMISSION", temporary: "TEMPORARY", permanent: "PERMANENT" } as const;

/** `call.permission_updated`; null for what the control API set, because nobody decided that (HOOK-034). */
export function permissionEvent(event: EventOf<"permission.changed">): PermissionEvent | null {
  const { permission, source } = event;
  if (source === "control") return null;
  return {
    event: "call.permission_updated",
    numberId: event.numberId,
    peerNumber: event.phone,
    status: statuses[permission.status],
    expirationTime: permission.status === "temporary" ? unixSeconds(permission.expiresAt) : null,
    source,
    createdAt: isoTime(event.at),
  };
}
