import type { CallFailure, CallId, CallIdentity } from "./call.ts";
import type { Contact } from "./contact.ts";
import type { Attempt, DeliveryId } from "./delivery.ts";
import type { ApiKey } from "./key.ts";
import type { BusinessNumber, NumberId } from "./number.ts";
import type { Permission } from "./permission.ts";
import type { Phone } from "./phone.ts";
import type { RealtimeMode, RealtimeToken } from "./realtime-token.ts";
import type { SdpFinding } from "./sdp/types.ts";
import type { CallingSettings } from "./settings.ts";
import type { WorldMode, WorldRules } from "./state.ts";
import type { Subscription, SubscriptionId, WebhookEvent } from "./subscription.ts";
import type { Instant } from "./time.ts";

interface OfCall {
  readonly callId: CallId;
}

interface OfPair {
  readonly numberId: NumberId;
  readonly phone: Phone;
}

/** A delivery may concern a call, and always concerns a subscription. */
interface OfDelivery {
  readonly deliveryId: DeliveryId;
  readonly subscriptionId: SubscriptionId;
  readonly event: WebhookEvent;
  readonly callId: CallId | null;
}

/** What happened. Everything that a world knows follows from these; every one can be written to a journal as JSON. */
export type WorldEvent = { readonly at: Instant } & (
  | { readonly type: "world.started"; readonly rules: WorldRules; readonly mode: WorldMode }
  | { readonly type: "world.seeded" }
  | { readonly type: "world.reset" }
  | { readonly type: "world.modeSet"; readonly mode: WorldMode }
  | { readonly type: "number.added"; readonly number: BusinessNumber }
  | { readonly type: "number.changed"; readonly number: BusinessNumber }
  | { readonly type: "key.issued"; readonly key: ApiKey }
  | { readonly type: "contact.put"; readonly contact: Contact }
  | { readonly type: "settings.updated"; readonly numberId: NumberId; readonly settings: CallingSettings }
  /** The first time a number and a person have to do with each other. */
  | ({ readonly type: "pair.met"; readonly conversationId: string } & OfPair)
  | ({ readonly type: "window.opened"; readonly closesAt: Instant } & OfPair)
  | ({ readonly type: "window.closed" } & OfPair)
  | ({ readonly type: "permission.probed" } & OfPair)
  | ({ readonly type: "permission.requested"; readonly messageId: string; readonly text: string | null } & OfPair)
  /** The person's WhatsApp is too old to show the request (meta-calling §1.2, 131026). */
  | ({ readonly type: "permission.undelivered"; readonly messageId: string } & OfPair)
  /** Two unanswered calls in a row: WhatsApp asks the person whether to go on (meta-calling §2.1). */
  | ({ readonly type: "permission.reconsidered" } & OfPair & OfCall)
  | ({
      readonly type: "permission.changed";
      readonly permission: Permission;
      readonly source: "user_action" | "automatic" | "control";
      /** The request that was answered, or the call that granted by itself. */
      readonly context: string | null;
    } & OfPair)
  /** The business called. */
  | ({
      readonly type: "call.started";
      readonly call: CallIdentity;
      readonly sdpOffer: string | null;
      readonly script: string;
      readonly warnings: readonly SdpFinding[];
    } & OfCall)
  /** A person called; the phone of the business is ringing. */
  | ({
      readonly type: "call.received";
      readonly call: CallIdentity;
      readonly script: string;
      readonly sdpOffer: string | null;
      readonly deeplinkPayload: string | null;
      readonly ctaPayload: string | null;
    } & OfCall)
  | ({ readonly type: "call.sdpProvided"; readonly kind: "offer" | "answer"; readonly sdp: string } & OfCall)
  | ({ readonly type: "call.rang" } & OfCall)
  | ({ readonly type: "call.preAccepted"; readonly sdp: string; readonly warnings: readonly SdpFinding[] } & OfCall)
  | ({
      readonly type: "call.answered";
      readonly by: "person" | "business";
      readonly sdpAnswer: string | null;
      readonly warnings: readonly SdpFinding[];
    } & OfCall)
  | ({ readonly type: "call.rejected"; readonly by: "person" | "business" } & OfCall)
  | ({
      readonly type: "call.ended";
      readonly status: "COMPLETED" | "MISSED";
      readonly by: "person" | "business" | "timeout";
    } & OfCall)
  | ({ readonly type: "call.failed"; readonly failure: CallFailure } & OfCall)
  | ({ readonly type: "realtime.sessionCreated"; readonly token: RealtimeToken } & OfCall)
  | ({ readonly type: "realtime.opened"; readonly token: string; readonly mode: RealtimeMode } & OfCall)
  | ({ readonly type: "audio.requested"; readonly url: string; readonly queued: boolean } & OfCall)
  | ({ readonly type: "person.stepTaken"; readonly step: number } & OfCall)
  | ({ readonly type: "person.spoke"; readonly pattern: string } & OfCall)
  | ({ readonly type: "person.sentDtmf"; readonly digits: string } & OfCall)
  | { readonly type: "subscription.created"; readonly subscription: Subscription }
  | { readonly type: "subscription.changed"; readonly subscription: Subscription }
  /** What was still waiting for it goes with it. */
  | {
      readonly type: "subscription.deleted";
      readonly subscriptionId: SubscriptionId;
      readonly waiting: readonly DeliveryId[];
    }
  | ({ readonly type: "delivery.queued"; readonly payload: string; readonly lane: string } & OfDelivery)
  /** The time of a retry has come. */
  | ({ readonly type: "delivery.due" } & OfDelivery)
  | ({
      readonly type: "delivery.attempted";
      readonly url: string;
      /** Counted from 1. */
      readonly number: number;
      readonly attempt: Attempt;
      readonly result: "delivered" | "waiting" | "given-up";
      readonly nextAt: Instant | null;
    } & OfDelivery)
  /** Somebody asked to send it again. */
  | ({ readonly type: "delivery.requeued" } & OfDelivery)
  /** The queue was full. */
  | ({ readonly type: "delivery.dropped" } & Omit<OfDelivery, "deliveryId">)
);

export type EventType = WorldEvent["type"];
export type EventOf<T extends EventType> = Extract<WorldEvent, { type: T }>;

/** The call that an event belongs to, if it belongs to one. */
export function callOf(event: WorldEvent): CallId | null {
  return "callId" in event ? event.callId : null;
}
