import type { Call, CallId } from "../../domain/call.ts";
import { callOf, type WorldEvent } from "../../domain/events.ts";
import type { JsonObject } from "../../domain/json.ts";
import { judgeSdp, metaAnswer, metaOffer, type SdpParts } from "../../domain/sdp/index.ts";
import type { Cancel } from "../../world/clock.ts";
import type { Place } from "../../world/worlds.ts";
import type { Shelf } from "../inspect/shelf.ts";
import { strikeSound } from "../sound-fault.ts";
import { partsFor, provide } from "../template-peer.ts";
import { signatureHz } from "../voice/signature.ts";
import type { Engine } from "./engine.ts";
import { MediaWatch } from "./media-watch.ts";
import type { WebRtcOptions } from "./options.ts";
import type { PeerCall } from "./peer-call.ts";

export interface WorldPeersOptions {
  readonly options: WebRtcOptions;
  /** Loads what WebRTC needs, once. */
  readonly engine: () => Promise<Engine>;
  /** Keeps the sound of ended calls as long as there is room. */
  readonly shelf: Shelf;
  /** Work that a closing sandbox waits for. */
  readonly busy: (work: Promise<unknown>) => void;
}

/** The peers of one world: hears what happens there, and acts only through commands. */
export class WorldPeers {
  readonly #place: Place;
  readonly #given: WorldPeersOptions;
  readonly #peers = new Map<CallId, PeerCall>();
  /** What happened to calls whose peer is still being opened. */
  readonly #waiting = new Map<CallId, WorldEvent[]>();
  readonly #ordinals = new Map<CallId, number>();
  /** Calls that go on without their peer: a restart keeps calls and no connections. */
  readonly #orphans = new Map<CallId, MediaWatch>();
  #calls = 0;
  #closed = false;

  constructor(place: Place, given: WorldPeersOptions) {
    this.#place = place;
    this.#given = given;
  }

  /** Listens to the world; returns the way to stop, which closes every peer. */
  attach(): Cancel {
    this.#takeOver();
    const stop = this.#place.world.subscribe((event) => this.#hear(event));
    return () => {
      this.#closed = true;
      stop();
      this.#forgetAll();
    };
  }

  of(callId: CallId): PeerCall | undefined {
    return this.#peers.get(callId);
  }

