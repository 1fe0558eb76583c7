import type { SdpParts } from "./parts.ts";

// The lines that both of Meta's SDPs share, in Meta's order (meta-calling §5.4).

/** What Meta asks of the Opus that it receives. */
export const opusParameters =
  "maxaveragebitrate=20000;maxplaybackrate=16000;minptime=20;sprop-maxcapturerate=16000;useinbandfec=1";

export function originLines({ epochMs }: SdpParts): readonly string[] {
  return ["v=0", `o=- ${epochMs} 2 IN IP4 127.0.0.1`, "s=-", "t=0 0"];
}

/** The m= line down to the two candidates. */
export function mediaLines(parts: SdpParts, formats: readonly number[]): readonly string[] {
  const { relay, addresses, foundations } = parts;
  const [first = relay.v4] = addresses ?? [];
  return [
    `m=audio ${relay.port} UDP/TLS/RTP/SAVPF ${formats.join(" ")}`,
    `c=IN ${first.includes(":") ? "IP6" : "IP4"} ${first}`,
    "a=rtcp:9 IN IP4 0.0.0.0",
    ...(addresses === undefined
      ? [
          candidateLine(foundations.v4, priority.v4, relay.v4, relay.port),
          candidateLine(foundations.v6, priority.v6, relay.v6, relay.port),
        ]
      : addresses.map((address, index) => hostLine(parts, address, index))),
  ];
}

/** As Meta's relays have them (meta-calling §5.4). */
const priority = { v4: 2122260223, v6: 2122262783 };

/** One of several addresses; each next one is worth less (RFC 8445 §5.1.2.1). */
function hostLine({ relay, foundations }: SdpParts, address: string, index: number): string {
  const family = address.includes(":") ? "v6" : "v4";
  return candidateLine((foundations[family] + index) >>> 0, priority[family] - index * 256, address, relay.port);
}

export function iceLines({ iceUfrag, icePwd }: SdpParts): readonly string[] {
  return [`a=ice-ufrag:${iceUfrag}`, `a=ice-pwd:${icePwd}`];
}

export function trackLines({ uuid }: SdpParts, direction: string): readonly string[] {
  return [`a=${direction}`, `a=msid:${uuid} WhatsAppTrack1`, "a=rtcp-mux"];
}

export function packetLines({ ssrc }: SdpParts): readonly string[] {
  return ["a=maxptime:20", "a=ptime:20", `a=ssrc:${ssrc} cname:WhatsAppAudioStream1`];
}

/** Joins lines into an SDP; every line ends with CRLF, the last one too (RFC 8866 §5). */
export function sdpText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join("");
}

function candidateLine(foundation: number, priority: number, address: string, port: number): string {
  return `a=candidate:${foundation} 1 udp ${priority} ${address} ${port} typ host generation 0 network-cost 50`;
}
