import { expect, test } from "vitest";
import { callable, offer, testSandbox } from "../support/sandbox.ts";
import { callNow, person, placeCall } from "./evo-calls.ts";

test("EVO-START-001: a call starts without sdp and sdpType", async () => {
  const sandbox = testSandbox();
  const { status, body } = await sandbox.api("evo", "POST", "/calls", { to: person });
  expect(status).toBe(201);
  expect(body.status).toBe("INITIATED");
  expect(await callNow(sandbox, body.id)).toMatchObject({ direction: "OUTBOUND", peerNumber: "5511988887777" });
});

test.each([
  ["a good SDP", { sdp: offer, sdpType: "offer" }],
  ["text that is no SDP", { sdp: "not an SDP", sdpType: "offer" }],
  ["an sdpType alone", { sdpType: "offer" }],
  ["an sdp of null, as a client of both providers may send it", { sdp: null, sdpType: null }],
  ["an sdp of another type with the type of an answer", { sdp: { not: "a text" }, sdpType: "answer" }],
])("EVO-START-002: %s is ignored and not kept", async (_what, media) => {
  const sandbox = testSandbox();
  const { status, body } = await sandbox.api("evo", "POST", "/calls", { to: person, ...media });
  expect(status).toBe(201);
  await sandbox.advance("PT2S");
  expect(await callNow(sandbox, body.id, true)).toMatchObject({
    status: "ACCEPTED",
    sdpOffer: null,
    sdpAnswer: null,
  });
});

test("EVO-START-003: externalCallId is 32 upper-case hex characters, another one for every call", async () => {
  const sandbox = testSandbox();
  const first = await placeCall(sandbox);
  const second = await placeCall(sandbox, callable);
  for (const { externalCallId } of [first, second]) expect(externalCallId).toMatch(/^[0-9A-F]{32}$/);
  expect(first.externalCallId).not.toBe(second.externalCallId);
});

test("EVO-START-004: every path accepts the Evolution GO call id", async () => {
  const sandbox = testSandbox();
  const { id, externalCallId } = await placeCall(sandbox);
  const ok = { success: true, id };
  const on = (external: string, action: string, body?: unknown) =>
    sandbox.api("evo", "POST", `/calls/${external}/${action}`, body);
  expect((await sandbox.api("evo", "GET", `/calls/${externalCallId}`)).body.id).toBe(id);
  expect((await on(externalCallId, "play", { audioUrl: "https://media.example.com/a.wav" })).body).toMatchObject(ok);
  expect((await on(externalCallId, "realtime-session")).body.wsUrl).toContain(externalCallId);
  expect((await on(externalCallId, "terminate")).body).toMatchObject(ok);
  const accepted = await sandbox.control.createInboundCall({ to: "551140000002", from: person });
  expect((await on(accepted.externalCallId, "accept")).body).toMatchObject({ success: true, id: accepted.id });
  const rejected = await sandbox.control.createInboundCall({ to: "551140000002", from: "5511977776666" });
  expect((await on(rejected.externalCallId, "reject")).body).toMatchObject({ success: true, id: rejected.id });
});

test("EVO-START-005: a person who allowed nothing and was asked nothing can be called", async () => {
  const sandbox = testSandbox();
  await sandbox.control.putContact({ phone: person, permission: "none", serviceWindow: "closed" });
  const { id } = await placeCall(sandbox);
  await sandbox.advance("PT2S");
  expect((await callNow(sandbox, id)).status).toBe("ACCEPTED");
});

test("EVO-START-006: a second call to the same person is placed beside the first", async () => {
  const sandbox = testSandbox();
  const first = await placeCall(sandbox);
  const second = await placeCall(sandbox);
  await sandbox.advance("PT2S");
  expect(await callNow(sandbox, first.id)).toMatchObject({ status: "ACCEPTED", peerNumber: "5511988887777" });
  expect(await callNow(sandbox, second.id)).toMatchObject({ status: "ACCEPTED", peerNumber: "5511988887777" });
});

test("EVO-START-006: limits that refuse a META call don't hold on EVO_GO", async () => {
  const sandbox = testSandbox();
  const limits = { concurrentCalls: 0, newCallsPer24h: 0 };
  for (const id of ["551140000001", "551140000002"]) await sandbox.control.updateNumber({ id, limits });
  const meta = await sandbox.api("meta", "POST", "/calls", { to: callable, sdp: offer, sdpType: "offer" });
  expect(meta.status).toBe(429);
  await placeCall(sandbox, callable);
  await placeCall(sandbox, callable);
});

test("EVO-START-006: unanswered calls take nothing away", async () => {
  const sandbox = testSandbox();
  for (let count = 0; count < 5; count++) {
    await placeCall(sandbox, "+5511900000003");
    await sandbox.advance("PT1M");
  }
  const { body } = await sandbox.api("evo", "GET", "/calls");
  expect(body.calls.map((call: { status: string }) => call.status)).toEqual(Array(5).fill("COMPLETED"));
});

test("EVO-START-007: a phone that can't be reached: 201, then FAILED with UNREACHABLE", async () => {
  const sandbox = testSandbox();
  await sandbox.control.putContact({ phone: person, reachable: false });
  const { id } = await placeCall(sandbox);
  expect((await callNow(sandbox, id)).status).toBe("INITIATED");
  await sandbox.advance("PT2S");
  expect(await callNow(sandbox, id)).toMatchObject({
    status: "FAILED",
    errorCode: "UNREACHABLE",
    errorMessage: "The person's phone could not be reached.",
    connectedAt: null,
    durationSeconds: null,
  });
});

test.each(["+5511900138006", "+5511900131044", "+5511900138019", "+5511900138021"])(
  "EVO-START-008: %s is an ordinary number",
  async (to) => {
    const sandbox = testSandbox();
    const { id } = await placeCall(sandbox, to);
    await sandbox.advance("PT1H");
    expect(await callNow(sandbox, id)).toMatchObject({ status: "ACCEPTED", errorCode: null });
  },
);
