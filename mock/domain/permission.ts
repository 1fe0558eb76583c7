import type { Instant } from "./time.ts";
import { DAY } from "./time.ts";

/** What a person granted a business number; a temporary grant ends by itself, without any event (meta-calling §2.4). */
export type Permission =
  | { readonly status: "none" }
  | { readonly status: "temporary"; readonly expiresAt: Instant }
  | { readonly status: "permanent" };

export const noPermission: Permission = { status: "none" };

/** A temporary permission lasts seven days from the approval (meta-calling §2.1). */
export const temporaryPermissionMs = 7 * DAY;

/** A request can be answered, and a decision changed, for seven days (meta-calling §2.1). */
export const requestLifeMs = 7 * DAY;

export function temporaryFrom(now: Instant): Permission {
  return { status: "temporary", expiresAt: now + temporaryPermissionMs };
}

/** The permission as it counts now: a temporary one that has run out is none. */
export function effectivePermission(permission: Permission, now: Instant): Permission {
  return permission.status === "temporary" && permission.expiresAt <= now ? noPermission : permission;
}

/** The request that a person can still answer. */
export interface PermissionRequest {
  readonly messageId: string;
  readonly requestedAt: Instant;
  readonly decidedAt: Instant | null;
}

/** Whether a request can still be answered: seven days from delivery, or from the decision. */
export function isAnswerable(request: PermissionRequest | null, now: Instant): request is PermissionRequest {
  return request !== null && now - (request.decidedAt ?? request.requestedAt) < requestLifeMs;
}
