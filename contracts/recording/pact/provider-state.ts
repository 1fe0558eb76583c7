import { isMap, valueAt } from "../../../mock/config/path.ts";
import { jsonOf } from "../../exchange/json-of.ts";
import type { CallingProvider } from "../recorded-keys.ts";
import type { RecordedExchange } from "../recording.ts";
import type { CallMemory, Direction } from "./call-memory.ts";
import { faultOfItsOwn } from "./fault-of-its-own.ts";
import type { PactState } from "./pact-file.ts";

/** The states under which an exchange can be verified, or why there are none. */
export type FoundStates = { readonly states: readonly PactState[] } | { readonly why: string };

/** What is known of an exchange beside what it holds. */
export interface Circumstances {
  readonly provider: CallingProvider;
  /** What its path puts in for `{callId}`; null where it has none. */
  readonly callId: string | null;
  readonly calls: CallMemory;
}

const state = (name: string, params: PactState["params"] = {}): FoundStates => ({ states: [{ name, params }] });

/**
 * The provider state that leads to a recorded answer, by its name in the sandbox. `calls-sandbox verify --states` lists
 * them with their parameters.
 */
export function statesFor(exchange: RecordedExchange, circumstances: Circumstances): FoundStates {
  const code = codeOf(exchange);
  const found = code === null ? afterSuccess(exchange, circumstances) : afterRefusal(exchange, circumstances, code);
  if ("why" in found) return found;
  const why = faultOfItsOwn(exchange, circumstances.provider, code, found.states);
  return why === null ? found : { why };
}

function afterRefusal(
  exchange: RecordedExchange,
  { provider, callId, calls }: Circumstances,
  code: string,
): FoundStates {
  const person = { phone: phoneOf(exchange) };
  switch (code) {
    case "UNAUTHORIZED":
      return { states: [] };
    case "TENANT_SCOPE_NOT_ALLOWED":
    case "NUMBER_NOT_FOUND":
      return { why: `no provider state leads to ${code}` };
    case "WHATSAPP_INSTANCE_NOT_CONNECTED":
      return state("an EVO_GO number that is not connected");
    case "INVALID_CALL_STATE":
      return callIn(exchange, provider, calls.direction(callId ?? ""), "details");
    case "META_CALL_PERMISSION_REQUIRED":
      return state("a person who allows no calls", person);
    case "META_CALL_PERMISSION_REQUEST_LIMIT":
      return state("a person who was asked for permission today", person);
    default:
      if (!code.startsWith("META_")) return state("a connected number", { provider });
      return {
        states: [
          { name: "a connected number", params: { provider } },
          { name: "the next request is refused", params: { operation: exchange.operation, code } },
        ],
      };
  }
}

function afterSuccess(exchange: RecordedExchange, { provider, callId, calls }: Circumstances): FoundStates {
  const direction = calls.direction(callId ?? "");
  switch (exchange.operation) {
    case "startCall":
      if (provider === "EVO_GO") return state("a connected number", { provider });
      return state("a person who allows calls", { phone: phoneOf(exchange) });
    case "getCallPermission":
      return state(mayCall(exchange) ? "a person who allows calls" : "a person who allows no calls", {
        phone: phoneOf(exchange),
      });
    case "requestCallPermission":
      return state("a person who allows no calls", { phone: phoneOf(exchange) });
    case "listCalls":
      return state(hasCalls(exchange) ? "calls in the list" : "no calls", { provider });
    case "getCall":
      return callIn(exchange, provider, direction);
    case "acceptCall":
    case "preAcceptCall":
    case "rejectCall":
      return state("a ringing inbound call", { provider });
    case "terminateCall":
      if (calls.status(callId ?? "") === "ACCEPTED") return state("an answered call", { provider, direction });
      return state(direction === "INBOUND" ? "a ringing inbound call" : "an outbound call that rings", { provider });
    case "playAudio":
    case "createRealtimeSession":
      return state("an answered call", { provider, direction });
    case "listWebhooks":
    case "getWebhook":
    case "updateWebhook":
    case "deleteWebhook":
    case "listWebhookLogs":
      return state("a webhook is registered", { provider });
    default:
      return state("a connected number", { provider });
  }
}

/** The state in which a call has the status that the answer shows. */
function callIn(
  { response }: RecordedExchange,
  provider: CallingProvider,
  direction: Direction,
  inside?: "details",
): FoundStates {
  const body = jsonOf(response.body);
  const status = valueAt(body, inside === undefined ? ["status"] : [inside, "status"]);
  if (status === "RINGING" && direction === "INBOUND") return state("a ringing inbound call", { provider });
  if (status === "RINGING") return state("an outbound call that rings", { provider });
  if (status === "ACCEPTED") return state("an answered call", { provider, direction });
  if (status === "COMPLETED") {
    // A refusal does not say whether anybody had answered.
    const answered = inside !== undefined || typeof valueAt(body, ["durationSeconds"]) === "number";
    return state("an ended call", { provider, direction, answered });
  }
  if (status === "MISSED") return state("an ended call", { provider, direction: "INBOUND", answered: false });
  return { why: `no provider state leads to a call that is ${String(status)}` };
}

function codeOf({ response }: RecordedExchange): string | null {
  const body = jsonOf(response.body);
  return response.status >= 400 && isMap(body) && typeof body["code"] === "string" ? body["code"] : null;
}

function phoneOf({ request }: RecordedExchange): string | undefined {
  const to =
    valueAt(jsonOf(request.body), ["to"]) ?? new URL(request.target, "http://localhost").searchParams.get("to");
  return typeof to === "string" ? `+${to.replaceAll(/\D/g, "")}` : undefined;
}

function mayCall({ response }: RecordedExchange): boolean {
  return /temporary|permanent/.test(String(valueAt(jsonOf(response.body), ["permission", "status"])));
}

function hasCalls({ response }: RecordedExchange): boolean {
  const calls = valueAt(jsonOf(response.body), ["calls"]);
  return Array.isArray(calls) && calls.length > 0;
}
