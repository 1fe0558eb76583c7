import type { Call, CallId } from "../../domain/call.ts";
import { progressAfter } from "../../domain/call-progress.ts";
import type { WorldEvent } from "../../domain/events.ts";
import type { CallingNumber } from "../../domain/number.ts";
import type { WorldState } from "../../domain/state.ts";
import type { MetaAccount } from "./meta-account.ts";

/** What the link or the button carried from which a person called. */
export interface Origin {
  readonly deeplinkPayload: string | null;
  readonly ctaPayload: string | null;
}

/** An event together with what a payload about it tells: the call and its number as they are right after it. */
export interface CallHappening {
  readonly event: WorldEvent;
  readonly call: Call;
  readonly number: CallingNumber;
  readonly origin: Origin;
  readonly personName: string | null;
  readonly account: MetaAccount;
}

const nowhere: Origin = { deeplinkPayload: null, ctaPayload: null };

/**
 * Follows the calls of a state through events that have been decided and not applied yet, so that of several events of
 * one instant each is told with the call as it was then.
 */
export class Following {
  readonly #state: WorldState;
  readonly #calls = new Map<CallId, Call>();
  readonly #origins = new Map<CallId, Origin>();

  constructor(state: WorldState) {
    this.#state = state;
  }

  /** The call after an event of its own; undefined when the event is about no call that is known. */
  callAfter(event: WorldEvent & { readonly callId: CallId }): { call: Call; origin: Origin } | undefined {
    if (event.type === "call.received") this.#origins.set(event.callId, event);
    const before = this.#calls.get(event.callId) ?? this.#state.calls.get(event.callId);
    const call = moved(before, event);
    if (call === undefined) return undefined;
    this.#calls.set(call.id, call);
    return { call, origin: this.#origins.get(call.id) ?? this.#state.live.get(call.id) ?? nowhere };
  }
}

function moved(before: Call | undefined, event: WorldEvent): Call | undefined {
  const progress = progressAfter(before, event);
  if (event.type === "call.started" || event.type === "call.received") {
    return progress === null ? undefined : { ...event.call, ...progress, updatedAt: event.at };
  }
  return before === undefined || progress === null ? before : { ...before, ...progress, updatedAt: event.at };
}
