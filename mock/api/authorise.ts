import type { OperationSpec } from "../../spec/generated/operations.ts";
import { callingUnsupported } from "../domain/decide/find.ts";
import type { CallingNumber } from "../domain/number.ts";
import { type Refusal, refuse } from "../domain/refusals/refusal.ts";
import type { FoundKey } from "../world/worlds.ts";

export type Authorised =
  | { readonly ok: true; readonly number: CallingNumber }
  | { readonly ok: false; readonly refusal: Refusal };

/** Whether a key may use a calls operation, in the documented order: scope, number, provider, operation, connection. */
export function authoriseNumber({ place, key }: FoundKey, operation: OperationSpec): Authorised {
  if (key.scope === "tenant") return no(tenantKey());
  const number = key.scope === "number" ? place.world.state.numbers.get(key.numberId) : undefined;
  if (number === undefined) return no(unboundKey());
  if (number.provider === "OTHER") return no(callingUnsupported());
  if (operation.providers?.includes(number.provider) === false) return no(otherProvidersOperation(number, operation));
  if (!number.connected) return no(notConnected());
  return { ok: true, number };
}

function no(refusal: Refusal): Authorised {
  return { ok: false, refusal };
}

function tenantKey(): Refusal {
  return refuse("TENANT_SCOPE_NOT_ALLOWED", {
    message:
      "This key belongs to the tenant, and the calls endpoints need the key of one number. Use a number's own key.",
  });
}

/** Also used where any key will do but this one opens nothing (NUM-014). */
export function unboundKey(): Refusal {
  return refuse("NUMBER_NOT_FOUND", {
    message: "This key is not bound to a WhatsApp number. Use the key of a number.",
  });
}

function otherProvidersOperation(number: CallingNumber, operation: OperationSpec): Refusal {
  const evoGo = number.provider === "EVO_GO";
  return refuse("FEATURE_NOT_SUPPORTED", {
    message: `${operation.method} ${operation.path} exists on ${evoGo ? "META" : "EVO_GO"} numbers only, and this key's number is ${evoGo ? "an EVO_GO" : "a META"} number.${evoGo ? "" : " On META, audio goes through the WebRTC media stream."}`,
    behaviour: evoGo ? "AUTH-018" : "AUTH-019",
  });
}

function notConnected(): Refusal {
  return refuse("WHATSAPP_INSTANCE_NOT_CONNECTED", {
    message: "The WhatsApp number is not connected. GET /v1/numbers/{id}/status tells when it is OPEN again.",
  });
}
