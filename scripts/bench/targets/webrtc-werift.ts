// The floor of the WebRTC bench: werift and one ticker that sends every peer the same packet and reads none of what it
// gets. An offer that is posted gets its answer. node webrtc-werift.ts
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { MediaStreamTrack, RTCPeerConnection, RtpHeader, RtpPacket } from "werift";
import { opusCodec, packetsOfTone } from "./opus-packets.ts";

const frameMs = 20;
const [packet = Buffer.alloc(0)] = packetsOfTone();
const tracks = new Set<MediaStreamTrack>();

async function answer(sdp: string): Promise<string> {
  const peer = new RTCPeerConnection({
    codecs: { audio: [opusCodec()] },
    iceServers: [],
    iceUseIpv6: false,
    iceAdditionalHostAddresses: ["127.0.0.1"],
  });
  const track = new MediaStreamTrack({ kind: "audio" });
  peer.addTransceiver(track, { direction: "sendrecv" });
  await peer.setRemoteDescription({ type: "offer", sdp });
  await peer.setLocalDescription(await peer.createAnswer());
  void peer.connectionStateChange.watch((state) => state === "connected").then(() => tracks.add(track));
  return peer.localDescription?.sdp ?? "";
}

// Each tick has an absolute deadline, as each frame of the sandbox has.
let due = performance.now();
let sent = 0;
function tick(): void {
  sent++;
  const header = new RtpHeader({ sequenceNumber: sent & 0xffff, timestamp: (sent * 960) >>> 0, payloadType: 111 });
  for (const track of tracks) track.writeRtp(new RtpPacket(header, packet));
  due += frameMs;
  setTimeout(tick, Math.max(0, due - performance.now()));
}
tick();

const server = createServer(async (request, response) => response.end(await answer(await text(request))));
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : null });
});
