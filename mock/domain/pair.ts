import type { CallId } from "./call.ts";
import type { NumberId } from "./number.ts";
import type { Permission, PermissionRequest } from "./permission.ts";
import type { Phone } from "./phone.ts";
import { SlidingWindow } from "./sliding-window.ts";
import { DAY, type Instant } from "./time.ts";

/** One business number and one person: what they agreed, and what happened between them lately. */
export interface Pair {
  readonly numberId: NumberId;
  readonly phone: Phone;
  readonly conversationId: string;
  readonly permission: Permission;
  readonly request: PermissionRequest | null;
  /** When the customer service window closes; in the past when it is closed. */
  readonly windowClosesAt: Instant;
  /** Outbound calls in a row that nobody answered; four of them revoke the permission (meta-calling §2.1). */
  readonly unansweredInARow: number;
  readonly openCall: CallId | null;
  /** Permission requests since the last connected call; a connected call clears them. */
  readonly requestsSent: SlidingWindow;
  readonly connectedCalls: SlidingWindow;
}

export type PairKey = string;

export function pairKey(numberId: NumberId, phone: Phone): PairKey {
  return `${numberId}/${phone}`;
}

export function newPair(
  numberId: NumberId,
  phone: Phone,
  conversationId: string,
  windowClosesAt: Instant,
  permission: Permission,
): Pair {
  return {
    numberId,
    phone,
    conversationId,
    permission,
    request: null,
    windowClosesAt,
    unansweredInARow: 0,
    openCall: null,
    requestsSent: new SlidingWindow(7 * DAY),
    connectedCalls: new SlidingWindow(DAY),
  };
}
