import type { CallId, LiveCall } from "./call.ts";
import { type CallReader, CallStore } from "./call-store.ts";
import type { Contact } from "./contact.ts";
import { emptyOutbox, type MutableOutbox, type Outbox } from "./delivery.ts";
import type { DrawSource } from "./draw.ts";
import type { ApiKey } from "./key.ts";
import type { BusinessNumber, NumberId } from "./number.ts";
import type { Pair, PairKey } from "./pair.ts";
import type { Phone } from "./phone.ts";
import type { RealtimeToken } from "./realtime-token.ts";
import { SlidingWindow } from "./sliding-window.ts";
import type { Subscription, SubscriptionId } from "./subscription.ts";
import { DAY, type Instant, SECOND } from "./time.ts";

/** In a `manual` world nobody does anything until the control API says so. */
export type WorldMode = "scripted" | "manual";

/** How a world reads what the sources leave open. */
export interface WorldRules {
  /** Refuses whatever any of the sources refuses or doesn't show. */
  readonly strict: boolean;
  /** What a bad SDP is reported as: implementers see 138008, Meta's table says 100 (meta-calling §1.2). */
  readonly sdpErrorCode: 138008 | 100;
}

/** What the limits of one number count. */
export interface NumberTraffic {
  readonly openCalls: number;
  readonly newCalls: SlidingWindow;
  readonly connectedCalls: SlidingWindow;
  readonly probes: SlidingWindow;
}

/** How much was drawn for each purpose, so that no id is ever drawn twice, not even after a reset. */
export interface Ordinals {
  readonly call: number;
  readonly conv: number;
  readonly num: number;
  readonly message: number;
  readonly token: number;
  readonly subscription: number;
  readonly delivery: number;
}

/** What a reset comes back to. */
export interface WorldSeed {
  readonly mode: WorldMode;
  readonly numbers: ReadonlyMap<NumberId, BusinessNumber>;
  readonly keys: ReadonlyMap<string, ApiKey>;
  readonly subscriptions: ReadonlyMap<SubscriptionId, Subscription>;
}

/** Everything a world knows, as readers and `decide` see it. Only `evolve` changes it. */
export interface WorldState {
  readonly source: DrawSource;
  /** The world's start, or its last reset: people's service windows were opened then. */
  readonly startedAt: Instant;
  readonly mode: WorldMode;
  readonly rules: WorldRules;
  readonly seed: WorldSeed;
  readonly ordinals: Ordinals;
  readonly numbers: ReadonlyMap<NumberId, BusinessNumber>;
  readonly traffic: ReadonlyMap<NumberId, NumberTraffic>;
  /** By secret. */
  readonly keys: ReadonlyMap<string, ApiKey>;
  readonly contacts: ReadonlyMap<Phone, Contact>;
  readonly pairs: ReadonlyMap<PairKey, Pair>;
  readonly calls: CallReader;
  readonly live: ReadonlyMap<CallId, LiveCall>;
  readonly tokens: ReadonlyMap<string, RealtimeToken>;
  readonly subscriptions: ReadonlyMap<SubscriptionId, Subscription>;
  readonly outbox: Outbox;
}

/** The same state with the right to change it: handed to `evolve` and to nobody else. */
export interface MutableWorldState extends WorldState {
  startedAt: Instant;
  mode: WorldMode;
  rules: WorldRules;
  seed: WorldSeed;
  ordinals: Ordinals;
  readonly numbers: Map<NumberId, BusinessNumber>;
  readonly traffic: Map<NumberId, NumberTraffic>;
  readonly keys: Map<string, ApiKey>;
  readonly contacts: Map<Phone, Contact>;
  readonly pairs: Map<PairKey, Pair>;
  /** Replaced at a reset. */
  calls: CallStore;
  readonly live: Map<CallId, LiveCall>;
  readonly tokens: Map<string, RealtimeToken>;
  readonly subscriptions: Map<SubscriptionId, Subscription>;
  /** Replaced at a reset. */
  outbox: MutableOutbox;
}

/** A world in which nothing has happened yet. */
export function emptyState(source: DrawSource): MutableWorldState {
  return {
    source,
    startedAt: 0,
    mode: "scripted",
    rules: { strict: false, sdpErrorCode: 138008 },
    seed: { mode: "scripted", numbers: new Map(), keys: new Map(), subscriptions: new Map() },
    ordinals: { call: 0, conv: 0, num: 0, message: 0, token: 0, subscription: 0, delivery: 0 },
    numbers: new Map(),
    traffic: new Map(),
    keys: new Map(),
    contacts: new Map(),
    pairs: new Map(),
    calls: new CallStore(),
    live: new Map(),
    tokens: new Map(),
    subscriptions: new Map(),
    outbox: emptyOutbox(),
  };
}

export function noTraffic(): NumberTraffic {
  return {
    openCalls: 0,
    newCalls: new SlidingWindow(DAY),
    connectedCalls: new SlidingWindow(DAY),
    probes: new SlidingWindow(SECOND),
  };
}
