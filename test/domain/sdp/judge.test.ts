import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeFinding, judgeSdp, type SdpRole } from "../../../mock/domain/sdp/index.ts";
import { aiortcOffer, append, chromiumOffer, fingerprint, firefoxOffer, goodOffer, sdpOf, swap } from "./fixtures.ts";

const tolerant = { strict: false };
const strict = { strict: true };

function warningsOf(lines: readonly string[], role: SdpRole = "offer"): readonly string[] {
  const verdict = judgeSdp(sdpOf(lines), role, tolerant);
  expect.assert(verdict.ok);
  return verdict.warnings.map(({ rule }) => rule);
}

describe("SDPs of real stacks", () => {
  test("META-SDP-014: an offer with setup:active passes without a warning, in strict mode too", () => {
    expect(judgeSdp(sdpOf(goodOffer), "offer", strict)).toMatchObject({ ok: true, warnings: [] });
  });

  test("META-SDP-023: a Chromium offer passes untouched, with one warning for each thing that Meta may mind", () => {
    expect(warningsOf(chromiumOffer)).toEqual([
      "offer-actpass",
      "mdns-candidate",
      "trickle",
      "extmap",
      "further-codecs",
    ]);
  });

  test("META-SDP-023: a Firefox offer passes untouched", () => {
    expect(warningsOf(firefoxOffer)).toEqual([
      "offer-actpass",
      "mdns-candidate",
      "trickle",
      "extmap",
      "further-codecs",
    ]);
  });

  test("META-SDP-003: an aiortc offer is refused at its second fingerprint and passes with one", () => {
    const finding = { rule: "several-fingerprints", line: 25, behaviour: "META-SDP-003" };
    expect(judgeSdp(sdpOf(aiortcOffer), "offer", tolerant)).toMatchObject({ ok: false, finding });
    const filtered = aiortcOffer.filter((line) => !/sha-384|sha-512/.test(line));
    expect(warningsOf(filtered)).toEqual(["offer-actpass", "extmap", "further-codecs"]);
  });

  test("a warning names the further lines of its kind", () => {
    const verdict = judgeSdp(sdpOf(chromiumOffer), "offer", tolerant);
    expect.assert(verdict.ok);
    const extmap = verdict.warnings.find(({ rule }) => rule === "extmap");
    expect(extmap?.line).toBe(19);
    expect(extmap?.message).toContain("20, 21, 22");
  });

  test.each([
    ["META-SDP-024: an SDP without candidates", swap("a=candidate")],
    ["META-SDP-025: port 9 and the address 0.0.0.0", swap("c=", "c=IN IP4 0.0.0.0")],
    ["META-SDP-026: an SDP without ptime", append("a=maxptime:20")],
    ["an s= line that is one blank", swap("s=", "s= ")],
    ["an offer without telephone-event", swap("m=", "m=audio 9 UDP/TLS/RTP/SAVPF 111")],
    ["a fingerprint in lower case", swap("a=fingerprint", `a=fingerprint:SHA-256 ${fingerprint.toLowerCase()}`)],
    ["two lines about one SSRC", append("a=ssrc:3735928559 msid:a b")],
  ])("%s passes", (_title, change) => {
    expect(warningsOf(change(goodOffer))).toEqual([]);
    expect(warningsOf(change(goodOffer), "answer")).toEqual([]);
  });
});

