import type { WorldEvent } from "../domain/events.ts";
import type { JsonObject } from "../domain/json.ts";
import type { SdpFinding } from "../domain/sdp/types.ts";
import type { TimelineEntry, TimelineKind } from "./timeline.ts";

type Entry = Omit<TimelineEntry, "seq">;

/** How an event of a call reads in its timeline; events that are only bookkeeping have no line. */
export function entriesOf(event: WorldEvent): readonly Entry[] {
  const entry = (kind: TimelineKind, name: string, detail: JsonObject = {}): Entry => ({
    at: event.at,
    kind,
    name,
    detail,
  });
  const warned = (warnings: readonly SdpFinding[]) =>
    warnings.map(({ rule, behaviour, line, text, message, remedy }) =>
      entry("warning", "sdp", { rule, behaviour, line, text, message, remedy }),
    );
  switch (event.type) {
    case "call.started":
      return [
        entry("transition", "INITIATED", { by: "business", to: event.call.peerNumber, script: event.script }),
        ...warned(event.warnings),
      ];
    case "call.received":
      return [entry("transition", "RINGING", { by: "person", from: event.call.peerNumber, script: event.script })];
    case "call.rang":
      return [entry("transition", "RINGING", { by: "person" })];
    case "call.preAccepted":
      return [entry("media", "preAccepted", { by: "business" }), ...warned(event.warnings)];
    case "call.answered":
      return [entry("transition", "ACCEPTED", { by: event.by }), ...warned(event.warnings)];
    case "call.rejected":
      return [entry("transition", "REJECTED", { by: event.by })];
    case "call.ended":
      return [entry("transition", event.status, { by: event.by })];
    case "call.failed":
      return [entry("transition", "FAILED", { errorCode: event.failure.code, errorMessage: event.failure.message })];
    case "call.sdpProvided":
      return [entry("media", "sdpProvided", { kind: event.kind })];
    case "realtime.sessionCreated":
      return [
        entry("media", "realtimeSessionCreated", {
          mode: event.token.mode,
          expiresAt: new Date(event.token.expiresAt).toISOString(),
        }),
      ];
    case "realtime.opened":
      return [entry("media", "realtimeOpened", { mode: event.mode })];
    case "audio.requested":
      return [entry("media", event.queued ? "audioQueued" : "audioRequested", { url: event.url })];
    case "person.spoke":
      return [entry("person", "speak", { pattern: event.pattern })];
    case "permission.reconsidered":
      return [entry("person", "askedToReconsider", { phone: event.phone })];
    case "person.sentDtmf":
      return [entry("person", "send-dtmf", { digits: event.digits })];
    case "delivery.attempted":
      return [
        entry("webhook", event.event, {
          webhookId: event.deliveryId,
          url: event.url,
          attempt: event.number,
          status: event.attempt.status,
          error: event.attempt.error,
          result: event.result,
          nextAt: event.nextAt === null ? null : new Date(event.nextAt).toISOString(),
        }),
      ];
    case "delivery.dropped":
      return [entry("webhook", event.event, { subscriptionId: event.subscriptionId, result: "dropped" })];
    default:
      return [];
  }
}
