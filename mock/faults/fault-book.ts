import type { CallId } from "../domain/call.ts";
import { type DrawSource, drawFraction } from "../domain/draw.ts";
import type { NumberId } from "../domain/number.ts";
import type { Phone } from "../domain/phone.ts";
import type { Instant } from "../domain/time.ts";
import { drawLatency } from "./draw-latency.ts";
import type { ArmedFault, EffectOf, FaultEffect, FaultKind, FaultRule, Latency } from "./rule.ts";

/** A world has at most that many rules (CTRL-068). */
export const mostFaults = 100;

/** Something that a rule may strike. */
export interface Incident<Kind extends FaultKind = FaultKind> {
  readonly kind: Kind;
  /** The operationId, the webhook event, or `realtime` or `webrtc`. */
  readonly name: string;
  readonly callId: CallId | null;
  readonly numberId: NumberId | null;
  /** The person it concerns. */
  readonly to: Phone | null;
  /** The effects that could happen at this moment; rules with other ones don't see the incident. All unless given. */
  readonly only?: readonly EffectOf[Kind]["type"][];
}

/** An effect as it happens: of a latency, the one that was drawn. */
export type Happening<Effect extends FaultEffect> = Effect extends Latency
  ? { readonly type: "latency"; readonly ms: number }
  : Effect;

/** A rule has struck. */
export interface Strike<Kind extends FaultKind = FaultKind> {
  /** The id of the rule. */
  readonly id: string;
  /** Which hit of the rule this is, from 1: for whoever has to draw more, as a garbled sound does. */
  readonly hit: number;
  readonly effect: Happening<EffectOf[Kind]>;
}

/** What the parts that can fail ask; nothing else of the book concerns them. */
export interface FaultJudge {
  /** Whether any rule could strike at all: look here first, and an unarmed world costs nothing. */
  readonly isArmed: boolean;
  strike<Kind extends FaultKind>(incident: Incident<Kind>): Strike<Kind> | null;
}

interface Entry {
  readonly id: string;
  readonly rule: FaultRule;
  readonly addedAt: Instant;
  seen: number;
  hits: number;
  lastHitAt: Instant | null;
}

/**
 * The fault rules of one world: which there are, how often each has struck, and whether one strikes now. Nothing here
 * is random: the same rules and the same incidents lead to the same strikes (CTRL-056).
 */
export class FaultBook implements FaultJudge {
  readonly #source: DrawSource;
  readonly #now: () => Instant;
  /** The rules that a reset lets start anew. */
  readonly #lasting: Pick<Entry, "id" | "rule">[] = [];
  #entries: readonly Entry[] = [];
  /** Those that can still strike; null when there are none, so that looking costs one comparison. */
  #armed: readonly Entry[] | null = null;
  #added = 0;

  /** @param options `source` decides the draws, `now` is the world's time */
  constructor(options: { source: DrawSource; now: () => Instant }) {
    this.#source = options.source;
    this.#now = options.now;
  }

  get isArmed(): boolean {
    return this.#armed !== null;
  }

  get size(): number {
    return this.#entries.length;
  }

  /**
   * Arms a rule, behind those that are there.
   *
   * @param lasting a reset lets the rule start anew instead of removing it
   */
  add(rule: FaultRule, lasting = false): ArmedFault {
    const entry = this.#fresh({ id: `fault_${++this.#added}`, rule });
    if (lasting) this.#lasting.push(entry);
    this.#keep([...this.#entries, entry]);
    return shown(entry);
  }

  /** Every rule, in the order in which they are asked. */
  list(): readonly ArmedFault[] {
    return this.#entries.map(shown);
  }

  /** @returns false when there is no such rule */
  remove(id: string): boolean {
    const before = this.#entries.length;
    this.#keep(this.#entries.filter((entry) => entry.id !== id));
    return this.#entries.length < before;
  }

  removeAll(): void {
    this.#keep([]);
  }

  /** Goes back to the rules that the world started with, all of them unused (CTRL-066). */
  reset(): void {
    this.#keep(this.#lasting.map((rule) => this.#fresh(rule)));
  }

  /**
   * Asks every rule in turn whether it strikes; the first that does is the only one (CTRL-055).
   *
   * @example book.strike({ kind: "webhook", name: "call.ended", callId, numberId, to, only: ["duplicate", "lose"] })
   */
  strike<Kind extends FaultKind>(incident: Incident<Kind>): Strike<Kind> | null {
    for (const entry of this.#armed ?? []) {
      if (!concerns(entry.rule, incident)) continue;
      entry.seen++;
      if (!this.#fires(entry)) continue;
      entry.hits++;
      entry.lastHitAt = this.#now();
      if (isSpent(entry)) this.#keep(this.#entries);
      // The kinds have been compared, so this is one of the effects that the incident's kind has.
      return { id: entry.id, hit: entry.hits, effect: this.#happening(entry) } as Strike<Kind>;
    }
    return null;
  }

  #fresh({ id, rule }: Pick<Entry, "id" | "rule">): Entry {
    return { id, rule, addedAt: this.#now(), seen: 0, hits: 0, lastHitAt: null };
  }

  #keep(entries: readonly Entry[]): void {
    const armed = entries.filter((entry) => !isSpent(entry));
    this.#entries = entries;
    this.#armed = armed.length === 0 ? null : armed;
  }

  #fires({ id, rule: { trigger }, seen }: Entry): boolean {
    if (trigger.type === "every") return seen % trigger.count === 0;
    if (trigger.type === "probability") return drawFraction(this.#source, `fault/${id}`, seen) < trigger.share;
    return true;
  }

  #happening({ id, rule: { effect }, hits }: Entry): Happening<FaultEffect> {
    if (effect.type !== "latency") return effect;
    const draw = (part: number) => drawFraction(this.#source, `fault-latency/${id}/${part}`, hits);
    return { type: "latency", ms: drawLatency(effect, draw) };
  }
}

function concerns({ target, effect }: FaultRule, { kind, name, callId, numberId, to, only }: Incident): boolean {
  if (target.kind !== kind || (target.name !== "*" && target.name !== name)) return false;
  if (target.callId !== null && target.callId !== callId) return false;
  if (target.numberId !== null && target.numberId !== numberId) return false;
  if (target.to !== null && target.to !== to) return false;
  return only === undefined || only.some((type) => type === effect.type);
}

function isSpent({ rule: { trigger }, hits }: Entry): boolean {
  return trigger.type === "next" && hits >= trigger.count;
}

function shown(entry: Entry): ArmedFault {
  const { id, rule, addedAt, seen, hits, lastHitAt } = entry;
  return { ...rule, id, armed: !isSpent(entry), seen, hits, addedAt, lastHitAt };
}
