import type { components } from "../../spec/generated/control.ts";
import type { CallId } from "../domain/call.ts";
import type { NumberId } from "../domain/number.ts";
import type { Phone } from "../domain/phone.ts";
import type { catalogue } from "../domain/refusals/catalogue.ts";
import type { MetaRefusalCode } from "../domain/refusals/meta-errors.ts";
import type { Instant } from "../domain/time.ts";

/** A rule as users write it: in a control request, in `SandboxOptions.faults`, or as JSON after `--fault`. */
export type FaultBody = components["schemas"]["FaultBody"];

/** What can be struck; each has effects of its own. */
export type FaultKind = "request" | "webhook" | "media";

/** What a rule strikes. A null narrows nothing down. */
export interface FaultTarget {
  readonly kind: FaultKind;
  /** An operationId, a webhook event, or `realtime` or `webrtc`; `*` stands for all of the kind. */
  readonly name: string;
  readonly callId: CallId | null;
  readonly numberId: NumberId | null;
  readonly to: Phone | null;
}

/** When a rule strikes, of everything that fits its target. */
export type FaultTrigger =
  | { readonly type: "always" }
  | { readonly type: "next"; readonly count: number }
  | { readonly type: "every"; readonly count: number }
  | { readonly type: "probability"; readonly share: number };

/** How a latency is drawn between two bounds; equal bounds make it fixed. */
export interface Latency {
  readonly type: "latency";
  readonly minMs: number;
  readonly maxMs: number;
  readonly distribution: "uniform" | "normal" | "exponential";
}

export type MetaStyle = "plain" | "user";

/** What a refusal by rule is refused with: a code of the gateway's own, or one of Meta's. */
export type RefusedWith =
  | { readonly by: "gateway"; readonly code: keyof typeof catalogue }
  | { readonly by: "meta"; readonly code: MetaRefusalCode; readonly style: MetaStyle | null };

export type GatewayStatus = 500 | 502 | 503 | 504;

export type RequestEffect =
  | Latency
  | { readonly type: "refusal"; readonly refused: RefusedWith }
  | { readonly type: "status"; readonly status: GatewayStatus; readonly body: "json" | "html" }
  | { readonly type: "reset" }
  | { readonly type: "half-body" }
  | { readonly type: "drip"; readonly everyMs: number; readonly bytes: number };

export type WebhookEffect =
  /** The attempt is made twice, with the same `webhook-id`. */
  | { readonly type: "duplicate" }
  /** The attempt lets the next delivery of its lane go first, and is made by itself after so much world time. */
  | { readonly type: "reorder"; readonly ms: number }
  /** The attempt waits, in world time. */
  | { readonly type: "delay"; readonly ms: number }
  /** The attempt never reaches the receiver; like every failed one it is followed by the next retry. */
  | { readonly type: "lose" }
  /** The attempt is signed with a secret that is not the receiver's. */
  | { readonly type: "wrong-signature" };

export type MediaEffect =
  | { readonly type: "stall"; readonly afterMs: number; readonly ms: number }
  | { readonly type: "drop"; readonly share: number }
  | { readonly type: "garble"; readonly share: number }
  | { readonly type: "jitter"; readonly ms: number }
  | { readonly type: "early-close"; readonly afterMs: number }
  | { readonly type: "refuse-upgrade"; readonly status: GatewayStatus };

/** The effects of each kind of target. */
export interface EffectOf {
  readonly request: RequestEffect;
  readonly webhook: WebhookEffect;
  readonly media: MediaEffect;
}

export type FaultEffect = EffectOf[FaultKind];
export type EffectType = FaultEffect["type"];

/** What each effect can happen to. */
export const kindOfEffect = {
  latency: "request",
  refusal: "request",
  status: "request",
  reset: "request",
  "half-body": "request",
  drip: "request",
  duplicate: "webhook",
  reorder: "webhook",
  delay: "webhook",
  lose: "webhook",
  "wrong-signature": "webhook",
  stall: "media",
  drop: "media",
  garble: "media",
  jitter: "media",
  "early-close": "media",
  "refuse-upgrade": "media",
} as const satisfies Record<EffectType, FaultKind>;

/** A rule that has passed every check. */
export interface FaultRule {
  readonly target: FaultTarget;
  readonly trigger: FaultTrigger;
  readonly effect: FaultEffect;
}

/** A rule of a world, with what became of it. */
export interface ArmedFault extends FaultRule {
  readonly id: string;
  /** False once it can't strike any more. */
  readonly armed: boolean;
  /** How often something fitted its target. */
  readonly seen: number;
  readonly hits: number;
  readonly addedAt: Instant;
  readonly lastHitAt: Instant | null;
}

/** A mistake in a rule; `message` begins with the path. */
export interface FaultMistake {
  readonly path: string;
  readonly message: string;
}
