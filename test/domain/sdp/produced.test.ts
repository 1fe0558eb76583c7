import fc from "fast-check";
import { parse } from "sdp-transform";
import { describe, expect, test } from "vitest";
import {
  judgeSdp,
  metaAnswer,
  metaOffer,
  type ParsedSdp,
  relayPorts,
  sameSdp,
  sdpPartsFrom,
} from "../../../mock/domain/sdp/index.ts";
import { append, chromiumOffer, firefoxOffer, goodOffer, sdpOf, swap } from "./fixtures.ts";

const opusParameters =
  "maxaveragebitrate=20000;maxplaybackrate=16000;minptime=20;sprop-maxcapturerate=16000;useinbandfec=1";
const epochMs = 1_783_090_800_000;
const parts = sdpPartsFrom(
  (count) => Uint8Array.from({ length: count }, (_unused, index) => (index * 37 + 11) % 256),
  epochMs,
);

function parsed(lines: readonly string[]): ParsedSdp {
  const verdict = judgeSdp(sdpOf(lines), "offer", { strict: false });
  expect.assert(verdict.ok);
  return verdict.session;
}

function linesOf(sdp: string): readonly string[] {
  expect(sdp.endsWith("\r\n")).toBe(true);
  return sdp.slice(0, -2).split("\r\n");
}

describe("the sandbox's offer", () => {
  test("it is Meta's present form, line by line", () => {
    expect(linesOf(metaOffer(parts))).toEqual([
      "v=0",
      "o=- 1783090800000 2 IN IP4 127.0.0.1",
      "s=-",
      "t=0 0",
      "a=group:BUNDLE audio",
      `a=msid-semantic: WMS ${parts.uuid}`,
      "a=ice-lite",
      `m=audio ${parts.relay.port} UDP/TLS/RTP/SAVPF 111 126`,
      `c=IN IP4 ${parts.relay.v4}`,
      "a=rtcp:9 IN IP4 0.0.0.0",
      `a=candidate:${parts.foundations.v4} 1 udp 2122260223 ${parts.relay.v4} ${parts.relay.port} typ host generation 0 network-cost 50`,
      `a=candidate:${parts.foundations.v6} 1 udp 2122262783 ${parts.relay.v6} ${parts.relay.port} typ host generation 0 network-cost 50`,
      `a=ice-ufrag:${parts.iceUfrag}`,
      `a=ice-pwd:${parts.icePwd}`,
      `a=fingerprint:sha-256 ${parts.fingerprint}`,
      "a=setup:actpass",
      "a=mid:audio",
      "a=sendrecv",
      `a=msid:${parts.uuid} WhatsAppTrack1`,
      "a=rtcp-mux",
      "a=rtpmap:111 opus/48000/2",
      "a=rtcp-fb:111 transport-cc",
      `a=fmtp:111 ${opusParameters}`,
      "a=rtpmap:126 telephone-event/8000",
      "a=maxptime:20",
      "a=ptime:20",
      `a=ssrc:${parts.ssrc} cname:WhatsAppAudioStream1`,
    ]);
  });

  test.each([
    ["META-SDP-028: starts with the fixed lines", ["v=0", "o=- 1783090800000 2 IN IP4 127.0.0.1", "s=-", "t=0 0"]],
    ["META-SDP-029: has the time as its session id", [`o=- ${epochMs} 2 IN IP4 127.0.0.1`]],
    ["META-SDP-030: groups its section", ["a=group:BUNDLE audio", "a=mid:audio"]],
    ["META-SDP-031: names its stream", [`a=msid-semantic: WMS ${parts.uuid}`, `a=msid:${parts.uuid} WhatsAppTrack1`]],
    ["META-SDP-033: has one media line", [`m=audio ${parts.relay.port} UDP/TLS/RTP/SAVPF 111 126`]],
    ["META-SDP-034: gives a relay address", [`c=IN IP4 ${parts.relay.v4}`, "a=rtcp:9 IN IP4 0.0.0.0"]],
    ["META-SDP-038: says actpass", ["a=setup:actpass"]],
    ["META-SDP-040: is sendrecv with rtcp-mux", ["a=sendrecv", "a=rtcp-mux"]],
    ["META-SDP-041: maps its types", ["a=rtpmap:111 opus/48000/2", "a=rtcp-fb:111 transport-cc"]],
    ["META-SDP-041: maps DTMF", ["a=rtpmap:126 telephone-event/8000"]],
    ["META-SDP-042: limits Opus", [`a=fmtp:111 ${opusParameters}`]],
    ["META-SDP-043: sets the packet time", ["a=maxptime:20", "a=ptime:20"]],
    ["META-SDP-044: names one SSRC", [`a=ssrc:${parts.ssrc} cname:WhatsAppAudioStream1`]],
  ])("%s", (_title, wanted) => {
    const lines = linesOf(metaOffer(parts));
    expect(lines.filter((line) => wanted.includes(line))).toEqual(wanted);
  });

  test("it is about as long as the offers that were logged", () => {
    expect(Math.abs(metaOffer(parts).length - 1028)).toBeLessThan(120);
  });
});

