import { describe, expect, test } from "vitest";
import { type Answer, offer, testSandbox } from "../support/sandbox.ts";
import { dumpState } from "./dump-state.ts";

const to = "+5511999999999";

/** Places a call with this offer, and makes sure that a refusal has left nothing behind. */
async function place(sdp: unknown): Promise<Answer> {
  const sandbox = testSandbox();
  const before = dumpState(sandbox.world);
  const answer = await sandbox.api("meta", "POST", "/calls", { to, sdp });
  if (answer.status >= 400) expect(dumpState(sandbox.world)).toBe(before);
  return answer;
}

const media = offer.slice(offer.indexOf("m=audio"));
const fingerprint = /a=fingerprint.*\r\n/.exec(offer)?.[0] ?? "";
const lineOf = (sdp: string, text: string) => sdp.split(/\r?\n/).findIndex((line) => line.includes(text)) + 1;

describe("an offer that Meta would refuse", () => {
  const withLf = offer.replaceAll("\r\n", "\n");
  const twoAudio = offer + media.replace("a=mid:0", "a=mid:1");
  const video = `${offer}m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\na=rtpmap:96 VP8/90000\r\n`;
  const secondFingerprint = offer.replace(fingerprint, fingerprint + fingerprint.replace("B3:7E", "B4:7E"));
  const rows: readonly (readonly [title: string, sdp: string, rule: string, line: number | null])[] = [
    ["empty", "", "empty", null],
    ["blank", "  \r\n", "empty", null],
    ["plain text", "hello", "version-first", 1],
    ["serialised twice", JSON.stringify({ type: "offer", sdp: offer }), "serialised-twice", 1],
    ["with LF line ends", withLf, "line-ends", 1],
    ["with a control character", offer.replace("s=-", "s=\u0007"), "control-character", 3],
    ["with a NUL", offer.replace("s=-", "s=a\u0000b"), "control-character", 3],
    ["without media", offer.slice(0, offer.indexOf("m=audio")), "no-media", null],
    [
      "with a second audio section",
      twoAudio,
      "second-audio",
      lineOf(twoAudio, "m=audio") + media.split("\r\n").length - 1,
    ],
    ["with video", video, "video", lineOf(video, "m=video")],
    ["without a fingerprint", offer.replace(fingerprint, ""), "no-fingerprint", lineOf(offer, "m=audio")],
    ["with two fingerprints", secondFingerprint, "several-fingerprints", lineOf(secondFingerprint, "B4:7E")],
    ["passive", offer.replace("setup:active", "setup:passive"), "offer-passive", lineOf(offer, "a=setup")],
    ["without Opus", offer.replace("opus/48000/2", "G722/8000"), "no-opus", lineOf(offer, "m=audio")],
  ];
  test.each(rows)("%s is refused, and the rule and the line are named", async (_title, sdp, rule, line) => {
    const answer = await place(sdp);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: "META_SDP_INVALID", details: { meta: { code: 138008 } } },
    });
    expect(answer.body.details.sdp).toMatchObject({ rule, line });
    expect(answer.behaviour).toMatch(/^META-SDP-\d{3}$/);
  });

  test.each([
    ["lines", "a=x-padding:1\r\n".repeat(5_000)],
    ["characters", `a=x-padding:${"x".repeat(1_000)}\r\n`.repeat(900)],
  ])("META-SDP-051: one of too many %s is refused, without being sent back", async (_what, padding) => {
    const answer = await place(offer + padding);
    expect(answer).toMatchObject({ status: 400, behaviour: "META-SDP-051", body: { code: "META_SDP_INVALID" } });
    expect(answer.body.details.sdp).toMatchObject({ rule: "too-large", line: null });
    expect(JSON.stringify(answer.body).length).toBeLessThan(2_000);
  });

  test("one over 1 MiB never gets as far as Meta", async () => {
    expect(await place(offer + `a=x-padding:${"x".repeat(1_000)}\r\n`.repeat(1_100))).toMatchObject({ status: 413 });
  });

  test.each([
    "PNG\u001a\r\n\u0000\u0000",
    "\uFFFD\uFFFD\uFFFD",
    "\uD800",
    "\u202Ev=0\r\n",
    "v=0\r\n\u0000\u0001\u0002\u007f",
  ])("binary, %j, is refused", async (sdp) => {
    expect(await place(sdp)).toMatchObject({ status: 400, body: { code: "META_SDP_INVALID" } });
  });

  test.each([[5], [true], [[]], [{ type: "offer", sdp: offer }]])("%j, which is no text, is refused", async (sdp) => {
    expect(await place(sdp)).toMatchObject({
      status: 400,
      body: {
        code: "VALIDATION_ERROR",
        details: { issues: [{ path: "sdp", message: expect.stringMatching(/^sdp must be of type string, but was /) }] },
      },
    });
  });
});

test("a legal offer is placed", async () => {
  expect((await place(offer)).status).toBe(201);
});
