import { expect, test } from "vitest";
import { callable, offer, testSandbox } from "../support/sandbox.ts";
import { callNow, happened, placeCall, receiveCall } from "./evo-calls.ts";

async function answeredCall(options: Parameters<typeof testSandbox>[0] = {}) {
  const sandbox = testSandbox(options);
  const call = await placeCall(sandbox);
  await sandbox.advance("PT1S");
  const session = (body?: unknown) => sandbox.api("evo", "POST", `/calls/${call.id}/realtime-session`, body);
  return { sandbox, session, ...call };
}

test("EVO-RT-001, EVO-RT-002: a session has a wsUrl, its token once more, and 120 seconds", async () => {
  const { session } = await answeredCall();
  const { status, body } = await session({ mode: "talk" });
  expect(status).toBe(200);
  expect(body).toEqual({ wsUrl: expect.any(String), token: expect.any(String), expiresInSeconds: 120 });
  expect(new URL(body.wsUrl).searchParams.get("token")).toBe(body.token);
});

test.each([
  ["no body", undefined],
  ["an empty body", {}],
  ["only a field of another name", { volume: 3 }],
])("EVO-RT-004: %s means talk", async (_what, body) => {
  const { sandbox, session, id } = await answeredCall();
  expect((await session(body)).status).toBe(200);
  expect(await happened(sandbox, id, "realtimeSessionCreated")).toMatchObject([{ mode: "talk" }]);
});

test("listen is kept as listen, and the token ends two minutes later", async () => {
  const { sandbox, session, id } = await answeredCall();
  expect((await session({ mode: "listen" })).status).toBe(200);
  expect(await happened(sandbox, id, "realtimeSessionCreated")).toEqual([
    { mode: "listen", expiresAt: "2026-01-01T00:02:01.000Z" },
  ]);
});

test.each([["LISTEN"], ["both"], [""], [null], [1], [["talk"]]])(
  "EVO-RT-005: the mode %j is refused with 400 VALIDATION_ERROR",
  async (mode) => {
    const { session } = await answeredCall();
    const refused = await session({ mode });
    expect(refused.status).toBe(400);
    expect(refused.body.code).toBe("VALIDATION_ERROR");
    expect(refused.body.details.issues).toContainEqual({
      path: "mode",
      message: expect.stringMatching(/^mode must be one of talk, listen, but was /),
    });
  },
);

test("EVO-RT-006, EVO-RT-007: wsUrl is the long form on the media host", async () => {
  const { session, externalCallId } = await answeredCall({ mediaUrl: "wss://media.example.com:8443" });
  const { body } = await session();
  expect(body.wsUrl).toBe(
    `wss://media.example.com:8443/call/media/realtime/ws/sandbox-sandbox-evo/${externalCallId}?token=${body.token}`,
  );
});

test("EVO-RT-007: the media host may be told later, and is never an address under /v1", async () => {
  const { sandbox, session } = await answeredCall();
  sandbox.setMediaUrl("ws://127.0.0.1:51234");
  const { body } = await session();
  expect(new URL(body.wsUrl).host).toBe("127.0.0.1:51234");
  expect(new URL(body.wsUrl).pathname).toMatch(/^\/call\/media\/realtime\/ws\//);
});

test("EVO-RT-008: every session has a fresh token of 32 bytes in hex", async () => {
  const { session } = await answeredCall();
  const tokens = [];
  for (let count = 0; count < 10; count++) tokens.push((await session()).body.token);
  for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(tokens).size).toBe(10);
});

test("EVO-RT-009: a call that is not answered yet has sessions too, in both directions", async () => {
  const sandbox = testSandbox();
  for (const { id } of [await placeCall(sandbox), await receiveCall(sandbox)]) {
    const { status, body } = await sandbox.api("evo", "POST", `/calls/${id}/realtime-session`);
    expect(status).toBe(200);
    expect(body.expiresInSeconds).toBe(120);
  }
});

test("EVO-RT-010: a call that has ended has none: 400 INVALID_CALL_STATE", async () => {
  const { sandbox, session, id } = await answeredCall();
  await sandbox.api("evo", "POST", `/calls/${id}/terminate`);
  const refused = await session();
  expect(refused.status).toBe(400);
  expect(refused.body).toMatchObject({ code: "INVALID_CALL_STATE", details: { status: "COMPLETED", allowed: [] } });
  expect(refused.behaviour).toBe("EVO-RT-010");
});

test("EVO-RT-011: a META number has none: 400 FEATURE_NOT_SUPPORTED", async () => {
  const sandbox = testSandbox();
  const { body } = await sandbox.api("meta", "POST", "/calls", { to: callable, sdp: offer, sdpType: "offer" });
  const refused = await sandbox.api("meta", "POST", `/calls/${body.id}/realtime-session`);
  expect(refused.status).toBe(400);
  expect(refused.body.code).toBe("FEATURE_NOT_SUPPORTED");
});

test("EVO-RT-012: a session that nobody opens changes nothing about the call", async () => {
  const { sandbox, session, id } = await answeredCall();
  const before = await callNow(sandbox, id);
  await sandbox.advance("PT5S");
  await session();
  expect(await callNow(sandbox, id)).toEqual(before);
  await sandbox.advance("PT10M");
  expect(await callNow(sandbox, id)).toEqual(before);
});
