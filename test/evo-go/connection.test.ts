import { expect, test } from "vitest";
import { answer, callable, offer, testSandbox } from "../support/sandbox.ts";
import { callNow, person, placeCall, receiveCall } from "./evo-calls.ts";

const audio = { audioUrl: "https://media.example.com/a.wav" };
const call = "/calls/call_01KWDFKD00M3TAN0MBER000001";

test.each([
  ["listing calls", "GET", "/calls", undefined],
  ["reading a call", "GET", call, undefined],
  ["starting a call", "POST", "/calls", { to: person }],
  ["accepting", "POST", `${call}/accept`, undefined],
  ["rejecting", "POST", `${call}/reject`, undefined],
  ["terminating", "POST", `${call}/terminate`, undefined],
  ["playing", "POST", `${call}/play`, audio],
  ["opening a session", "POST", `${call}/realtime-session`, undefined],
  ["a body that is not valid", "POST", "/calls", { to: 1 }],
])("EVO-CONN-001: on a number that is not connected %s is refused with 409", async (_what, method, path, body) => {
  const sandbox = testSandbox();
  const refused = await sandbox.api("evoOffline", method, path, body);
  expect(refused.status).toBe(409);
  expect(refused.body.code).toBe("WHATSAPP_INSTANCE_NOT_CONNECTED");
  expect(refused.behaviour).toBe("EVO-CONN-001");
});

test("EVO-CONN-002: connected means the state OPEN; a number in CLOSE is refused with 409", async () => {
  const sandbox = testSandbox();
  const [number] = (await sandbox.api("evo", "GET", "/numbers")).body;
  const stateNow = async () => (await sandbox.api("evo", "GET", `/numbers/${number.id}/status`)).body.state;
  expect(await stateNow()).toBe("OPEN");
  expect((await sandbox.api("evo", "GET", "/calls")).status).toBe(200);
  await sandbox.control.updateNumber({ id: number.id, connected: false });
  expect(await stateNow()).toBe("CLOSE");
  expect((await sandbox.api("evo", "GET", "/calls")).status).toBe(409);
});

test.each([
  ["GET", "/calls/settings", undefined],
  ["PUT", "/calls/settings", { status: "ENABLED" }],
  ["GET", "/calls/permissions?to=%2B5511988887777", undefined],
  ["POST", "/calls/permissions/request", { to: person }],
  ["POST", `${call}/pre-accept`, { sdp: answer, sdpType: "answer" }],
])("EVO-CONN-003: %s %s is refused with FEATURE_NOT_SUPPORTED, not with 409", async (method, path, body) => {
  const sandbox = testSandbox();
  const refused = await sandbox.api("evoOffline", method, path, body);
  expect(refused.status).toBe(400);
  expect(refused.body.code).toBe("FEATURE_NOT_SUPPORTED");
});

test("EVO-CONN-004: a number that is connected again answers at once, with all its calls", async () => {
  const sandbox = testSandbox();
  const outbound = await placeCall(sandbox);
  const inbound = await receiveCall(sandbox, "+5511977776666");
  await sandbox.control.updateNumber({ id: "551140000002", connected: false });
  expect((await sandbox.api("evo", "GET", `/calls/${outbound.id}`)).status).toBe(409);
  await sandbox.control.updateNumber({ id: "551140000002", connected: true });
  const { status, body } = await sandbox.api("evo", "GET", "/calls");
  expect(status).toBe(200);
  expect(body.calls.map(({ id }: { id: string }) => id)).toEqual([inbound.id, outbound.id]);
  expect((await callNow(sandbox, inbound.id)).status).toBe("RINGING");
});

test("EVO-CONN-005: META numbers know no 409 for the connection", async () => {
  const sandbox = testSandbox();
  const { connected } = await sandbox.control.updateNumber({ id: "551140000001", connected: false });
  expect(connected).toBe(true);
  expect((await sandbox.api("meta", "GET", "/calls")).status).toBe(200);
  const started = await sandbox.api("meta", "POST", "/calls", { to: callable, sdp: offer, sdpType: "offer" });
  expect(started.status).toBe(201);
});
