import { describe, expect, test } from "vitest";
import { judgeSdp, type SdpRole, type SdpRuleId, sdpRules } from "../../../mock/domain/sdp/index.ts";
import { append, type Change, fingerprint, goodOffer, sdpOf, swap } from "./fixtures.ts";

interface Row {
  readonly title: string;
  readonly change: Change;
  readonly rule: SdpRuleId;
  readonly line: number | null;
  readonly role?: SdpRole;
}

const video = ["m=video 9 UDP/TLS/RTP/SAVPF 96", "c=IN IP4 0.0.0.0", "a=mid:1"];
const audio = goodOffer.slice(5);

const refused: readonly Row[] = [
  { title: "META-SDP-001: blank line", change: swap("s=", "s=-", ""), rule: "line-shape", line: 4 },
  { title: "META-SDP-001: word alone", change: append("hello"), rule: "line-shape", line: 21 },
  { title: "META-SDP-001: blank after =", change: swap("t=", "t= 0 0"), rule: "line-shape", line: 4 },
  { title: "META-SDP-001: empty value", change: swap("s=", "s="), rule: "line-shape", line: 3 },
  { title: "META-SDP-001: unknown letter", change: append("x=1"), rule: "line-shape", line: 21 },
  { title: "META-SDP-001: upper-case letter", change: swap("a=mid", "A=mid:0"), rule: "line-shape", line: 14 },
  {
    title: "META-SDP-054: s before o",
    change: (l) => [l[0], l[2], l[1], ...l.slice(3)].map(String),
    rule: "line-order",
    line: 3,
  },
  { title: "META-SDP-054: second v", change: swap("s=", "v=0", "s=-"), rule: "line-order", line: 3 },
  { title: "META-SDP-054: no o", change: swap("o="), rule: "line-order", line: 5 },
  { title: "META-SDP-054: no t", change: swap("t="), rule: "line-order", line: 5 },
  { title: "META-SDP-054: t in a section", change: append("t=0 0"), rule: "line-order", line: 21 },
  { title: "META-SDP-054: c after a", change: append("c=IN IP4 0.0.0.0"), rule: "line-order", line: 21 },
  { title: "META-SDP-055: o with five fields", change: swap("o=", "o=- 1 2 IN IP4"), rule: "field-value", line: 2 },
  {
    title: "META-SDP-055: o with a word for a number",
    change: swap("o=", "o=- one 2 IN IP4 127.0.0.1"),
    rule: "field-value",
    line: 2,
  },
  { title: "META-SDP-055: t with one number", change: swap("t=", "t=0"), rule: "field-value", line: 4 },
  {
    title: "META-SDP-055: m without formats",
    change: swap("m=", "m=audio 9 UDP/TLS/RTP/SAVPF"),
    rule: "field-value",
    line: 6,
  },
  {
    title: "META-SDP-055: port 70000",
    change: swap("m=", "m=audio 70000 UDP/TLS/RTP/SAVPF 111"),
    rule: "field-value",
    line: 6,
  },
  {
    title: "META-SDP-055: payload type 200",
    change: swap("m=", "m=audio 9 UDP/TLS/RTP/SAVPF 111 200"),
    rule: "field-value",
    line: 6,
  },
  {
    title: "META-SDP-055: rtpmap without rate",
    change: swap("a=rtpmap:126", "a=rtpmap:126 telephone-event"),
    rule: "field-value",
    line: 19,
  },
  {
    title: "META-SDP-055: candidate cut off",
    change: swap("a=candidate", "a=candidate:1 1 udp"),
    rule: "field-value",
    line: 9,
  },
  { title: "META-SDP-055: unknown role", change: swap("a=setup", "a=setup:client"), rule: "field-value", line: 13 },
  {
    title: "META-SDP-055: ice-ufrag of 3",
    change: swap("a=ice-ufrag", "a=ice-ufrag:abc"),
    rule: "field-value",
    line: 10,
  },
  {
    title: "META-SDP-055: ice-pwd of 21",
    change: swap("a=ice-pwd", `a=ice-pwd:${"a".repeat(21)}`),
    rule: "field-value",
    line: 11,
  },
  {
    title: "META-SDP-058: fingerprint of 31 bytes",
    change: swap("a=fingerprint", `a=fingerprint:sha-256 ${fingerprint.slice(3)}`),
    rule: "fingerprint-malformed",
    line: 12,
  },
  {
    title: "META-SDP-058: fingerprint with a G",
    change: swap("a=fingerprint", `a=fingerprint:sha-256 ${fingerprint.replace("B", "G")}`),
    rule: "fingerprint-malformed",
    line: 12,
  },
  {
    title: "META-SDP-058: fingerprint and more",
    change: swap("a=fingerprint", `a=fingerprint:sha-256 ${fingerprint} x`),
    rule: "fingerprint-malformed",
    line: 12,
  },
  { title: "META-SDP-002: no fingerprint", change: swap("a=fingerprint"), rule: "no-fingerprint", line: 6 },
  {
    title: "META-SDP-003: second fingerprint",
    change: swap("a=setup", `a=fingerprint:sha-512 ${fingerprint}:${fingerprint}`, "a=setup:active"),
    rule: "several-fingerprints",
    line: 13,
  },
  {
    title: "META-SDP-003: the same fingerprint at both levels",
    change: swap("a=group", "a=group:BUNDLE 0", `a=fingerprint:sha-256 ${fingerprint}`),
    rule: "several-fingerprints",
    line: 13,
  },
  {
    title: "META-SDP-003: sha-1 before sha-256",
    change: swap("a=fingerprint", "a=fingerprint:sha-1 00:11", `a=fingerprint:sha-256 ${fingerprint}`),
    rule: "several-fingerprints",
    line: 13,
  },
  {
    title: "META-SDP-004: sha-1",
    change: swap("a=fingerprint", `a=fingerprint:sha-1 ${fingerprint.slice(0, 59)}`),
    rule: "fingerprint-not-sha-256",
    line: 12,
  },
  {
    title: "META-SDP-004: fingerprint without a function",
    change: swap("a=fingerprint", "a=fingerprint"),
    rule: "fingerprint-not-sha-256",
    line: 12,
  },
  { title: "META-SDP-007: NUL", change: swap("s=", "s=a\u0000b"), rule: "control-character", line: 3 },
  { title: "META-SDP-007: tab", change: swap("s=", "s=a\tb"), rule: "control-character", line: 3 },
  {
    title: "META-SDP-007: undecodable bytes",
    change: swap("s=", "s=\uFFFD\uFFFD"),
    rule: "control-character",
    line: 3,
  },
  { title: "META-SDP-007: half a surrogate pair", change: swap("s=", "s=\uD83D"), rule: "control-character", line: 3 },
  { title: "META-SDP-008: no media section", change: (lines) => lines.slice(0, 5), rule: "no-media", line: null },
  { title: "META-SDP-009: second audio section", change: append(...audio.slice(0, 6)), rule: "second-audio", line: 21 },
  { title: "META-SDP-010: video beside audio", change: append(...video), rule: "video", line: 21 },
  { title: "META-SDP-010: video alone", change: (lines) => [...lines.slice(0, 5), ...video], rule: "video", line: 6 },
  {
    title: "META-SDP-010: data channel",
    change: append("m=application 9 UDP/DTLS/SCTP webrtc-datachannel"),
    rule: "not-audio",
    line: 21,
  },
  { title: "META-SDP-011: no Opus", change: swap("a=rtpmap:111", "a=rtpmap:111 SILK/24000"), rule: "no-opus", line: 6 },
  {
    title: "META-SDP-011: mono Opus",
    change: swap("a=rtpmap:111", "a=rtpmap:111 opus/48000"),
    rule: "no-opus",
    line: 17,
  },
  {
    title: "META-SDP-011: Opus mapped, not listed",
    change: swap("m=", "m=audio 9 UDP/TLS/RTP/SAVPF 126"),
    rule: "no-opus",
    line: 6,
  },
  { title: "META-SDP-012: no ice-ufrag", change: swap("a=ice-ufrag"), rule: "no-ice-ufrag", line: 6 },
  { title: "META-SDP-059: no ice-pwd", change: swap("a=ice-pwd"), rule: "no-ice-pwd", line: 6 },
  { title: "META-SDP-013: passive offer", change: swap("a=setup", "a=setup:passive"), rule: "offer-passive", line: 13 },
  {
    title: "META-SDP-013: holdconn offer",
    change: swap("a=setup", "a=setup:holdconn"),
    rule: "offer-passive",
    line: 13,
  },
  {
    title: "META-SDP-016: passive answer",
    change: swap("a=setup", "a=setup:passive"),
    rule: "answer-passive",
    line: 13,
    role: "answer",
  },
  {
    title: "META-SDP-017: actpass answer",
    change: swap("a=setup", "a=setup:actpass"),
    rule: "answer-actpass",
    line: 13,
    role: "answer",
  },
  {
    title: "META-SDP-060: answer without setup",
    change: swap("a=setup"),
    rule: "answer-without-setup",
    line: 6,
    role: "answer",
  },
  {
    title: "META-SDP-056: port 0",
    change: swap("m=", "m=audio 0 UDP/TLS/RTP/SAVPF 111 126"),
    rule: "audio-disabled",
    line: 6,
  },
  { title: "META-SDP-057: setup twice", change: append("a=setup:active"), rule: "repeated-attribute", line: 21 },
  { title: "META-SDP-057: two directions", change: append("a=recvonly"), rule: "repeated-attribute", line: 21 },
  { title: "META-SDP-049: second SSRC", change: append("a=ssrc:42 cname:other"), rule: "several-ssrcs", line: 21 },
];

