import { describe, expect, test } from "vitest";
import { append, type Change, chromiumOffer, goodOffer, sdpOf, swap } from "../domain/sdp/fixtures.ts";
import { callable, testSandbox } from "../support/sandbox.ts";
import { call, calls } from "./support.ts";

const refused: readonly {
  readonly entry: string;
  readonly what: string;
  readonly change: Change;
  readonly rule: string;
}[] = [
  { entry: "META-SDP-002", what: "no fingerprint", change: swap("a=fingerprint"), rule: "no-fingerprint" },
  {
    entry: "META-SDP-003",
    what: "two fingerprints",
    change: append("a=fingerprint:sha-1 00:11"),
    rule: "several-fingerprints",
  },
  { entry: "META-SDP-011", what: "no Opus", change: swap("a=rtpmap:111", "a=rtpmap:111 SILK/24000"), rule: "no-opus" },
  { entry: "META-SDP-012", what: "no ICE user fragment", change: swap("a=ice-ufrag"), rule: "no-ice-ufrag" },
  { entry: "META-SDP-013", what: "setup:passive", change: swap("a=setup", "a=setup:passive"), rule: "offer-passive" },
  { entry: "META-SDP-054", what: "no t line", change: swap("t="), rule: "line-order" },
  {
    entry: "META-SDP-056",
    what: "port 0",
    change: swap("m=", "m=audio 0 UDP/TLS/RTP/SAVPF 111 126"),
    rule: "audio-disabled",
  },
];

describe("a start with a bad SDP", () => {
  test.each(refused)(
    "$entry, META-SDP-018: $what is 138008 with the rule and the line",
    async ({ entry, change, rule }) => {
      const sandbox = testSandbox();
      const answer = await call(sandbox, callable, { sdp: sdpOf(change(goodOffer)) });
      expect(answer).toMatchObject({
        status: 400,
        behaviour: entry,
        body: { code: "META_SDP_INVALID", details: { sdp: { rule }, meta: { code: 138008, error_subcode: 2593093 } } },
      });
      const { sdp, meta } = answer.body.details;
      if (sdp.line !== null) expect(meta.error_data.details).toContain(`line ${sdp.line}: ${sdp.text}`);
      expect(await calls(sandbox)).toEqual([]);
    },
  );

  test("META-SDP-018: the text of the refusal says what to do", async () => {
    const { body } = await call(testSandbox(), callable, { sdp: sdpOf(swap("a=setup", "a=setup:passive")(goodOffer)) });
    expect(body.details.sdp).toEqual({ rule: "offer-passive", line: 13, text: "a=setup:passive" });
    expect(body.error).toContain("(line 13: a=setup:passive)");
  });

  test.each(refused)("META-SDP-027: reported the documented way, $what is 100", async ({ entry, change, rule }) => {
    const sandbox = testSandbox({ sdpErrorCode: 100 });
    const answer = await call(sandbox, callable, { sdp: sdpOf(change(goodOffer)) });
    expect(answer).toMatchObject({
      status: 400,
      behaviour: entry,
      body: {
        code: "META_INVALID_PARAMETER",
        details: { sdp: { rule }, meta: { code: 100, message: "(#100) Invalid parameter" } },
      },
    });
    expect(answer.body.details.meta).not.toHaveProperty("error_subcode");
  });

  test("META-SDP-006: an empty sdp is Meta's to refuse, not the gateway's", async () => {
    const { body, behaviour } = await call(testSandbox(), callable, { sdp: "" });
    expect([body.code, behaviour]).toEqual(["META_SDP_INVALID", "META-SDP-006"]);
  });
});

describe("warnings in the timeline", () => {
  const warned = async (change: Change) => {
    const sandbox = testSandbox();
    const { body, status } = await call(sandbox, callable, { sdp: sdpOf(change(goodOffer)) });
    expect(status).toBe(201);
    const { entries } = await sandbox.control.getTimeline({ callId: body.id });
    return entries.filter(({ kind }) => kind === "warning").map(({ detail }) => detail);
  };

  test.each<[string, string, Change, number]>([
    ["META-SDP-015", "setup:actpass", swap("a=setup", "a=setup:actpass"), 13],
    [
      "META-SDP-019",
      "an mDNS candidate",
      swap("a=candidate", "a=candidate:1 1 udp 2113937151 5b1f0b0e-6b2c-4e0b-9c0c-8a6f3f5b0f5e.local 51372 typ host"),
      9,
    ],
    ["META-SDP-020", "trickle", append("a=ice-options:trickle"), 21],
    ["META-SDP-021", "an extmap", append("a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level"), 21],
    ["META-SDP-050", "recvonly", swap("a=sendrecv", "a=recvonly"), 15],
    ["META-SDP-063", "ice-lite", append("a=ice-lite"), 21],
    ["META-SDP-064", "ptime 60", append("a=ptime:60"), 21],
    ["META-SDP-066", "another protocol", swap("m=", "m=audio 9 RTP/SAVPF 111 126"), 6],
  ])("%s: %s passes with one warning", async (entry, _what, change, line) => {
    expect(await warned(change)).toEqual([
      expect.objectContaining({ behaviour: entry, line, remedy: expect.any(String) }),
    ]);
  });

  test("META-SDP-014: an offer that breaks nothing brings none", async () => {
    expect(await warned((lines) => lines)).toEqual([]);
  });

  test("META-SDP-023: Chromium's SDP passes and is kept untouched", async () => {
    const sandbox = testSandbox();
    const sdp = sdpOf(chromiumOffer);
    const { body, status } = await call(sandbox, callable, { sdp });
    expect(status).toBe(201);
    expect((await sandbox.api("meta", "GET", `/calls/${body.id}?includeSdp=1`)).body.sdpOffer).toBe(sdp);
  });
});
