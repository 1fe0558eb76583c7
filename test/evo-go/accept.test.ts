import { expect, test } from "vitest";
import { answer, testSandbox } from "../support/sandbox.ts";
import { callNow, placeCall, receiveCall } from "./evo-calls.ts";

test("EVO-ACCEPT-001: accepting takes no body and connects the call", async () => {
  const sandbox = testSandbox();
  const { id } = await receiveCall(sandbox);
  await sandbox.advance("PT3S");
  const accepted = await sandbox.api("evo", "POST", `/calls/${id}/accept`);
  expect(accepted.status).toBe(200);
  expect(accepted.body).toEqual({ success: true, id, status: "ACCEPTED" });
  expect(await callNow(sandbox, id)).toMatchObject({
    direction: "INBOUND",
    status: "ACCEPTED",
    connectedAt: "2026-01-01T00:00:03.000Z",
  });
});

test.each([
  ["an SDP answer", { sdp: answer, sdpType: "answer" }],
  ["text that is no SDP", { sdp: "nothing of the kind", sdpType: "answer" }],
  ["an sdp of null", { sdp: null }],
  ["a number with the type of an offer", { sdp: 5, sdpType: "offer" }],
])("EVO-ACCEPT-002: %s sent to accept is ignored and not kept", async (_what, body) => {
  const sandbox = testSandbox();
  const { id } = await receiveCall(sandbox);
  expect((await sandbox.api("evo", "POST", `/calls/${id}/accept`, body)).status).toBe(200);
  expect(await callNow(sandbox, id, true)).toMatchObject({ status: "ACCEPTED", sdpOffer: null, sdpAnswer: null });
});

test("EVO-ACCEPT-003: pre-accept is refused with 400 FEATURE_NOT_SUPPORTED", async () => {
  const sandbox = testSandbox();
  const { id } = await receiveCall(sandbox);
  const refused = await sandbox.api("evo", "POST", `/calls/${id}/pre-accept`, { sdp: answer, sdpType: "answer" });
  expect(refused.status).toBe(400);
  expect(refused.body.code).toBe("FEATURE_NOT_SUPPORTED");
  expect((await callNow(sandbox, id)).status).toBe("RINGING");
});

test("EVO-ACCEPT-004: rejecting takes no body and ends the call REJECTED", async () => {
  const sandbox = testSandbox();
  const { id } = await receiveCall(sandbox);
  const rejected = await sandbox.api("evo", "POST", `/calls/${id}/reject`);
  expect(rejected.status).toBe(200);
  expect(rejected.body).toEqual({ success: true, id, status: "REJECTED" });
  expect(await callNow(sandbox, id)).toMatchObject({
    status: "REJECTED",
    connectedAt: null,
    endedAt: "2026-01-01T00:00:00.000Z",
    durationSeconds: null,
  });
});

test("EVO-ACCEPT-005: terminating takes no body and ends an answered call COMPLETED", async () => {
  const sandbox = testSandbox();
  const { id } = await placeCall(sandbox);
  await sandbox.advance("PT11S");
  const ended = await sandbox.api("evo", "POST", `/calls/${id}/terminate`);
  expect(ended.status).toBe(200);
  expect(ended.body).toEqual({ success: true, id, status: "COMPLETED" });
  expect(await callNow(sandbox, id)).toMatchObject({ status: "COMPLETED", durationSeconds: 10 });
});

test("EVO-ACCEPT-005: terminating before the answer ends the call COMPLETED without a duration", async () => {
  const sandbox = testSandbox();
  for (const { id } of [await placeCall(sandbox), await receiveCall(sandbox)]) {
    expect((await sandbox.api("evo", "POST", `/calls/${id}/terminate`)).status).toBe(200);
    expect(await callNow(sandbox, id)).toMatchObject({ status: "COMPLETED", durationSeconds: null });
  }
});

test.each(["accept", "reject", "terminate"])(
  "the empty bodies that clients send by habit are fine for %s",
  async (action) => {
    for (const body of [{}, "[]"]) {
      const sandbox = testSandbox();
      const { id } = await receiveCall(sandbox);
      expect((await sandbox.api("evo", "POST", `/calls/${id}/${action}`, body)).status).toBe(200);
    }
  },
);
