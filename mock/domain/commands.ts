import type { CallId } from "./call.ts";
import type { Attempt, DeliveryId } from "./delivery.ts";
import type { NumberChange, NumberId } from "./number.ts";
import type { Phone } from "./phone.ts";
import type { Provider } from "./provider.ts";
import type { RealtimeMode } from "./realtime-token.ts";
import type { SettingsChange } from "./settings.ts";
import type { WorldMode } from "./state.ts";
import type { SubscriptionChange, SubscriptionId } from "./subscription.ts";
import type { Instant } from "./time.ts";

/** What the business asks through the Calls API. `callRef` is any of a call's three ids. */
export type BusinessCommand =
  | {
      readonly type: "startCall";
      readonly numberId: NumberId;
      readonly to: Phone;
      readonly sdp: string | null;
      readonly bizOpaqueCallbackData: string | null;
    }
  | {
      readonly type: "preAcceptCall";
      readonly numberId: NumberId;
      readonly callRef: string;
      readonly sdp: string | null;
    }
  | { readonly type: "acceptCall"; readonly numberId: NumberId; readonly callRef: string; readonly sdp: string | null }
  | { readonly type: "rejectCall"; readonly numberId: NumberId; readonly callRef: string }
  | { readonly type: "terminateCall"; readonly numberId: NumberId; readonly callRef: string }
  | { readonly type: "updateSettings"; readonly numberId: NumberId; readonly change: SettingsChange }
  | { readonly type: "probePermission"; readonly numberId: NumberId; readonly to: Phone }
  | {
      readonly type: "requestPermission";
      readonly numberId: NumberId;
      readonly to: Phone;
      readonly text: string | null;
    }
  | { readonly type: "playAudio"; readonly numberId: NumberId; readonly callRef: string; readonly url: string }
  | {
      readonly type: "createRealtimeSession";
      readonly numberId: NumberId;
      readonly callRef: string;
      readonly mode: RealtimeMode;
    };

/** What the phone in a person's hand can do. */
export type PersonAction =
  | { readonly do: "ring" }
  | { readonly do: "answer" }
  | { readonly do: "reject" }
  | { readonly do: "hang-up" }
  | {
      readonly do: "fail" /** Null: what the provider says of a phone that is out of reach. */;
      readonly code: string | null;
    }
  | { readonly do: "speak"; readonly pattern: string }
  | { readonly do: "send-dtmf"; readonly digits: string };

/** What people do, whether a script, the control API or a test asks for it. */
export type PersonCommand =
  | {
      readonly type: "callBusiness";
      readonly numberId: NumberId;
      readonly from: Phone;
      readonly script: string | null;
      /** The person's SDP offer, where a test brings its own. */
      readonly sdp: string | null;
      readonly deeplinkPayload: string | null;
      readonly ctaPayload: string | null;
    }
  /** `step` tells which step of the script this is; null when nobody's script asked. */
  | {
      readonly type: "actAsPerson";
      readonly callId: CallId;
      readonly action: PersonAction;
      readonly step: number | null;
    }
  | {
      readonly type: "replyToPermissionRequest";
      readonly numberId: NumberId;
      readonly phone: Phone;
      readonly response: "accept" | "reject";
      readonly permanent: boolean;
    };

/** What the network does by itself. */
export type NetworkCommand =
  /** The media side hands in the session description that the sandbox produced. */
  | { readonly type: "provideSdp"; readonly callId: CallId; readonly kind: "offer" | "answer"; readonly sdp: string }
  | { readonly type: "ringTimeout"; readonly callId: CallId }
  /** A realtime socket was opened with a token. */
  | { readonly type: "spendRealtimeToken"; readonly token: string };

/** What the control API changes in the directory of a world. */
export type DirectoryCommand =
  | {
      readonly type: "addNumber";
      readonly provider: Provider;
      readonly number: Phone;
      readonly secret: string;
      readonly change: NumberChange;
    }
  | { readonly type: "updateNumber"; readonly numberId: NumberId; readonly change: NumberChange }
  | {
      readonly type: "putContact";
      readonly phone: Phone;
      readonly name?: string | null;
      readonly script?: string | null;
      readonly reachable?: boolean;
      readonly permission?: "none" | "temporary" | "permanent";
      readonly serviceWindow?: "open" | "closed";
    }
  | { readonly type: "addKey"; readonly secret: string; readonly scope: "tenant" | "unbound" }
  | { readonly type: "addKey"; readonly secret: string; readonly scope: "number"; readonly numberId: NumberId }
  | { readonly type: "setMode"; readonly mode: WorldMode }
  /** What has been set up until now is what a reset comes back to. */
  | { readonly type: "sealSeed" }
  | { readonly type: "resetWorld" };

/** Who hears of what happens, and what becomes of what they are sent. */
export type WebhookCommand =
  | {
      readonly type: "createSubscription";
      readonly numberId: NumberId;
      readonly name: string;
      readonly url: string;
      /** As they were sent: unknown names are refused. */
      readonly events: readonly string[];
    }
  | {
      readonly type: "updateSubscription";
      readonly subscriptionId: SubscriptionId;
      readonly change: SubscriptionChange;
    }
  | { readonly type: "deleteSubscription"; readonly subscriptionId: SubscriptionId }
  /** The time of a retry has come. */
  | { readonly type: "attemptDelivery"; readonly deliveryId: DeliveryId }
  /** An attempt is over; `nextAt` is when it is tried again, null when it is not. */
  | {
      readonly type: "recordAttempt";
      readonly deliveryId: DeliveryId;
      readonly attempt: Attempt;
      readonly nextAt: Instant | null;
    }
  | { readonly type: "redeliver"; readonly deliveryId: DeliveryId };

export type Command = BusinessCommand | PersonCommand | NetworkCommand | DirectoryCommand | WebhookCommand;
export type CommandOf<T extends Command["type"]> = Extract<Command, { type: T }>;