describe("the sandbox's answer", () => {
  test("META-SDP-045, META-SDP-046, META-SDP-047: it mirrors mid, group and payload types of Chromium, without red", () => {
    const lines = linesOf(metaAnswer(parsed(chromiumOffer), parts));
    expect(lines.slice(0, 9)).toEqual([
      "v=0",
      "o=- 1783090800000 2 IN IP4 127.0.0.1",
      "s=-",
      "t=0 0",
      "a=group:BUNDLE 0",
      "a=extmap-allow-mixed",
      `a=msid-semantic: WMS ${parts.uuid}`,
      "a=ice-lite",
      `m=audio ${parts.relay.port} UDP/TLS/RTP/SAVPF 111 9 0 8 13 110 126`,
    ]);
    expect(lines.slice(13)).toEqual([
      `a=ice-ufrag:${parts.iceUfrag}`,
      `a=ice-pwd:${parts.icePwd}`,
      "a=ice-options:trickle",
      `a=fingerprint:sha-256 ${parts.fingerprint}`,
      "a=setup:passive",
      "a=mid:0",
      "a=sendrecv",
      `a=msid:${parts.uuid} WhatsAppTrack1`,
      "a=rtcp-mux",
      "a=rtpmap:111 opus/48000/2",
      "a=rtcp-fb:111 transport-cc",
      `a=fmtp:111 ${opusParameters}`,
      "a=rtpmap:9 G722/8000",
      "a=rtpmap:0 PCMU/8000",
      "a=rtpmap:8 PCMA/8000",
      "a=rtpmap:13 CN/8000",
      "a=rtpmap:110 telephone-event/48000",
      "a=rtpmap:126 telephone-event/8000",
      "a=maxptime:20",
      "a=ptime:20",
      `a=ssrc:${parts.ssrc} cname:WhatsAppAudioStream1`,
    ]);
  });

  test.each([
    ["active", "active"],
    ["actpass", "actpass"],
  ])("META-SDP-039: to an offer that says %s it is passive", (_title, setup) => {
    const answer = metaAnswer(parsed(swap("a=setup", `a=setup:${setup}`)(goodOffer)), parts);
    expect(linesOf(answer).filter((line) => line.startsWith("a=setup"))).toEqual(["a=setup:passive"]);
  });

  test("it leaves out what the offer did not have", () => {
    const lines = linesOf(metaAnswer(parsed(swap("a=group")(swap("a=mid")(goodOffer))), parts));
    expect(lines.filter((line) => /group|mid:|extmap|rtcp-fb/.test(line))).toEqual([]);
  });

  test.each([
    ["sendonly", "recvonly"],
    ["recvonly", "sendonly"],
    ["inactive", "inactive"],
  ])("it answers %s by %s", (offered, answered) => {
    expect(linesOf(metaAnswer(parsed(swap("a=sendrecv", `a=${offered}`)(goodOffer)), parts))).toContain(
      `a=${answered}`,
    );
  });

  test("it puts Opus first when the offer prefers another codec, and drops types that nothing names", () => {
    const offer = parsed(swap("m=", "m=audio 9 UDP/TLS/RTP/SAVPF 8 99 111 126")(goodOffer));
    expect(linesOf(metaAnswer(offer, parts)).find((line) => line.startsWith("m="))).toMatch(/SAVPF 111 8 126$/);
  });
});

