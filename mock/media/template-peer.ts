import { draw } from "../domain/draw.ts";
import { judgeSdp, metaAnswer, metaOffer, type SdpParts, sdpPartsFrom } from "../domain/sdp/index.ts";
import type { Cancel } from "../world/clock.ts";
import type { World } from "../world/world.ts";

/**
 * Meta's side of the SDP exchange without a WebRTC peer behind it: a well-formed offer or answer, at once. Nothing
 * listens at the addresses in it (they are from the documentation ranges).
 */
export function attachTemplatePeer(world: World): Cancel {
  return world.subscribe((event) => {
    if (event.type !== "call.started" && event.type !== "call.received") return;
    if (event.call.provider !== "META") return;
    const parts = partsFor(world, event.call.id, event.at);
    if (event.type === "call.received") {
      world.dispatch({ type: "provideSdp", callId: event.callId, kind: "offer", sdp: metaOffer(parts) });
      return;
    }
    const offer = judgeSdp(event.sdpOffer ?? "", "offer", { strict: false });
    if (offer.ok)
      world.dispatch({
        type: "provideSdp",
        callId: event.callId,
        kind: "answer",
        sdp: metaAnswer(offer.session, parts),
      });
  });
}

/** Bytes for one call: drawn by its id, so the same call always gets the same SDP. */
function partsFor(world: World, callId: string, at: number): SdpParts {
  let drawn = 0;
  return sdpPartsFrom((count) => draw(world.state.source, `sdp/${callId}`, drawn++, count), at);
}
