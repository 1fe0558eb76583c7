import { CallStore } from "../call-store.ts";
import { emptyOutbox } from "../delivery.ts";
import type { EventOf } from "../events.ts";
import type { NumberId } from "../number.ts";
import { type MutableWorldState, type NumberTraffic, noTraffic } from "../state.ts";

type DirectoryEvent = EventOf<
  | "world.started"
  | "world.seeded"
  | "world.reset"
  | "world.modeSet"
  | "number.added"
  | "number.changed"
  | "key.issued"
  | "contact.put"
  | "settings.updated"
>;

/** Applies what changes the world itself, its numbers, keys and contacts. */
export function evolveDirectory(state: MutableWorldState, event: DirectoryEvent): void {
  switch (event.type) {
    case "world.started":
      state.startedAt = event.at;
      state.rules = event.rules;
      state.mode = event.mode;
      return;
    case "world.seeded":
      state.seed = {
        mode: state.mode,
        numbers: new Map(state.numbers),
        keys: new Map(state.keys),
        subscriptions: new Map(state.subscriptions),
      };
      return;
    case "world.reset":
      return reset(state, event.at);
    case "world.modeSet":
      state.mode = event.mode;
      return;
    case "number.added":
      state.ordinals = { ...state.ordinals, num: state.ordinals.num + 1 };
      state.traffic.set(event.number.id, noTraffic());
      state.numbers.set(event.number.id, event.number);
      return;
    case "number.changed":
      state.numbers.set(event.number.id, event.number);
      return;
    case "key.issued":
      state.keys.set(event.key.secret, event.key);
      return;
    case "contact.put":
      state.contacts.set(event.contact.phone, event.contact);
      return;
    case "settings.updated": {
      const number = state.numbers.get(event.numberId);
      if (number?.provider === "META") {
        state.numbers.set(number.id, { ...number, settings: event.settings, updatedAt: event.at });
      }
    }
  }
}

/** Everything goes but the seed, and the ordinals: an id that was given once is never given again (WORLD-014). */
function reset(state: MutableWorldState, at: number): void {
  state.startedAt = at;
  state.mode = state.seed.mode;
  refill(state.numbers, state.seed.numbers);
  refill(state.keys, state.seed.keys);
  refill(state.subscriptions, state.seed.subscriptions);
  state.traffic.clear();
  for (const id of state.numbers.keys()) state.traffic.set(id, noTraffic());
  state.contacts.clear();
  state.pairs.clear();
  state.live.clear();
  state.tokens.clear();
  state.calls = new CallStore();
  state.outbox = emptyOutbox();
}

function refill<K, V>(map: Map<K, V>, content: ReadonlyMap<K, V>): void {
  map.clear();
  for (const [key, value] of content) map.set(key, value);
}

/** Changes what the limits of a number count. */
export function updateTraffic(state: MutableWorldState, numberId: NumberId, change: Partial<NumberTraffic>): void {
  const traffic = state.traffic.get(numberId);
  if (traffic !== undefined) state.traffic.set(numberId, { ...traffic, ...change });
}
