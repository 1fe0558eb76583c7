import { isMap, itemsOf } from "../../mock/config/path.ts";
import { apiOperations, type OperationSpec } from "../../spec/generated/operations.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { jsonOf } from "../exchange/json-of.ts";
import type { RecordedExchange, Recording } from "./recording.ts";

export type CallingProvider = "META" | "EVO_GO";

/** A key of a recording, by its stand-in, and whose number it is as far as the recording shows. */
export interface RecordedKey {
  readonly standIn: string;
  /** Null where nothing in the recording says it, as with a key that was refused. */
  readonly provider: CallingProvider | null;
}

/**
 * The keys of a recording, in the order in which they were used first. Whoever replays it puts real ones in their place.
 *
 * @example keysOf(recording) // [{ standIn: "redacted", provider: "META" }, { standIn: "redacted-2", provider: "EVO_GO" }]
 */
export function keysOf({ exchanges }: Recording): readonly RecordedKey[] {
  const keys = new Map<string, CallingProvider | null>();
  for (const exchange of exchanges) {
    const standIn = keyOf(exchange);
    if (standIn !== null) keys.set(standIn, keys.get(standIn) ?? shownProvider(exchange));
  }
  return [...keys].map(([standIn, provider]) => ({ standIn, provider }));
}

/** The stand-in of the key with which a request was made; null where it had none. */
export function keyOf({ request: { headers } }: Exchange): string | null {
  return headers["x-api-key"] ?? headers["x-api-key-id"] ?? null;
}

/** What one exchange says of its number: only one provider has the operation, or writes its ids so (meta-calling §8). */
function shownProvider({ operation, response }: RecordedExchange): CallingProvider | null {
  const body = jsonOf(response.body);
  const only = onlyProvider(operation);
  if (only !== null && response.status < 300) return only;
  if (only !== null && isMap(body) && body["code"] === "FEATURE_NOT_SUPPORTED") {
    return only === "META" ? "EVO_GO" : "META";
  }
  if (isMap(body) && typeof body["code"] === "string" && body["code"].startsWith("META_")) return "META";
  if (isMap(body) && body["code"] === "WHATSAPP_INSTANCE_NOT_CONNECTED") return "EVO_GO";
  return (
    [body, ...(isMap(body) ? itemsOf(body["calls"]) : [])].map(providerOfCall).find((found) => found !== null) ?? null
  );
}

function providerOfCall(call: unknown): CallingProvider | null {
  const id = isMap(call) ? call["externalCallId"] : null;
  if (typeof id !== "string") return null;
  return id.startsWith("wacid.") ? "META" : "EVO_GO";
}

const operations: Readonly<Record<string, OperationSpec>> = apiOperations;

function onlyProvider(operation: string | null): CallingProvider | null {
  const [provider, ...others] = operations[operation ?? ""]?.providers ?? [];
  return others.length === 0 && (provider === "META" || provider === "EVO_GO") ? provider : null;
}
