import type { BehaviourId } from "../../../spec/generated/behaviour-ids.ts";
import type { Call, CallId } from "../../domain/call.ts";
import { decide } from "../../domain/decide/decide.ts";
import type { WorldEvent } from "../../domain/events.ts";
import type { JsonObject } from "../../domain/json.ts";
import { type RealtimeMode, type RealtimeToken, tokensKept } from "../../domain/realtime-token.ts";
import type { GatewayStatus } from "../../faults/rule.ts";
import type { RealtimeOptions } from "../../realtime-options.ts";
import type { Cancel } from "../../world/clock.ts";
import { Ring } from "../../world/ring.ts";
import type { Place } from "../../world/worlds.ts";
import type { Shelf } from "../inspect/shelf.ts";
import type { Clip } from "../play/clip.ts";
import { strikeSound } from "../sound-fault.ts";
import { signatureHz } from "../voice/signature.ts";
import { SoundKit } from "../voice/sound-kit.ts";
import type { Admission, UpgradeRefused } from "./admission.ts";
import { CallMedia } from "./call-media.ts";
import { faultyWire } from "./faulty-wire.ts";
import type { RealtimeSession } from "./session.ts";
import type { Wire } from "./wire.ts";

/** Tokens of that many ended calls are remembered, so that a late upgrade is told why it comes late. */
const endedTokensKept = 1_000;

function refusedByFault(rule: string, status: GatewayStatus): UpgradeRefused {
  const cause = `The fault rule ${rule} refuses the upgrade.`;
  return { ok: false, status, closeWith: null, error: "unavailable", cause, behaviour: "CTRL-074" };
}

/** The sound of one world: hears what happens there, and acts only through commands. */
export class WorldMedia {
  readonly place: Place;
  readonly #options: RealtimeOptions;
  readonly #shelf: Shelf;
  readonly #kit: SoundKit;
  readonly #media = new Map<CallId, CallMedia>();
  /** How many calls there were before each open one; it chooses the tone of its person. */
  readonly #ordinals = new Map<CallId, number>();
  /** Tokens of open calls, and of ended ones as long as they are remembered. */
  readonly #tokens = new Map<CallId, RealtimeToken[]>();
  readonly #endedTokens = new Map<string, RealtimeToken>();
  readonly #forgotten = new Ring<string>(endedTokensKept, (token) => this.#endedTokens.delete(token));
  #calls = 0;

  constructor(place: Place, options: RealtimeOptions, shelf: Shelf) {
    this.place = place;
    this.#options = options;
    this.#shelf = shelf;
    this.#kit = new SoundKit(place.world.state.source, options.sampleRate);
    this.#takeOver();
  }