describe("the text as a whole", () => {
  test.each([
    ["META-SDP-006", "nothing", "", "empty", null],
    ["META-SDP-006", "nothing but blanks", " \r\n\t", "empty", null],
    ["META-SDP-051", "more than 100,000 characters", `v=0\r\n${"a".repeat(100_000)}`, "too-large", null],
    ["META-SDP-051", "more than 2,000 lines", "a=x\r\n".repeat(2_001), "too-large", null],
    ["META-SDP-051", "more than 2,000 lines that end with LF", "a=x\n".repeat(2_001), "too-large", null],
    ["META-SDP-052", "an SDP as a JSON string", JSON.stringify(sdpOf(goodOffer)), "serialised-twice", 1],
    ["META-SDP-052", "a session description object", '{"type":"offer","sdp":"v=0"}', "serialised-twice", 1],
    ["META-SDP-052", "an SDP with escaped line ends", goodOffer.join("\\r\\n"), "serialised-twice", 1],
    ["META-SDP-053", "a line end before v=0", `\r\n${sdpOf(goodOffer)}`, "version-first", 1],
    ["META-SDP-053", "a byte order mark before v=0", `\uFEFF${sdpOf(goodOffer)}`, "version-first", 1],
    ["META-SDP-053", "v=1", sdpOf(goodOffer).replace("v=0", "v=1"), "version-first", 1],
    ["META-SDP-053", "a word", "hello", "version-first", 1],
    ["META-SDP-005", "an SDP with LF line ends", goodOffer.join("\n"), "line-ends", 1],
    ["META-SDP-005", "one LF among CRLF", sdpOf(goodOffer).replace("s=-\r\n", "s=-\n"), "line-ends", 3],
    ["META-SDP-005", "one CR among CRLF", sdpOf(goodOffer).replace("s=-\r\n", "s=-\r"), "line-ends", 3],
    ["META-SDP-001", "a blank line at the end", `${sdpOf(goodOffer)}\r\n`, "line-shape", 21],
    ["META-SDP-001", "the shortened SDP of a manual", "v=0\r\n...", "line-shape", 2],
    ["META-SDP-054", "v=0 and no more", "v=0\r\n", "line-order", null],
  ])("%s: %s is refused", (behaviour, _title, sdp, rule, line) => {
    expect(judgeSdp(sdp, "offer", tolerant)).toMatchObject({ ok: false, finding: { behaviour, rule, line } });
  });

  test("META-SDP-061: an SDP without its last CRLF passes with a warning and is refused in strict mode", () => {
    const trimmed = sdpOf(goodOffer).trim();
    expect(judgeSdp(trimmed, "offer", tolerant)).toMatchObject({ ok: true, warnings: [{ rule: "last-line-end" }] });
    expect(judgeSdp(trimmed, "offer", strict)).toMatchObject({ ok: false, finding: { behaviour: "META-SDP-061" } });
  });

  test("META-SDP-018: of several faults the one with the lowest line is named", () => {
    const lines = append(
      "a=ice-options:trickle",
      ...aiortcOffer.slice(6, 8),
    )(swap("a=setup", "a=setup:passive")(goodOffer));
    expect(judgeSdp(sdpOf(lines), "offer", tolerant)).toMatchObject({ ok: false, finding: { line: 13 } });
  });

  test("META-SDP-018: the line at fault is shown printable, and cut at 120 characters", () => {
    const verdict = judgeSdp(sdpOf(swap("s=", `s=\u0000\u202E${"x".repeat(200)}`)(goodOffer)), "offer", tolerant);
    expect.assert(!verdict.ok);
    expect(verdict.finding.text).toMatch(/^s=\\u\{0\}\\u\{202e\}x+…$/);
    expect(verdict.finding.text).toHaveLength(120);
    expect(describeFinding(verdict.finding)).toMatch(/^Line 3 \(s=/);
  });
});

test("a passing SDP comes back parsed", () => {
  const verdict = judgeSdp(sdpOf(firefoxOffer), "offer", tolerant);
  expect.assert(verdict.ok);
  const { audio, ...session } = verdict.session;
  expect(session).toEqual({ text: sdpOf(firefoxOffer), bundled: true, extmapAllowMixed: false, iceLite: false });
  expect(audio).toMatchObject({ mid: "0", port: 9, setup: "actpass", direction: "sendrecv", fingerprint, line: 10 });
  expect(audio).toMatchObject({ iceUfrag: "5d2c91ab", ssrc: 1684091223 });
  expect(audio.codecs.map(({ name }) => name)).toEqual(["opus", "G722", "PCMU", "PCMA", "telephone-event"]);
  expect(audio.codecs[0]).toMatchObject({ payloadType: 109, clockRate: 48_000, channels: 2, line: 26 });
  expect(audio.candidates.map(({ transport, type }) => `${transport} ${type}`)).toEqual(["udp host", "tcp host"]);
});

describe("any text at all", () => {
  const roles = fc.constantFrom<SdpRole>("offer", "answer");
  const bases = fc.constantFrom(goodOffer, chromiumOffer, firefoxOffer, aiortcOffer);

  test("an arbitrary string gets a verdict", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), roles, fc.boolean(), (sdp, role, isStrict) => {
        expect(judgeSdp(sdp, role, { strict: isStrict })).toHaveProperty("ok");
        expect(judgeSdp(`v=0\r\n${sdp}`, role, { strict: isStrict })).toHaveProperty("ok");
      }),
    );
  });

  test("an SDP with lines removed, repeated, moved and spoilt gets a verdict, and strict never accepts more", () => {
    const edits = fc.array(
      fc.record({
        kind: fc.constantFrom("remove", "repeat", "swap", "spoil"),
        at: fc.nat({ max: 40 }),
        to: fc.nat({ max: 40 }),
        text: fc.string({ maxLength: 20 }),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(bases, edits, roles, (base, changes, role) => {
        const lines = changes.reduce<readonly string[]>((all, { kind, at, to, text }) => {
          const line = all[at] ?? "";
          if (kind === "remove") return all.toSpliced(at, 1);
          if (kind === "repeat") return all.toSpliced(to, 0, line);
          if (kind === "swap") return all.toSpliced(at, 1).toSpliced(to, 0, line);
          return all.toSpliced(at, 1, line.slice(0, to) + text);
        }, base);
        const verdict = judgeSdp(sdpOf(lines), role, tolerant);
        const severe = judgeSdp(sdpOf(lines), role, strict);
        if (!verdict.ok) expect(severe.ok).toBe(false);
        if (severe.ok && verdict.ok) expect(verdict.warnings).toEqual([]);
        if (verdict.ok) expect(verdict.session.audio.codecs.length).toBeGreaterThan(0);
      }),
    );
  });

  // Each of these would take minutes with a pattern that backtracks; the time-out of the runner is the judge.
  test.each([
    ["an SDP with one long attribute", `a=${"x".repeat(99_000)}\r\n`],
    ["an SDP with one long rtpmap", `a=rtpmap:${"1".repeat(99_000)}\r\n`],
    ["an SDP with one long candidate", `a=candidate:${"1 ".repeat(49_000)}\r\n`],
    ["an SDP with one long fingerprint", `a=fingerprint:sha-256 ${"AB:".repeat(32_000)}\r\n`],
    ["an SDP with one long simulcast", `a=simulcast:send ${"send".repeat(20_000)}!\r\n`],
    ["an SDP with nineteen hundred codecs", `${"a=rtpmap:111 opus/48000/2\r\n".repeat(1_900)}`],
    ["an SDP with nineteen hundred candidates", `${"a=candidate:1 1 udp 1 x.local 1 typ host\r\n".repeat(1_900)}`],
    ["an SDP with many blank lines", "\r\n".repeat(1_900)],
  ])("META-SDP-051: %s is judged at once", (_title, tail) => {
    const sdp = sdpOf(goodOffer) + tail;
    expect(judgeSdp(sdp.slice(0, 100_000), "offer", tolerant)).toHaveProperty("ok");
  });
});

describe("the bodies in examples/", () => {
  test.each([["offer"], ["answer"]] as const)("STRICT-001: %s.json passes in strict mode without a warning", (role) => {
    const body: unknown = JSON.parse(readFileSync(new URL(`../../../examples/${role}.json`, import.meta.url), "utf8"));
    expect(body).toMatchObject({ sdpType: role, sdp: expect.stringMatching(/^v=0\r\n/) });
    const sdp = typeof body === "object" && body !== null && "sdp" in body ? String(body.sdp) : "";
    expect(judgeSdp(sdp, role, strict)).toMatchObject({ ok: true, warnings: [] });
  });
});
