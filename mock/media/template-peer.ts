import { draw } from "../domain/draw.ts";
import { judgeSdp, metaAnswer, metaOffer, type SdpParts, sdpPartsFrom } from "../domain/sdp/index.ts";
import type { Cancel } from "../world/clock.ts";
import type { World } from "../world/world.ts";

/**
 * Meta's side of the SDP exchange without a WebRTC peer behind it: a well-formed offer or answer, at once. Nothing
 * listens at the addresses in it (they are from the documentation ranges).
 */
export function attachTemplatePeer(world: World): Cancel {
  // A process may have ended between a call's start and its SDP: what is missing is made up for.
  for (const callId of world.state.live.keys()) provide(world, callId);
  return world.subscribe((event) => {
    if (event.type === "call.started" || event.type === "call.received") provide(world, event.callId);
  });
}

/** Hands in the SDP that a call still lacks. */
export function provide(world: World, callId: string): void {
  const call = world.state.calls.get(callId);
  if (call?.provider !== "META") return;
  const present = world.state.calls.sdp(callId);
  const parts = partsFor(world, callId, call.startedAt);
  if (call.direction === "INBOUND" && present.offer === null) {
    world.dispatch({ type: "provideSdp", callId, kind: "offer", sdp: metaOffer(parts) });
  }
  if (call.direction === "OUTBOUND" && present.answer === null) {
    const offer = judgeSdp(present.offer ?? "", "offer", { strict: false });
    if (offer.ok) world.dispatch({ type: "provideSdp", callId, kind: "answer", sdp: metaAnswer(offer.session, parts) });
  }
}

/** Bytes for one call: drawn by its id, so the same call always gets the same SDP. */
export function partsFor(world: World, callId: string, at: number): SdpParts {
  let drawn = 0;
  return sdpPartsFrom((count) => draw(world.state.source, `sdp/${callId}`, drawn++, count), at);
}
