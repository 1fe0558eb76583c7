import type { OperationSpec } from "../../spec/generated/operations.ts";
import type { CallingNumber } from "../domain/number.ts";

/**
 * A body without the fields that the spec means for other providers: they are ignored, whatever they hold, so that one
 * client can send `sdp: null` everywhere (EVO-START-002, EVO-ACCEPT-002; pilot-status §3.1).
 */
export function withoutForeign({ body }: OperationSpec, number: CallingNumber | null, json: unknown): unknown {
  if (body?.propertyProviders === undefined || number === null || typeof json !== "object" || json === null)
    return json;
  const foreign = Object.entries(body.propertyProviders).filter(([, meant]) => !meant.includes(number.provider));
  if (!foreign.some(([name]) => Object.hasOwn(json, name))) return json;
  return Object.fromEntries(Object.entries(json).filter(([name]) => !foreign.some(([field]) => field === name)));
}
