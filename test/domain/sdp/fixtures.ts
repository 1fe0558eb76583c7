/** Joins lines the way an SDP wants them. */
export function sdpOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join("");
}

export const fingerprint =
  "1B:7C:5E:02:93:AF:6D:14:88:E0:4B:39:C2:F7:5A:60:D1:2E:97:08:B4:63:FA:1D:70:CC:35:86:E9:42:0F:AB";

/** An offer that breaks no rule, not even a strict one. */
export const goodOffer: readonly string[] = [
  "v=0",
  "o=- 4611731400430051336 2 IN IP4 127.0.0.1",
  "s=-",
  "t=0 0",
  "a=group:BUNDLE 0",
  "m=audio 9 UDP/TLS/RTP/SAVPF 111 126",
  "c=IN IP4 0.0.0.0",
  "a=rtcp:9 IN IP4 0.0.0.0",
  "a=candidate:2530088836 1 udp 2122260223 192.0.2.44 54608 typ host generation 0 network-id 1 network-cost 10",
  "a=ice-ufrag:3Fqy",
  "a=ice-pwd:gk2kXrvIYb3vhDXT5mSGf6Qy",
  `a=fingerprint:sha-256 ${fingerprint}`,
  "a=setup:active",
  "a=mid:0",
  "a=sendrecv",
  "a=rtcp-mux",
  "a=rtpmap:111 opus/48000/2",
  "a=fmtp:111 minptime=10;useinbandfec=1",
  "a=rtpmap:126 telephone-event/8000",
  "a=ssrc:3735928559 cname:8x0eDq5KQy0fR2dT",
];

/** What Chromium writes for one microphone track while it hides local addresses. */
export const chromiumOffer: readonly string[] = [
  "v=0",
  "o=- 7614219274584779017 2 IN IP4 127.0.0.1",
  "s=-",
  "t=0 0",
  "a=group:BUNDLE 0",
  "a=extmap-allow-mixed",
  "a=msid-semantic: WMS 59c2a1f0-6d1e-4d57-9f0c-2b7a1f7f9d11",
  "m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126",
  "c=IN IP4 0.0.0.0",
  "a=rtcp:9 IN IP4 0.0.0.0",
  "a=candidate:3864409487 1 udp 2113937151 5b1f0b0e-6b2c-4e0b-9c0c-8a6f3f5b0f5e.local 51372 typ host generation 0 network-cost 999",
  "a=candidate:1510613869 1 udp 2113939711 c9a4d3f2-0f7e-4a55-8a7b-9e2d1c3b4a5f.local 51373 typ host generation 0 network-cost 999",
  "a=ice-ufrag:yT5d",
  "a=ice-pwd:Zx1WJ8kqJm2h0sB4yGQ7l3Vn",
  "a=ice-options:trickle",
  `a=fingerprint:sha-256 ${fingerprint}`,
  "a=setup:actpass",
  "a=mid:0",
  "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
  "a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
  "a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
  "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
  "a=sendrecv",
  "a=msid:59c2a1f0-6d1e-4d57-9f0c-2b7a1f7f9d11 0d7f9f0c-43c5-4b44-8a2e-5a3ea0f9b1d2",
  "a=rtcp-mux",
  "a=rtcp-rsize",
  "a=rtpmap:111 opus/48000/2",
  "a=rtcp-fb:111 transport-cc",
  "a=fmtp:111 minptime=10;useinbandfec=1",
  "a=rtpmap:63 red/48000/2",
  "a=fmtp:63 111/111",
  "a=rtpmap:9 G722/8000",
  "a=rtpmap:0 PCMU/8000",
  "a=rtpmap:8 PCMA/8000",
  "a=rtpmap:13 CN/8000",
  "a=rtpmap:110 telephone-event/48000",
  "a=rtpmap:126 telephone-event/8000",
  "a=ssrc:2231627014 cname:k1HqK0gF2m3W5d7t",
  "a=ssrc:2231627014 msid:59c2a1f0-6d1e-4d57-9f0c-2b7a1f7f9d11 0d7f9f0c-43c5-4b44-8a2e-5a3ea0f9b1d2",
];

