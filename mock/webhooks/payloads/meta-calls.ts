import type { components } from "../../../spec/generated/openapi.ts";
import { type Call, durationSeconds } from "../../domain/call.ts";
import type { WorldEvent } from "../../domain/events.ts";
import { isMetaErrorCode } from "../../domain/refusals/meta-errors.ts";
import { type Instant, unixSeconds } from "../../domain/time.ts";
import type { CallHappening } from "./happening.ts";
import { about, envelope, profile, webhookError } from "./meta-account.ts";

type Schemas = components["schemas"];
export type CallsEnvelope = Schemas["MetaCallsEnvelope"];

/** What Meta sometimes sends and sometimes does not. */
export interface NativeOptions {
  /** Leaves `contacts` out of the connect of an outbound call, as some of Meta's do (HOOK-NATIVE-008). */
  readonly withoutContacts: boolean;
  /** Repeats the SDP under `connection.webrtc`, as some of Meta's samples do (HOOK-NATIVE-009). */
  readonly legacyConnection: boolean;
}

/** Meta's own notifications about what happened to a META call, in the order in which they leave (meta-calling §7). */
export function metaCalls(happening: CallHappening, options: NativeOptions): readonly CallsEnvelope[] {
  const { event, call } = happening;
  const values = [...connect(happening, sdpOf(event, call), options), ...status(happening), ...terminate(happening)];
  return values.map((value) => envelope("calls" as const, happening.account, value));
}

type Value = CallsEnvelope["entry"][number]["changes"][number]["value"];

/** The session description that Meta hands over with this event: its offer of a person's call, its answer to ours. */
function sdpOf(event: WorldEvent, call: Call): string | null {
  if (event.type === "call.received") return event.sdpOffer;
  if (event.type !== "call.sdpProvided") return null;
  return event.kind === (call.direction === "INBOUND" ? "offer" : "answer") ? event.sdp : null;
}

function connect(happening: CallHappening, sdp: string | null, options: NativeOptions): readonly Value[] {
  if (sdp === null) return [];
  const { call, number, account, event, personName } = happening;
  const inbound = call.direction === "INBOUND";
  const contacts = inbound ? [profile(call.peerNumber, personName)] : [{ wa_id: call.peerNumber }];
  const unpaid = inbound && number.provider === "META" && !number.paymentMethod;
  return [
    {
      ...about(number, account),
      ...(options.withoutContacts && !inbound ? {} : { contacts }),
      calls: [
        {
          ...parties(happening, event.at),
          event: "connect",
          session: { sdp_type: inbound ? "offer" : "answer", sdp },
          ...(options.legacyConnection ? { connection: { webrtc: { sdp } } } : {}),
        },
      ],
      ...(unpaid ? { errors: [webhookError(131044)] } : {}),
    },
  ];
}

/** Statuses exist for business-initiated calls only (HOOK-NATIVE-014). */
function status({ event, call, number, account }: CallHappening): readonly Value[] {
  const name = statusNamed(event);
  if (call.direction === "INBOUND" || name === null) return [];
  return [
    {
      ...about(number, account),
      statuses: [
        {
          id: call.externalCallId,
          type: "call",
          status: name,
          timestamp: stamp(event.at),
          recipient_id: call.peerNumber,
          ...opaqueData(call),
        },
      ],
    },
  ];
}

function statusNamed({ type }: WorldEvent): "RINGING" | "ACCEPTED" | "REJECTED" | null {
  if (type === "call.rang") return "RINGING";
  if (type === "call.answered") return "ACCEPTED";
  return type === "call.rejected" ? "REJECTED" : null;
}

/** Whether a call was picked up shows only in `start_time`, `end_time` and `duration` (HOOK-NATIVE-017). */
function terminate(happening: CallHappening): readonly Value[] {
  const { event, call, number, account, personName } = happening;
  if (call.endedAt === null) return [];
  const seconds = durationSeconds(call);
  return [
    {
      ...about(number, account),
      ...(call.direction === "INBOUND" ? { contacts: [profile(call.peerNumber, personName)] } : {}),
      calls: [
        {
          ...parties(happening, event.at),
          event: "terminate",
          status: call.status === "FAILED" ? "FAILED" : "COMPLETED",
          ...(call.connectedAt === null || seconds === null
            ? {}
            : { start_time: stamp(call.connectedAt), end_time: stamp(call.endedAt), duration: seconds }),
        },
      ],
      ...errors(call),
    },
  ];
}

function errors(call: Call) {
  const code = Number(call.failure?.code);
  return call.failure === null || !isMetaErrorCode(code) ? {} : { errors: [webhookError(code, call.failure.message)] };
}

function parties({ call, number, origin }: CallHappening, at: Instant) {
  const inbound = call.direction === "INBOUND";
  return {
    id: call.externalCallId,
    from: call.fromNumber,
    to: inbound ? number.number : call.peerNumber,
    timestamp: stamp(at),
    direction: inbound ? ("USER_INITIATED" as const) : ("BUSINESS_INITIATED" as const),
    ...opaqueData(call),
    ...(origin.deeplinkPayload === null ? {} : { deeplink_payload: origin.deeplinkPayload }),
    ...(origin.ctaPayload === null ? {} : { cta_payload: origin.ctaPayload }),
  };
}

function opaqueData({ bizOpaqueCallbackData }: Call): { readonly biz_opaque_callback_data?: string } {
  return bizOpaqueCallbackData === null ? {} : { biz_opaque_callback_data: bizOpaqueCallbackData };
}

function stamp(at: Instant): string {
  return String(unixSeconds(at));
}