const warned: readonly (Row & { readonly strict: string })[] = [
  {
    title: "META-SDP-015, STRICT-011: actpass offer",
    strict: "STRICT-011",
    change: swap("a=setup", "a=setup:actpass"),
    rule: "offer-actpass",
    line: 13,
  },
  {
    title: "META-SDP-019, STRICT-007: mDNS candidate",
    strict: "STRICT-007",
    change: swap("a=candidate", "a=candidate:1 1 udp 1 0b3f.local 5000 typ host"),
    rule: "mdns-candidate",
    line: 9,
  },
  {
    title: "META-SDP-020, STRICT-008: trickle",
    strict: "STRICT-008",
    change: append("a=ice-options:ice2 trickle"),
    rule: "trickle",
    line: 21,
  },
  {
    title: "META-SDP-021, STRICT-009: extmap",
    strict: "STRICT-009",
    change: append("a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid"),
    rule: "extmap",
    line: 21,
  },
  {
    title: "META-SDP-022, STRICT-010: a further codec",
    strict: "STRICT-010",
    change: swap("m=", "m=audio 9 UDP/TLS/RTP/SAVPF 111 8 126"),
    rule: "further-codecs",
    line: 6,
  },
  {
    title: "META-SDP-022, STRICT-010: telephone-event/48000",
    strict: "STRICT-010",
    change: swap("a=rtpmap:126", "a=rtpmap:126 telephone-event/48000"),
    rule: "further-codecs",
    line: 19,
  },
  {
    title: "META-SDP-050: recvonly",
    strict: "META-SDP-050",
    change: swap("a=sendrecv", "a=recvonly"),
    rule: "not-sendrecv",
    line: 15,
  },
  {
    title: "META-SDP-062: offer without setup",
    strict: "META-SDP-062",
    change: swap("a=setup"),
    rule: "offer-without-setup",
    line: 6,
  },
  {
    title: "META-SDP-063: ice-lite",
    strict: "META-SDP-063",
    change: swap("a=group", "a=group:BUNDLE 0", "a=ice-lite"),
    rule: "ice-lite",
    line: 6,
  },
  {
    title: "META-SDP-064: ptime 60",
    strict: "META-SDP-064",
    change: append("a=ptime:60"),
    rule: "ptime",
    line: 21,
  },
  {
    title: "META-SDP-065: link-local c=",
    strict: "META-SDP-065",
    change: swap("c=", "c=IN IP4 169.254.1.9"),
    rule: "private-address",
    line: 7,
  },
  {
    title: "META-SDP-065: private c= over IPv6",
    strict: "META-SDP-065",
    change: swap("c=", "c=IN IP6 fd00::1"),
    rule: "private-address",
    line: 7,
  },
  {
    title: "META-SDP-066: other protocol",
    strict: "META-SDP-066",
    change: swap("m=", "m=audio 9 RTP/SAVPF 111 126"),
    rule: "protocol",
    line: 6,
  },
  {
    title: "META-SDP-067: no rtcp-mux",
    strict: "META-SDP-067",
    change: swap("a=rtcp-mux"),
    rule: "no-rtcp-mux",
    line: 6,
  },
];

