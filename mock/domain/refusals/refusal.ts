import type { BehaviourId } from "../../../spec/generated/behaviour-ids.ts";
import type { ErrorCode } from "../../../spec/generated/error-codes.ts";
import type { JsonObject } from "../json.ts";
import { catalogue } from "./catalogue.ts";
import { type MetaRefusalCode, metaErrors } from "./meta-errors.ts";

/** A request that is answered with "no": a value that travels back to the door, never an exception. */
export interface Refusal {
  readonly code: ErrorCode | FaultCode;
  /** The HTTP status of the gateway. */
  readonly status: number;
  /** What failed, what was expected and received, what to do: one text for a person. */
  readonly message: string;
  /** The ledger entry behind it, sent as `x-sandbox-behaviour`. */
  readonly behaviour: BehaviourId;
  readonly details?: JsonObject;
  readonly meta?: MetaRefusal;
}

/** What a broken gateway says; nothing but a fault rule brings these about (ERR-010). */
export type FaultCode = "INTERNAL_SERVER_ERROR" | "BAD_GATEWAY" | "SERVICE_UNAVAILABLE" | "GATEWAY_TIMEOUT";

/** What Meta itself said, when the gateway forwards a refusal of Meta's. */
export interface MetaRefusal {
  readonly code: MetaRefusalCode;
  readonly details: string;
  /** Which of Meta's two body styles it has, where that is not the code's own. */
  readonly style?: "plain" | "user";
}

/**
 * Makes a refusal of the gateway's own.
 *
 * @param code one of the catalogue; it fixes the status
 * @param reason the message, the ledger entry where it is not the code's usual one, and details
 * @example refuse("INVALID_LIMIT", { message: "limit must be 1 to 100 but was 0. Send …", behaviour: "CALL-LIST-005" })
 */
export function refuse(
  code: keyof typeof catalogue,
  reason: { message: string; behaviour?: BehaviourId; details?: JsonObject },
): Refusal {
  const entry = catalogue[code];
  return {
    code,
    status: entry.status,
    message: reason.message,
    behaviour: reason.behaviour ?? entry.behaviour,
    ...(reason.details === undefined ? {} : { details: reason.details }),
  };
}

/**
 * Makes a refusal that Meta gave and the gateway forwards.
 *
 * @param code Meta's number, for example 138006
 * @param reason `message` for the gateway's body; `details` replaces Meta's usual sentence; `behaviour` names the cause
 */
export function refuseByMeta(
  code: MetaRefusalCode,
  reason: { message: string; behaviour?: BehaviourId; details?: string; extra?: JsonObject },
): Refusal {
  const error = metaErrors[code];
  return {
    code: error.name,
    status: error.gatewayStatus,
    message: reason.message,
    behaviour: reason.behaviour ?? error.behaviour,
    ...(reason.extra === undefined ? {} : { details: reason.extra }),
    meta: { code, details: reason.details ?? error.details },
  };
}
