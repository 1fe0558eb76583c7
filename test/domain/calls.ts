import type { Call } from "../../mock/domain/call.ts";

/** A call that rang and was not answered yet; a test says what else matters to it. */
export const ringingCall = {
  id: "call_1",
  externalCallId: "wacid.1",
  numberId: "num_1",
  provider: "META",
  direction: "OUTBOUND",
  peerNumber: "5511999999999",
  fromNumber: "551140000001",
  conversationId: "conv_1",
  bizOpaqueCallbackData: null,
  startedAt: 0,
  createdAt: 0,
  updatedAt: 0,
  status: "RINGING",
  connectedAt: null,
  endedAt: null,
  failure: null,
} as const satisfies Call;

/** The same call, over after so many milliseconds of talk. */
export function talkedFor(milliseconds: number): Call {
  return { ...ringingCall, status: "COMPLETED", connectedAt: 1_000, endedAt: 1_000 + milliseconds };
}