  /** A world that goes on after a restart, or from a snapshot, has calls already. */
  #takeOver(): void {
    const { state } = this.place.world;
    for (const callId of state.live.keys()) this.#ordinals.set(callId, this.#calls++);
    for (const token of state.tokens.values()) {
      // A snapshot may bring a call back that was over a moment ago.
      this.#endedTokens.delete(token.token);
      this.#remember(token);
    }
  }

  /** Listens to the world; returns the way to stop, which closes every socket. */
  attach(): Cancel {
    const stop = this.place.world.subscribe((event) => this.#hear(event));
    return () => {
      stop();
      for (const media of [...this.#media.values()]) {
        media.shutDown();
        this.#shelf.remove(media);
      }
      this.#media.clear();
    };
  }

  /** The sound of a call; undefined when nobody ever listened, or it was forgotten. */
  of(callId: CallId): CallMedia | undefined {
    return this.#media.get(callId);
  }

  /** Has a file heard in a call that is not over. */
  play(call: Call, clip: Clip): void {
    this.#mediaOf(call).play(clip);
  }

  /** Every socket that is open is told that the sandbox goes away. */
  shutDown(): void {
    for (const media of this.#media.values()) media.shutDown();
  }

  /** Whether a token was given in this world and is remembered. */
  knows(token: string): boolean {
    return this.place.world.state.tokens.has(token) || this.#endedTokens.has(token);
  }

  /** Decides on an upgrade with a token of this world. */
  admit(token: string): Admission {
    const { world } = this.place;
    const ended = this.#endedTokens.get(token);
    if (ended !== undefined) return this.#refuseEnded(ended);
    const command = { type: "spendRealtimeToken", token } as const;
    const decision = decide(world.state, command, world.clock.now());
    if (!decision.ok) {
      const { behaviour, message } = decision.refusal;
      const callId = world.state.tokens.get(token)?.callId ?? null;
      return this.refuse(callId, unauthorized(behaviour, message, this.#options));
    }
    const opened = decision.events.find((event) => event.type === "realtime.opened");
    const call = opened && world.state.calls.get(opened.callId);
    if (opened === undefined || call === undefined) throw new Error("A token was spent without a socket");
    const busy = this.#refuseBusy(call, opened.mode);
    if (this.#options.tokenSpentBy === "attempt") world.dispatch(command);
    if (busy !== null) return this.refuse(call.id, busy);
    const fault = strikeSound(this.place, call, "realtime", ["refuse-upgrade"]);
    if (fault?.effect.type === "refuse-upgrade")
      return this.refuse(call.id, refusedByFault(fault.id, fault.effect.status));
    return { ok: true, mode: opened.mode, open: (wire) => this.#open(call, opened.mode, token, wire) };
  }

  /** Notes a refused upgrade where it can be looked up: the client itself may not be able to see it (MEDIA-WS-010). */
  refuse(callId: CallId | null, refused: UpgradeRefused): UpgradeRefused {
    const { status, cause, behaviour } = refused;
    if (callId !== null) this.#report(callId, "media", "upgradeRefused", { status, cause, behaviour });
    return refused;
  }

  #open(call: Call, mode: RealtimeMode, token: string, wire: Wire): RealtimeSession {
    this.place.world.dispatch({ type: "spendRealtimeToken", token });
    return this.#mediaOf(call).connect(mode, this.#disturbed(call, wire));
  }

  /** The wire as it is, or with a fault on it (CTRL-074). */
  #disturbed(call: Call, wire: Wire): Wire {
    const strike = strikeSound(this.place, call, "realtime");
    if (strike === null) return wire;
    const { clock, state } = this.place.world;
    return faultyWire(wire, { strike, clock, source: state.source });
  }

  #refuseEnded({ callId, expiresAt, spentAt }: RealtimeToken): UpgradeRefused {
    if (spentAt !== null)
      return this.refuse(callId, unauthorized("MEDIA-WS-008", "This token was used before.", this.#options));
    if (expiresAt <= this.place.world.clock.now())
      return this.refuse(callId, unauthorized("MEDIA-WS-007", "This token has run out.", this.#options));
    const { callGone } = this.#options;
    return this.refuse(callId, {
      ok: false,
      status: 404,
      closeWith: callGone === 404 ? null : callGone,
      error: "call not found",
      cause: "The call has ended.",
      behaviour: "MEDIA-WS-009",
    });
  }

  #refuseBusy(call: Call, mode: RealtimeMode): UpgradeRefused | null {
    const { beforeAnswer, secondTalk, mostListeners } = this.#options;
    const open = this.#media.get(call.id)?.count(mode) ?? 0;
    const conflict = (cause: string, behaviour: BehaviourId): UpgradeRefused => ({
      ok: false,
      status: 409,
      closeWith: null,
      error: cause,
      cause,
      behaviour,
    });
    if (beforeAnswer === "refuse" && call.connectedAt === null)
      return conflict("The call is not answered yet.", "MEDIA-WS-021");
    if (mode === "talk" && secondTalk === "refuse" && open > 0)
      return conflict("There is a talk socket already.", "MEDIA-WS-027");
    if (mode === "listen" && open >= mostListeners)
      return conflict(`There are ${open} listen sockets already.`, "MEDIA-WS-028");
    return null;
  }

  #mediaOf(call: Call): CallMedia {
    const known = this.#media.get(call.id);
    if (known !== undefined) return known;
    const { world } = this.place;
    const media = new CallMedia({
      call,
      clock: world.clock,
      options: this.#options,
      kit: this.#kit,
      room: this.#shelf.room,
      signatureHz: signatureHz(this.#ordinals.get(call.id) ?? 0),
      report: (kind, name, detail) => this.#report(call.id, kind, name, detail),
      hangUp: () => {
        world.dispatch({ type: "terminateCall", numberId: call.numberId, callRef: call.id });
      },
    });
    this.#media.set(call.id, media);
    if (call.connectedAt !== null) media.answered(call.connectedAt);
    const speech = world.state.live.get(call.id)?.speech ?? null;
    if (speech !== null) media.speak(speech.pattern, speech.since);
    return media;
  }

  #hear(event: WorldEvent): void {
    switch (event.type) {
      case "call.started":
      case "call.received":
        this.#ordinals.set(event.callId, this.#calls++);
        return;
      case "call.answered":
        return this.#media.get(event.callId)?.answered(event.at);
      case "realtime.sessionCreated":
        return this.#remember(event.token);
      case "realtime.opened":
        return this.#spent(event.callId, event.token, event.at);
      case "person.spoke":
        return this.#media.get(event.callId)?.speak(event.pattern, event.at);
      case "person.sentDtmf":
        return this.#media.get(event.callId)?.pressKeys(event.digits, event.at);
      case "call.rejected":
      case "call.ended":
      case "call.failed":
        return this.#ended(event.callId);
      case "world.reset":
        this.#calls = 0;
        for (const callId of [...this.#ordinals.keys()]) this.#ended(callId);
        this.#takeOver();
    }
  }

  #remember(token: RealtimeToken): void {
    this.#tokens.set(token.callId, [...(this.#tokens.get(token.callId) ?? []), token].slice(-tokensKept));
  }

  #spent(callId: CallId, token: string, at: number): void {
    const tokens = this.#tokens.get(callId) ?? [];
    this.#tokens.set(
      callId,
      tokens.map((known) => (known.token === token ? { ...known, spentAt: at } : known)),
    );
  }

  #ended(callId: CallId): void {
    this.#ordinals.delete(callId);
    for (const token of this.#tokens.get(callId) ?? []) {
      this.#endedTokens.set(token.token, token);
      this.#forgotten.add(token.token);
    }
    this.#tokens.delete(callId);
    const media = this.#media.get(callId);
    if (media === undefined) return;
    media.end();
    this.#shelf.add(media, () => this.#media.delete(callId));
  }

  #report(callId: CallId, kind: "media" | "warning", name: string, detail: JsonObject): void {
    const { world, timeline } = this.place;
    timeline.add(callId, { at: world.clock.now(), kind, name, detail });
  }
}

/** What every client with a bad token is told, and no more (realtime-media §3 row 11). */
export function unauthorized(
  behaviour: BehaviourId,
  cause: string,
  { badToken }: Pick<RealtimeOptions, "badToken">,
): UpgradeRefused {
  return {
    ok: false,
    status: 401,
    closeWith: badToken === 401 ? null : badToken,
    error: "not authorized",
    cause,
    behaviour,
  };
}
