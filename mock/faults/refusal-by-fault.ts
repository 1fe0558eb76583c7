import { type FaultCode, type Refusal, refuse, refuseByMeta } from "../domain/refusals/refusal.ts";
import type { Strike } from "./fault-book.ts";
import type { GatewayStatus, RefusedWith } from "./rule.ts";

/**
 * The refusal with which a rule stands in the way of a request; null when the request is to be served all the same. Its
 * ledger entry is ERR-008, whatever the code: what is behind it is the rule, and `x-sandbox-fault` names that.
 *
 * @param world the id of the world, for the sentence that says how to remove the rule
 */
export function refusalByFault({ id, effect }: Strike<"request">, world: string): Refusal | null {
  const hint = `by the fault rule ${id} of this sandbox, and nothing was changed. DELETE /_sandbox/worlds/${world}/faults/${id} removes it.`;
  switch (effect.type) {
    case "refusal":
      return refused(effect.refused, `This was refused ${hint}`);
    case "status":
      return {
        code: codeOf[effect.status],
        status: effect.status,
        message: `${words[effect.status]}, ${hint}`,
        behaviour,
      };
    case "reset":
      // Never seen by anybody: the connection ends before it.
      return { code: "BAD_GATEWAY", status: 502, message: `The connection was reset ${hint}`, behaviour };
    default:
      return null;
  }
}

const behaviour = "ERR-008";

function refused(by: RefusedWith, message: string): Refusal {
  if (by.by === "meta") {
    const refusal = refuseByMeta(by.code, { message, behaviour });
    if (refusal.meta === undefined || by.style === null) return refusal;
    return { ...refusal, meta: { ...refusal.meta, style: by.style } };
  }
  // A client that reads the issues of a validation error has to find some (ERR-005).
  const details = by.code === "VALIDATION_ERROR" ? { details: { issues: [{ path: "", message }] } } : {};
  return refuse(by.code, { message, behaviour, ...details });
}

const codeOf: Readonly<Record<GatewayStatus, FaultCode>> = {
  500: "INTERNAL_SERVER_ERROR",
  502: "BAD_GATEWAY",
  503: "SERVICE_UNAVAILABLE",
  504: "GATEWAY_TIMEOUT",
};

const words: Readonly<Record<GatewayStatus, string>> = {
  500: "Internal server error",
  502: "Bad gateway",
  503: "Service unavailable",
  504: "Gateway timeout",
};
