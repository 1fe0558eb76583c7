import type { components } from "../../../spec/generated/openapi.ts";
import { type Call, type CallSdp, durationSeconds } from "../../domain/call.ts";
import { type Instant, isoTime } from "../../domain/time.ts";

export type CallDto = components["schemas"]["Call"];
export type CallWithSdpDto = components["schemas"]["CallWithSdp"];

/** A call as the API shows it: every field always there, null where it has no value (CALL-GET-001, -002). */
export function callDto(call: Call): CallDto {
  return {
    id: call.id,
    externalCallId: call.externalCallId,
    direction: call.direction,
    status: call.status,
    peerNumber: call.peerNumber,
    fromNumber: call.fromNumber,
    conversationId: call.conversationId,
    bizOpaqueCallbackData: call.bizOpaqueCallbackData,
    startedAt: isoTime(call.startedAt),
    connectedAt: isoOrNull(call.connectedAt),
    endedAt: isoOrNull(call.endedAt),
    durationSeconds: durationSeconds(call),
    errorCode: call.failure?.code ?? null,
    errorMessage: call.failure?.message ?? null,
    createdAt: isoTime(call.createdAt),
    updatedAt: isoTime(call.updatedAt),
  };
}

/** The same with both session descriptions, which are null on EVO_GO (CALL-GET-004, -011). */
export function callWithSdpDto(call: Call, sdp: CallSdp): CallWithSdpDto {
  return { ...callDto(call), sdpOffer: sdp.offer, sdpAnswer: sdp.answer };
}

function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : isoTime(at);
}