/** What Firefox writes: fingerprint and trickle stand at session level. */
export const firefoxOffer: readonly string[] = [
  "v=0",
  "o=mozilla...THIS_IS_SDPARTA-99.0 5386293744823125642 0 IN IP4 0.0.0.0",
  "s=-",
  "t=0 0",
  "a=sendrecv",
  `a=fingerprint:sha-256 ${fingerprint}`,
  "a=group:BUNDLE 0",
  "a=ice-options:trickle",
  "a=msid-semantic:WMS *",
  "m=audio 9 UDP/TLS/RTP/SAVPF 109 9 0 8 101",
  "c=IN IP4 0.0.0.0",
  "a=candidate:0 1 UDP 2122252543 8f3c6f0e-2d43-4c5e-a1c5-2d7d2b1f2c77.local 41873 typ host",
  "a=candidate:1 1 TCP 2105524479 8f3c6f0e-2d43-4c5e-a1c5-2d7d2b1f2c77.local 9 typ host tcptype active",
  "a=sendrecv",
  "a=end-of-candidates",
  "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
  "a=extmap:2/recvonly urn:ietf:params:rtp-hdrext:csrc-audio-level",
  "a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid",
  "a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1",
  "a=fmtp:101 0-15",
  "a=ice-pwd:3b8c1f7ad2e94a0c5d6e7f8091a2b3c4",
  "a=ice-ufrag:5d2c91ab",
  "a=mid:0",
  "a=msid:{2b6e1f58-94c1-4d57-b7b1-5a6c7d8e9f00} {71c6a1d2-3e4f-4051-8263-748596a7b8c9}",
  "a=rtcp-mux",
  "a=rtpmap:109 opus/48000/2",
  "a=rtpmap:9 G722/8000/1",
  "a=rtpmap:0 PCMU/8000",
  "a=rtpmap:8 PCMA/8000",
  "a=rtpmap:101 telephone-event/8000/1",
  "a=setup:actpass",
  "a=ssrc:1684091223 cname:{e1d2c3b4-a596-4877-9809-1a2b3c4d5e6f}",
];

/** What aiortc writes: the same certificate under three hash functions. */
export const aiortcOffer: readonly string[] = [
  "v=0",
  "o=- 3973218731 3973218731 IN IP4 0.0.0.0",
  "s=-",
  "t=0 0",
  "a=group:BUNDLE 0",
  "a=msid-semantic:WMS *",
  "m=audio 48231 UDP/TLS/RTP/SAVPF 96 0 8",
  "c=IN IP4 192.0.2.17",
  "a=sendrecv",
  "a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid",
  "a=extmap:2 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
  "a=mid:0",
  "a=msid:6b0a2f3e-8e2d-4c7b-bb6d-0f4ad8d6f0aa 9d1c7a52-5c8e-4a92-a7a1-cf0b2f4ac1ee",
  "a=rtcp:9 IN IP4 0.0.0.0",
  "a=rtcp-mux",
  "a=ssrc:1170346021 cname:4f6b2f9e-7b0e-4a19-8e4b-6b9b7f2d3c55",
  "a=rtpmap:96 opus/48000/2",
  "a=rtpmap:0 PCMU/8000",
  "a=rtpmap:8 PCMA/8000",
  "a=candidate:9f4c1d2e3b5a69788796a5b4c3d2e1f0 1 udp 2130706431 192.0.2.17 48231 typ host",
  "a=end-of-candidates",
  "a=ice-ufrag:Qx4v",
  "a=ice-pwd:mR7c2TzY0bN5sK1wHqE8uD",
  `a=fingerprint:sha-256 ${fingerprint}`,
  `a=fingerprint:sha-384 ${fingerprint}:${fingerprint.slice(0, 47)}`,
  `a=fingerprint:sha-512 ${fingerprint}:${fingerprint}`,
  "a=setup:actpass",
];

/** A change to the lines of an SDP. */
export type Change = (lines: readonly string[]) => readonly string[];

/** Puts other lines, or none, in the place of the first line that starts so. */
export function swap(start: string, ...lines: readonly string[]): Change {
  return (all) => {
    const place = all.findIndex((line) => line.startsWith(start));
    if (place < 0) throw new Error(`the fixture has no line that starts with ${start}`);
    return all.toSpliced(place, 1, ...lines);
  };
}

/** Adds lines at the end. */
export function append(...lines: readonly string[]): Change {
  return (all) => [...all, ...lines];
}
