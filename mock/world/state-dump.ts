import type { Call } from "../domain/call.ts";
import { CallStore, type CallStoreDump } from "../domain/call-store.ts";
import { SlidingWindow } from "../domain/sliding-window.ts";
import { emptyState, type MutableWorldState, type WorldState } from "../domain/state.ts";

/**
 * A state as JSON: everything but the calls in one value, and the calls in pieces, because a million of them make a
 * text that is longer than a string can be.
 */
export interface StateDump {
  readonly core: string;
  readonly calls: Iterable<readonly Call[]>;
}

const callsPerPiece = 5_000;

/** Writes a state down. The pieces of `calls` are made one by one, as they are asked for. */
export function dumpState(state: WorldState): StateDump {
  const { calls, ...rest } = state;
  return { core: JSON.stringify({ ...rest, callSdps: calls.dumpSdps() }, encode), calls: inPieces(calls.all()) };
}

/** Builds the state that was written down. */
export function loadState(dump: StateDump): MutableWorldState {
  const { callSdps, ...rest } = JSON.parse(dump.core, decode) as Omit<MutableWorldState, "calls"> & {
    callSdps: CallStoreDump;
  };
  const calls = new CallStore();
  for (const piece of dump.calls) for (const call of piece) calls.add(call);
  calls.loadSdps(callSdps);
  return { ...emptyState(rest.source), ...rest, calls };
}

function* inPieces(calls: Iterable<Call>): Generator<readonly Call[]> {
  let piece: Call[] = [];
  for (const call of calls) {
    piece.push(call);
    if (piece.length < callsPerPiece) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

function encode(_key: string, value: unknown): unknown {
  if (value instanceof Map) return { $map: [...value] };
  if (value instanceof SlidingWindow) return { $window: value.lengthMs, instants: value.instants() };
  return value;
}

function decode(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("$map" in value && Array.isArray(value.$map)) return new Map(value.$map);
  if ("$window" in value && typeof value.$window === "number" && "instants" in value && Array.isArray(value.instants)) {
    const window = new SlidingWindow(value.$window);
    for (const at of value.instants) window.add(at);
    return window;
  }
  return value;
}
