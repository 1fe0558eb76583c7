import { valueAt } from "../../../mock/config/path.ts";
import { judgeSdp, type SdpRole } from "../../../mock/domain/sdp/index.ts";
import { jsonOf } from "../../exchange/json-of.ts";
import type { CallingProvider } from "../recorded-keys.ts";
import type { RecordedExchange } from "../recording.ts";
import type { PactState } from "./pact-file.ts";

/** What an SDP is sent as, where META asks for one. */
const roles: Readonly<Record<string, SdpRole>> = { startCall: "offer", acceptCall: "answer", preAcceptCall: "answer" };

/**
 * Why a request would be refused before the recorded answer, whatever its provider states lead to: a service asks in an
 * order of its own, and a magic number precedes the SDP (META-START-009).
 *
 * @param code of the recorded refusal; null where there was none
 * @returns null when nothing stands in the way
 */
export function faultOfItsOwn(
  { operation, request, departures }: RecordedExchange,
  provider: CallingProvider,
  code: string | null,
  states: readonly PactState[],
): string | null {
  // Codes that the gateway has of its own say what is wrong with the request, or precede it.
  if (code !== null && !code.startsWith("META_")) return null;
  const departure = departures.find((found) => found.in === "request");
  if (departure !== undefined) return `its request leaves the document: ${departure.message}`;
  const role = roles[operation ?? ""];
  const isRefusedAnyway = states.some(({ name }) => name === "the next request is refused");
  if (role === undefined || provider !== "META" || isRefusedAnyway) return null;
  const sdp = valueAt(jsonOf(request.body), ["sdp"]);
  if (typeof sdp !== "string") return `its request has no sdp, which ${String(operation)} needs on META`;
  const verdict = judgeSdp(sdp, role, { strict: false });
  return verdict.ok ? null : `its SDP would be refused: ${verdict.finding.message}`;
}