describe("SDPs that are refused", () => {
  test.each(refused)("$title is refused by $rule at line $line", ({ change, rule, line, role = "offer" }) => {
    const verdict = judgeSdp(sdpOf(change(goodOffer)), role, { strict: false });
    expect(verdict).toMatchObject({ ok: false, finding: { rule, line } });
  });
});

describe("SDPs that bring a warning, and a refusal in strict mode", () => {
  test.each(warned)("$title is warned about by $rule at line $line", ({ change, rule, line, strict }) => {
    const sdp = sdpOf(change(goodOffer));
    expect(judgeSdp(sdp, "offer", { strict: false })).toMatchObject({ ok: true, warnings: [{ rule, line }] });
    const finding = { rule, line, behaviour: strict };
    expect(judgeSdp(sdp, "offer", { strict: true })).toMatchObject({ ok: false, finding });
  });
});

test.each(refused)("META-SDP-018: the refusal of $title names its ledger entry, its line and a remedy", (row) => {
  const lines = row.change(goodOffer);
  const verdict = judgeSdp(sdpOf(lines), row.role ?? "offer", { strict: false });
  expect.assert(!verdict.ok);
  expect(row.title).toContain(verdict.finding.behaviour);
  expect(verdict.finding.text === null).toBe(row.line === null);
  expect(verdict.finding.message.length).toBeGreaterThan(10);
  expect(verdict.finding.remedy.length).toBeGreaterThan(10);
});

test("every rule is shown to speak by a row here or by a test of the whole text", () => {
  const shown = new Set([...refused, ...warned].map(({ rule }) => rule));
  const elsewhere = ["empty", "too-large", "serialised-twice", "version-first", "line-ends", "last-line-end"];
  const silent = sdpRules.map(({ id }) => id).filter((id) => !shown.has(id) && !elsewhere.includes(id));
  expect(silent).toEqual([]);
  expect(new Set(sdpRules.map(({ id }) => id)).size).toBe(sdpRules.length);
});