  #hear(event: WorldEvent): void {
    if (event.type === "world.reset") {
      this.#forgetAll();
      return this.#takeOver();
    }
    if (event.type === "call.started" || event.type === "call.received") {
      this.#ordinals.set(event.callId, this.#calls++);
      return this.#begin(event.callId);
    }
    const callId = callOf(event);
    if (callId === null) return;
    const peer = this.#peers.get(callId);
    if (peer !== undefined) tell(peer, event);
    else this.#waiting.get(callId)?.push(event);
    if (event.type === "call.answered") this.#orphans.get(callId)?.start();
    if (event.type === "call.rejected" || event.type === "call.ended" || event.type === "call.failed")
      this.#ended(callId);
  }

  /** A world that goes on after a restart, or from a snapshot, has calls already. */
  #takeOver(): void {
    for (const callId of this.#place.world.state.live.keys()) {
      this.#ordinals.set(callId, this.#calls++);
      this.#begin(callId);
    }
  }

  #begin(callId: CallId): void {
    const { world } = this.#place;
    const call = world.state.calls.get(callId);
    if (call?.provider !== "META") return;
    const sdp = world.state.calls.sdp(callId);
    // A process may have ended between a call's start and its SDP: then there is no client yet that could miss a peer.
    const missing = call.direction === "INBOUND" ? sdp.offer === null : sdp.answer === null;
    if (!missing) return this.#orphan(call);
    this.#waiting.set(callId, []);
    const opening = this.#open(call);
    this.#given.busy(opening);
    // A virtual clock waits for the SDP; loading and opening are real work.
    world.clock.await(opening);
  }

  /** The client's media goes nowhere, which is what a client that sends none looks like to Meta (MEDIA-RTC-022). */
  #orphan(call: Call): void {
    const { noMediaAtStartMs, noMediaLaterMs } = this.#given.options;
    const watch = new MediaWatch({
      clock: this.#place.world.clock,
      atStartMs: call.connectedAt === null ? noMediaAtStartMs : noMediaLaterMs,
      laterMs: noMediaLaterMs,
      missing: (waitedMs) => {
        this.#report(call.id, "media", "clientMediaMissing", { waitedMs });
        this.#mediaMissing(call.id);
      },
    });
    this.#orphans.set(call.id, watch);
    const message =
      "The call outlived its connection: the sandbox was restarted, or a snapshot was put in place. No media flows any more. Hang up and call again.";
    this.#report(call.id, "warning", "peerLost", { message });
    if (call.connectedAt !== null) watch.start();
  }

  #mediaMissing(callId: CallId): void {
    const action = { do: "fail", code: "138021" } as const;
    this.#place.world.dispatch({ type: "actAsPerson", callId, action, step: null });
  }

  async #open(call: Call): Promise<void> {
    const { world } = this.#place;
    try {
      const { openPeer } = await this.#given.engine();
      const peer = openPeer({
        call,
        clock: world.clock,
        options: this.#given.options,
        room: this.#given.shelf.room,
        source: world.state.source,
        signatureHz: signatureHz(this.#ordinals.get(call.id) ?? 0),
        parts: partsFor(world, call.id, call.startedAt),
        report: (kind, name, detail) => this.#report(call.id, kind, name, detail),
        strike: () => strikeSound(this.#place, call, "webrtc"),
        mediaMissing: () => this.#mediaMissing(call.id),
      });
      const parts = await peer.open();
      this.#opened(call, peer, parts);
    } catch (error) {
      this.#waiting.delete(call.id);
      if (this.#closed) return;
      const reason = error instanceof Error ? error.message : String(error);
      const message = `This call has no media: ${reason}. Its SDP is well formed, but nobody listens.`;
      this.#report(call.id, "warning", "peerFailed", { message });
      provide(world, call.id);
    }
  }

  #opened(call: Call, peer: PeerCall, parts: SdpParts): void {
    const { world } = this.#place;
    const meanwhile = this.#waiting.get(call.id) ?? [];
    this.#waiting.delete(call.id);
    if (this.#closed || !world.state.live.has(call.id)) return this.#given.busy(peer.end());
    this.#peers.set(call.id, peer);
    if (call.direction === "INBOUND") {
      world.dispatch({ type: "provideSdp", callId: call.id, kind: "offer", sdp: metaOffer(parts) });
    } else {
      const offered = world.state.calls.sdp(call.id).offer ?? "";
      peer.connect(offered, "offer");
      const offer = judgeSdp(offered, "offer", { strict: false });
      if (offer.ok)
        world.dispatch({ type: "provideSdp", callId: call.id, kind: "answer", sdp: metaAnswer(offer.session, parts) });
    }
    for (const event of meanwhile) tell(peer, event);
  }

  #ended(callId: CallId): void {
    this.#ordinals.delete(callId);
    this.#orphans.get(callId)?.stop();
    this.#orphans.delete(callId);
    const peer = this.#peers.get(callId);
    if (peer === undefined) return;
    this.#given.busy(peer.end());
    this.#given.shelf.add(peer, () => this.#peers.delete(callId));
  }

  #forgetAll(): void {
    this.#calls = 0;
    this.#ordinals.clear();
    this.#waiting.clear();
    for (const watch of this.#orphans.values()) watch.stop();
    this.#orphans.clear();
    for (const [callId, peer] of this.#peers) this.#forget(callId, peer);
  }

  #forget(callId: CallId, peer: PeerCall): void {
    this.#peers.delete(callId);
    this.#given.busy(peer.end());
    this.#given.shelf.remove(peer);
  }

  #report(callId: CallId, kind: "media" | "warning", name: string, detail: JsonObject): void {
    const { world, timeline } = this.#place;
    timeline.add(callId, { at: world.clock.now(), kind, name, detail });
  }
}

/** Hands on to a peer what happened to its call. */
function tell(peer: PeerCall, event: WorldEvent): void {
  switch (event.type) {
    case "call.preAccepted":
      return peer.connect(event.sdp, "answer");
    case "call.answered":
      if (event.sdpAnswer !== null) peer.connect(event.sdpAnswer, "answer");
      return peer.answered(event.at);
    case "person.spoke":
      return peer.speak(event.pattern, event.at);
    case "person.sentDtmf":
      return peer.pressKeys(event.digits, event.at);
  }
}
