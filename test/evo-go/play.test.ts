import { expect, test } from "vitest";
import { callable, offer, testSandbox } from "../support/sandbox.ts";
import { callNow, happened, placeCall, receiveCall } from "./evo-calls.ts";

const file = "https://media.example.com/hello.wav";
const other = "https://media.example.com/other.wav";

async function answeredCall() {
  const sandbox = testSandbox();
  const { id } = await placeCall(sandbox);
  await sandbox.advance("PT1S");
  return { sandbox, id, play: (body?: unknown) => sandbox.api("evo", "POST", `/calls/${id}/play`, body) };
}

test("EVO-PLAY-001: on an ACCEPTED call play answers success, the call's id and ACCEPTED", async () => {
  const { id, play } = await answeredCall();
  const played = await play({ audioUrl: file });
  expect(played.status).toBe(200);
  expect(played.body).toEqual({ success: true, id, status: "ACCEPTED" });
});

test.each([
  ["EVO-PLAY-002: audioUrl is the file's address", { audioUrl: file }, file],
  ["EVO-PLAY-003: mediaUrl is the file's address as well", { mediaUrl: file }, file],
  ["EVO-PLAY-004: with both, mediaUrl is played", { audioUrl: other, mediaUrl: file }, file],
])("%s", async (_title, body, url) => {
  const { sandbox, id, play } = await answeredCall();
  expect((await play(body)).status).toBe(200);
  expect(await happened(sandbox, id, "audioRequested")).toEqual([{ url }]);
});

test.each([
  ["EVO-PLAY-005: no body", undefined],
  ["EVO-PLAY-005: an empty body", {}],
  ["EVO-PLAY-005: only a field of another name", { url: file }],
  ["EVO-PLAY-005: an audioUrl that is null", { audioUrl: null }],
  ["EVO-PLAY-006: an address without a scheme", { audioUrl: "media.example.com/hello.wav" }],
  ["EVO-PLAY-006: an address without a host", { audioUrl: "https://" }],
  ["EVO-PLAY-006: an empty address", { mediaUrl: "" }],
  ["EVO-PLAY-006: an address with a blank in the host", { mediaUrl: "https://media example.com/a.wav" }],
  ["EVO-PLAY-007: ftp", { audioUrl: "ftp://media.example.com/hello.wav" }],
  ["EVO-PLAY-007: file", { audioUrl: "file:///etc/passwd" }],
  ["EVO-PLAY-008: base64 as a data address", { audioUrl: "data:audio/wav;base64,UklGRiQAAABXQVZF" }],
  ["EVO-PLAY-008: bare base64", { audioUrl: "UklGRiQAAABXQVZFZm10IBAAAAABAAEA" }],
])("%s is refused with 400 VALIDATION_ERROR", async (_title, body) => {
  const { sandbox, id, play } = await answeredCall();
  const refused = await play(body);
  expect(refused.status).toBe(400);
  expect(refused.body.code).toBe("VALIDATION_ERROR");
  expect(refused.body.details.issues.length).toBeGreaterThan(0);
  expect(await happened(sandbox, id, "audioRequested")).toEqual([]);
});

test("EVO-PLAY-010: a queued play answers with the call's present status", async () => {
  const sandbox = testSandbox();
  const { id } = await placeCall(sandbox);
  const play = () => sandbox.api("evo", "POST", `/calls/${id}/play`, { audioUrl: file });
  expect((await play()).body).toEqual({ success: true, id, status: "INITIATED" });
  await sandbox.advance("PT0.5S");
  expect((await play()).body).toEqual({ success: true, id, status: "RINGING" });
  expect(await happened(sandbox, id, "audioQueued")).toEqual([{ url: file }, { url: file }]);
});

test("EVO-PLAY-011: play on a call that has ended is refused with 400 INVALID_CALL_STATE", async () => {
  const { sandbox, id, play } = await answeredCall();
  await sandbox.api("evo", "POST", `/calls/${id}/terminate`);
  const refused = await play({ audioUrl: file });
  expect(refused.status).toBe(400);
  expect(refused.body).toMatchObject({ code: "INVALID_CALL_STATE", details: { status: "COMPLETED", allowed: [] } });
  expect(refused.behaviour).toBe("EVO-PLAY-011");
});

test.each(["hello.txt", "hello", "hello.mp4?x=.exe", "stream/"])(
  "EVO-PLAY-012: %s is taken: the ending of a name says nothing about a format",
  async (name) => {
    const { play } = await answeredCall();
    expect((await play({ audioUrl: `https://media.example.com/${name}` })).status).toBe(200);
  },
);

test("EVO-PLAY-013: play on a META number is refused with 400 FEATURE_NOT_SUPPORTED", async () => {
  const sandbox = testSandbox();
  const { body } = await sandbox.api("meta", "POST", "/calls", { to: callable, sdp: offer, sdpType: "offer" });
  await sandbox.advance("PT2S");
  const refused = await sandbox.api("meta", "POST", `/calls/${body.id}/play`, { audioUrl: file });
  expect(refused.status).toBe(400);
  expect(refused.body.code).toBe("FEATURE_NOT_SUPPORTED");
});

test("EVO-PLAY-014: play works on inbound calls as on outbound ones", async () => {
  const sandbox = testSandbox();
  const { id } = await receiveCall(sandbox);
  await sandbox.api("evo", "POST", `/calls/${id}/accept`);
  const played = await sandbox.api("evo", "POST", `/calls/${id}/play`, { audioUrl: file });
  expect(played.body).toEqual({ success: true, id, status: "ACCEPTED" });
  expect(await happened(sandbox, id, "audioRequested")).toEqual([{ url: file }]);
  expect((await callNow(sandbox, id)).direction).toBe("INBOUND");
});
