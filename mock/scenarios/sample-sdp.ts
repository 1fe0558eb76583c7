const lines = (mid: string) => [
  "v=0",
  "o=- 7714500921346270915 2 IN IP4 127.0.0.1",
  "s=-",
  "t=0 0",
  `a=group:BUNDLE ${mid}`,
  "m=audio 51840 UDP/TLS/RTP/SAVPF 111 126",
  "c=IN IP4 203.0.113.40",
  "a=rtcp:9 IN IP4 0.0.0.0",
  "a=candidate:1 1 udp 1686052607 203.0.113.40 51840 typ srflx raddr 192.0.2.40 rport 51840",
  "a=ice-ufrag:k2Wd",
  "a=ice-pwd:Jr7xTn0QyVb5LmZ3sHc9PgEa",
  "a=fingerprint:sha-256 5C:12:A7:90:3B:E4:68:D1:0F:F5:86:2A:BC:47:9E:33:71:C8:05:DA:1E:B6:4D:92:E0:7F:28:63:AF:19:C4:5B",
  "a=setup:active",
  `a=mid:${mid}`,
  "a=sendrecv",
  "a=rtcp-mux",
  "a=rtpmap:111 opus/48000/2",
  "a=fmtp:111 minptime=10;useinbandfec=1",
  "a=rtpmap:126 telephone-event/8000",
];

const text = (mid: string) => `${lines(mid).join("\r\n")}\r\n`;

/** A legal offer of the business, for the requests that a scenario makes itself. */
export const sampleOffer = text("0");

/** A legal answer of the business to a person's call; Meta's offers name their audio `audio`. */
export const sampleAnswer = text("audio");

/** The offer with three fingerprints, one for each hash, as some WebRTC libraries write it (meta-calling §10 row 6). */
export const threeFingerprints = sampleOffer.replace(
  "a=setup:",
  `a=fingerprint:sha-384 ${hexPairs(48)}\r\na=fingerprint:sha-512 ${hexPairs(64)}\r\na=setup:`,
);

function hexPairs(count: number): string {
  return Array.from({ length: count }, (_, index) => ((index * 37 + 11) % 256).toString(16).padStart(2, "0"))
    .join(":")
    .toUpperCase();
}
