import type { Call, CallIdentity, CallProgress, LiveCall } from "../call.ts";
import { progressAfter } from "../call-progress.ts";
import type { EventOf, WorldEvent } from "../events.ts";
import { pairKey } from "../pair.ts";
import { tokensKept } from "../realtime-token.ts";
import type { MutableWorldState } from "../state.ts";
import type { Instant } from "../time.ts";
import { updateTraffic } from "./directory.ts";
import { updatePair } from "./pairs.ts";

type CallEvent = Extract<WorldEvent, { callId: string }>;

/** Applies what happens to one call. */
export function evolveCall(state: MutableWorldState, event: CallEvent): void {
  switch (event.type) {
    case "call.started":
      open(state, event.call, event);
      state.traffic.get(event.call.numberId)?.newCalls.add(event.at);
      return;
    case "call.received":
      return open(state, event.call, event);
    case "call.sdpProvided":
      state.calls.setSdp(event.callId, { ...state.calls.sdp(event.callId), [event.kind]: event.sdp });
      return touch(state, event);
    case "call.rang":
      return progress(state, event);
    case "call.preAccepted":
      state.calls.setSdp(event.callId, { ...state.calls.sdp(event.callId), answer: event.sdp });
      updateLive(state, event.callId, { preAcceptedSdp: event.sdp });
      return touch(state, event);
    case "call.answered":
      return answer(state, event);
    case "call.rejected":
    case "call.ended":
    case "call.failed":
      return close(state, event);
    case "realtime.sessionCreated":
      state.ordinals = { ...state.ordinals, token: state.ordinals.token + 1 };
      state.tokens.set(event.token.token, event.token);
      return keepToken(state, event.callId, event.token.token);
    case "audio.requested": {
      const queued = state.live.get(event.callId)?.queuedAudio ?? [];
      if (event.queued) updateLive(state, event.callId, { queuedAudio: [...queued, event.url] });
      return;
    }
    case "person.stepTaken":
      return updateLive(state, event.callId, { stepsTaken: event.step + 1, steppedAt: event.at });
    case "realtime.opened": {
      const token = state.tokens.get(event.token);
      if (token !== undefined) state.tokens.set(event.token, { ...token, spentAt: event.at });
      return;
    }
    case "person.spoke":
      return updateLive(state, event.callId, { speech: { pattern: event.pattern, since: event.at } });
    case "person.sentDtmf":
      return;
  }
}

function open(
  state: MutableWorldState,
  identity: CallIdentity,
  event: EventOf<"call.started" | "call.received">,
): void {
  const start = progressAfter(undefined, event);
  if (start === null) return;
  state.ordinals = { ...state.ordinals, call: state.ordinals.call + 1 };
  if (event.sdpOffer !== null) state.calls.setSdp(identity.id, { offer: event.sdpOffer, answer: null });
  state.calls.add({ ...identity, ...start, updatedAt: identity.createdAt });
  const fresh: LiveCall = {
    callId: identity.id,
    script: event.script,
    stepsTaken: 0,
    steppedAt: event.at,
    preAcceptedSdp: null,
    queuedAudio: [],
    speech: null,
    tokens: [],
    deeplinkPayload: event.type === "call.received" ? event.deeplinkPayload : null,
    ctaPayload: event.type === "call.received" ? event.ctaPayload : null,
  };
  state.live.set(identity.id, fresh);
  updatePair(state, identity.numberId, identity.peerNumber, { openCall: identity.id });
  const openCalls = (state.traffic.get(identity.numberId)?.openCalls ?? 0) + 1;
  updateTraffic(state, identity.numberId, { openCalls });
}

/** A connected call, in either direction, clears the permission-request limits (meta-calling §2.1). */
function answer(state: MutableWorldState, event: EventOf<"call.answered">): void {
  const call = state.calls.get(event.callId);
  if (call === undefined) return;
  progress(state, event);
  if (event.sdpAnswer !== null) state.calls.setSdp(call.id, { ...state.calls.sdp(call.id), answer: event.sdpAnswer });
  updateLive(state, call.id, { stepsTaken: 0, steppedAt: event.at });
  if (call.provider !== "META") return;
  const pair = state.pairs.get(pairKey(call.numberId, call.peerNumber));
  if (pair === undefined) return;
  if (call.direction === "OUTBOUND") {
    pair.connectedCalls.add(event.at);
    state.traffic.get(call.numberId)?.connectedCalls.add(event.at);
  }
  updatePair(state, call.numberId, call.peerNumber, {
    requestsSent: pair.requestsSent.emptied(),
    unansweredInARow: 0,
  });
}

/** The call is over: what was kept for its life goes, what the limits count changes. */
function close(state: MutableWorldState, event: CallEvent): void {
  const call = state.calls.get(event.callId);
  if (call === undefined) return;
  progress(state, event);
  for (const token of state.live.get(call.id)?.tokens ?? []) state.tokens.delete(token);
  state.live.delete(call.id);
  const openCalls = (state.traffic.get(call.numberId)?.openCalls ?? 1) - 1;
  updateTraffic(state, call.numberId, { openCalls });
  const pair = state.pairs.get(pairKey(call.numberId, call.peerNumber));
  if (pair === undefined) return;
  const unanswered = call.direction === "OUTBOUND" && call.connectedAt === null && event.type !== "call.failed";
  updatePair(state, call.numberId, call.peerNumber, {
    openCall: pair.openCall === call.id ? null : pair.openCall,
    unansweredInARow: pair.unansweredInARow + (unanswered ? 1 : 0),
  });
}

function progress(state: MutableWorldState, event: CallEvent): void {
  const call = state.calls.get(event.callId);
  const next = progressAfter(call, event);
  if (call !== undefined && next !== null) state.calls.replace(moved(call, next, event.at));
}

function touch(state: MutableWorldState, event: CallEvent): void {
  const call = state.calls.get(event.callId);
  if (call !== undefined) state.calls.replace(moved(call, call, event.at));
}

function moved(call: Call, next: CallProgress, at: Instant): Call {
  // `createdAt` may lie some milliseconds ahead of the clock (CALL-056); a call is never older than its creation.
  return { ...call, ...next, updatedAt: Math.max(at, call.updatedAt) };
}

/** A client that asks for sessions without end must not fill the memory. */
function keepToken(state: MutableWorldState, callId: string, token: string): void {
  const tokens = [...(state.live.get(callId)?.tokens ?? []), token];
  for (const forgotten of tokens.slice(0, -tokensKept)) state.tokens.delete(forgotten);
  updateLive(state, callId, { tokens: tokens.slice(-tokensKept) });
}

function updateLive(state: MutableWorldState, callId: string, change: Partial<LiveCall>): void {
  const live = state.live.get(callId);
  if (live !== undefined) state.live.set(callId, { ...live, ...change });
}