describe("every SDP of the sandbox", () => {
  const offers = [goodOffer, chromiumOffer, firefoxOffer].map(parsed);
  const anyParts = fc
    .uint8Array({ minLength: 200, maxLength: 200 })
    .map((bytes) => sdpPartsFrom((count) => bytes.slice(0, count), epochMs));

  test("META-SDP-032, META-SDP-035, META-SDP-036, META-SDP-037: it keeps the rules for Meta's SDPs, whatever was drawn", () => {
    fc.assert(
      fc.property(anyParts, fc.constantFrom(...offers), (drawn, offer) => {
        for (const sdp of [metaOffer(drawn), metaAnswer(offer, drawn)]) {
          const lines = linesOf(sdp);
          expect(lines.filter((line) => line.startsWith("a=candidate:"))).toEqual([
            expect.stringMatching(/ 192\.0\.2\.\d+ /),
            expect.stringMatching(/ 2001:db8::[1-9a-f][0-9a-f]{0,3}:[1-9a-f][0-9a-f]{0,3} /),
          ]);
          expect(lines.filter((line) => /^a=ice-(ufrag:[\w+/]{16}|pwd:[\w+/]{24})$/.test(line))).toHaveLength(2);
          expect(
            lines.filter((line) => /^a=fingerprint:sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}$/.test(line)),
          ).toHaveLength(1);
          expect(lines.filter((line) => line.startsWith("a=fingerprint"))).toHaveLength(1);
          expect(lines.indexOf("a=ice-lite")).toBeLessThan(lines.findIndex((line) => line.startsWith("m=")));
          expect(relayPorts).toContain(drawn.relay.port);
          expect(parse(sdp)).toMatchObject({
            media: [{ type: "audio", port: drawn.relay.port, ptime: 20, maxptime: 20 }],
          });
        }
      }),
      { numRuns: 50 },
    );
  });

  test("the offer passes our own rules, but for being Meta's: actpass and ice-lite", () => {
    fc.assert(
      fc.property(anyParts, (drawn) => {
        const verdict = judgeSdp(metaOffer(drawn), "offer", { strict: false });
        expect.assert(verdict.ok);
        expect(verdict.warnings.map(({ rule }) => rule)).toEqual(["offer-actpass", "ice-lite"]);
      }),
      { numRuns: 50 },
    );
  });

  test("the same bytes give the same SDP, and a source that gives too few still gives a whole one", () => {
    const zeros = sdpPartsFrom(() => new Uint8Array(0), epochMs);
    expect(metaOffer(zeros)).toBe(metaOffer(sdpPartsFrom((count) => new Uint8Array(count), epochMs)));
    expect(judgeSdp(metaOffer(zeros), "offer", { strict: false }).ok).toBe(true);
  });
});

describe("an accept that repeats the pre-accept", () => {
  const sdp = sdpOf(goodOffer);
  test.each([
    ["the same text", sdp, true],
    ["the same text without its last CRLF", sdp.slice(0, -2), true],
    ["another ice-ufrag", sdpOf(swap("a=ice-ufrag", "a=ice-ufrag:other")(goodOffer)), false],
    ["a line more", sdpOf(append("a=ptime:20")(goodOffer)), false],
    ["other line ends", sdp.replaceAll("\r\n", "\n"), false],
    ["a blank at the end", `${sdp} `, false],
  ])("%s", (_title, other, same) => {
    expect(sameSdp(sdp, other)).toBe(same);
    expect(sameSdp(other, sdp)).toBe(same);
  });
});
