import type { BehaviourId } from "../../../spec/generated/behaviour-ids.ts";
import type { ErrorCode } from "../../../spec/generated/error-codes.ts";

interface CatalogueEntry {
  readonly status: number;
  /** The ledger entry behind the code, unless a refusal names a closer one. */
  readonly behaviour: BehaviourId;
}

/** Every refusal that is not Meta's: the status is fixed here, once. Meta's own are in meta-errors.ts. */
export const catalogue = {
  // The Calls API
  UNAUTHORIZED: { status: 401, behaviour: "AUTH-005" },
  TENANT_SCOPE_NOT_ALLOWED: { status: 403, behaviour: "AUTH-014" },
  NUMBER_NOT_FOUND: { status: 400, behaviour: "AUTH-015" },
  FEATURE_NOT_SUPPORTED: { status: 400, behaviour: "AUTH-016" },
  WHATSAPP_INSTANCE_NOT_CONNECTED: { status: 409, behaviour: "EVO-CONN-001" },
  PAYLOAD_TOO_LARGE: { status: 413, behaviour: "ROUTE-015" },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, behaviour: "ROUTE-010" },
  VALIDATION_ERROR: { status: 400, behaviour: "ROUTE-013" },
  MISSING_TO: { status: 400, behaviour: "META-PERM-037" },
  INVALID_LIMIT: { status: 400, behaviour: "CALL-LIST-007" },
  INVALID_BEFORE: { status: 400, behaviour: "CALL-LIST-013" },
  WEBHOOK_NOT_FOUND: { status: 404, behaviour: "HOOK-SUB-007" },
  NUMBER_REQUIRED: { status: 400, behaviour: "HOOK-SUB-004" },
  NUMBER_MISMATCH: { status: 400, behaviour: "HOOK-SUB-005" },
  CALL_NOT_FOUND: { status: 404, behaviour: "CALL-007" },
  ROUTE_NOT_FOUND: { status: 404, behaviour: "ROUTE-003" },
  METHOD_NOT_ALLOWED: { status: 405, behaviour: "ROUTE-004" },
  INVALID_CALL_STATE: { status: 400, behaviour: "CALL-034" },
  UPGRADE_NOT_SUPPORTED: { status: 426, behaviour: "ROUTE-007" },
  STORAGE_FULL: { status: 503, behaviour: "WORLD-025" },
  SANDBOX_RESPONSE_INVALID: { status: 500, behaviour: "ERR-009" },
  // The control API
  WORLD_NOT_FOUND: { status: 404, behaviour: "CTRL-003" },
  WORLD_ALREADY_EXISTS: { status: 409, behaviour: "CTRL-052" },
  TOO_MANY_WORLDS: { status: 429, behaviour: "CTRL-013" },
  DELIVERY_NOT_FOUND: { status: 404, behaviour: "HOOK-SUB-049" },
  FAULT_NOT_FOUND: { status: 404, behaviour: "CTRL-053" },
  CLOCK_GOES_BACKWARDS: { status: 400, behaviour: "CLOCK-010" },
  CLOCK_NOT_VIRTUAL: { status: 409, behaviour: "CLOCK-008" },
  CLOCK_IS_ADVANCING: { status: 409, behaviour: "CLOCK-019" },
  PERSON_CANNOT_DO_THAT: { status: 409, behaviour: "CTRL-025" },
  INBOUND_CALL_NOT_POSSIBLE: { status: 409, behaviour: "CTRL-020" },
  SNAPSHOT_OF_ANOTHER_WORLD: { status: 409, behaviour: "CTRL-050" },
  PROVIDER_STATE_NOT_FOUND: { status: 404, behaviour: "PACT-003" },
  PROVIDER_STATE_NOT_POSSIBLE: { status: 409, behaviour: "PACT-006" },
  MESSAGE_NOT_SENT: { status: 404, behaviour: "PACT-010" },
  NO_PERMISSION_REQUEST: { status: 409, behaviour: "CTRL-034" },
  NUMBER_ALREADY_EXISTS: { status: 409, behaviour: "CTRL-014" },
  CROSS_SITE_REFUSED: { status: 403, behaviour: "CTRL-042" },
  FOREIGN_HOST_REFUSED: { status: 403, behaviour: "CTRL-043" },
  CONTROL_TOKEN_REQUIRED: { status: 401, behaviour: "CTRL-044" },
} as const satisfies Partial<Record<ErrorCode, CatalogueEntry>>;
