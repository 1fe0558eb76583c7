import { expect, test } from "vitest";
import { answer, callable, offer, testSandbox } from "../support/sandbox.ts";
import { call, flat, type Hooked, hooked, ring, settled, subscribe } from "./hooked.ts";
import { receiver } from "./receiver.ts";

const providers = ["meta", "evo"] as const;

test.each(providers)(
  "HOOK-001, HOOK-003, HOOK-004, HOOK-005: an answered outbound call on %s fires ringing, connected and ended",
  async (key) => {
    const sandbox = await hooked();
    const id = await call(sandbox, key);
    expect(flat(sandbox.hook)).toEqual([]);
    await sandbox.advance("PT0.3S");
    expect(flat(sandbox.hook).map(({ event }) => event)).toEqual(["call.ringing"]);
    await sandbox.advance("PT0.7S");
    expect(flat(sandbox.hook).map(({ event, status }) => [event, status])).toEqual([
      ["call.ringing", "RINGING"],
      ["call.connected", "ACCEPTED"],
    ]);
    await sandbox.advance("PT9S");
    await sandbox.api(key, "POST", `/calls/${id}/terminate`);
    await settled(sandbox);
    expect(flat(sandbox.hook, "call.ended")).toMatchObject([{ status: "COMPLETED", callId: id }]);
  },
);

test.each(providers)(
  "HOOK-001, HOOK-002, HOOK-009, HOOK-010: an inbound call on %s rings at once; missed, it fires call.missed alone",
  async (key) => {
    const sandbox = await hooked();
    const { id } = await ring(sandbox, key);
    await settled(sandbox);
    expect(flat(sandbox.hook, "call.ringing")).toMatchObject([{ id, direction: "INBOUND", status: "RINGING" }]);
    await sandbox.advance("PT60S");
    expect(flat(sandbox.hook, "call.missed")).toMatchObject([
      { id, status: "MISSED", connectedAt: null, endedAt: "2026-01-01T00:01:00.000Z" },
    ]);
    expect(flat(sandbox.hook, "call.ended")).toEqual([]);
  },
);

test.each(providers)(
  "HOOK-006, HOOK-007, HOOK-012: call.ended on %s has both durations, equal, and the caller's own data",
  async (key) => {
    const sandbox = await hooked();
    const id = await call(sandbox, key, callable, "order-42");
    await sandbox.advance("PT10.9S");
    await sandbox.api(key, "POST", `/calls/${id}/terminate`);
    await settled(sandbox);
    expect(flat(sandbox.hook, "call.ended")).toMatchObject([
      { duration: 9, durationSeconds: 9, bizOpaqueCallbackData: "order-42", connectedAt: "2026-01-01T00:00:01.000Z" },
    ]);
  },
);

test("HOOK-008, HOOK-011: an outbound call that nobody answers fires call.ended without a duration, never call.missed", async () => {
  const sandbox = await hooked();
  await call(sandbox, "evo", "+5511900000003");
  await sandbox.advance("PT60S");
  const [ended] = flat(sandbox.hook, "call.ended");
  expect(ended).toMatchObject({ status: "COMPLETED", connectedAt: null, endedAt: "2026-01-01T00:01:00.000Z" });
  expect(Object.keys(ended)).not.toContain("duration");
  expect(Object.keys(ended)).not.toContain("durationSeconds");
  expect(flat(sandbox.hook, "call.missed")).toEqual([]);
});

test.each([
  ["evo", "+5511900000002", { status: "REJECTED", errorCode: null }],
  ["evo", "+5511900000004", { status: "FAILED", errorCode: "UNREACHABLE" }],
] as const)("HOOK-005: on %s, %s ends as %o", async (key, to, expected) => {
  const sandbox = await hooked();
  await call(sandbox, key, to);
  await sandbox.advance("PT2S");
  expect(flat(sandbox.hook).at(-1)).toMatchObject({ event: "call.ended", ...expected });
});

test("HOOK-005: a META call that fails carries Meta's code and its sentence", async () => {
  const sandbox = await hooked();
  await sandbox.control.putContact({ phone: "+5511900138019", permission: "permanent" });
  await call(sandbox, "meta", "+5511900138019");
  await sandbox.advance("PT2S");
  expect(flat(sandbox.hook, "call.ended")).toMatchObject([
    { status: "FAILED", errorCode: "138019", errorMessage: expect.stringContaining("client") },
  ]);
});

test("HOOK-013, HOOK-014, HOOK-015, HOOK-016, HOOK-017: a call event is flat, has the superset of fields and no SDP", async () => {
  const sandbox = await hooked();
  const id = await call(sandbox, "meta");
  await sandbox.advance("PT1S");
  const { body: read } = await sandbox.api("meta", "GET", `/calls/${id}`);
  const { body: numbers } = await sandbox.api("meta", "GET", "/numbers");
  expect(flat(sandbox.hook, "call.connected")).toEqual([
    {
      event: "call.connected",
      id,
      callId: id,
      externalCallId: read.externalCallId,
      numberId: numbers[0].id,
      conversationId: read.conversationId,
      direction: "OUTBOUND",
      status: "ACCEPTED",
      peerNumber: "5511999999999",
      fromNumber: "551140000001",
      bizOpaqueCallbackData: null,
      startedAt: "2026-01-01T00:00:00.000Z",
      connectedAt: "2026-01-01T00:00:01.000Z",
      endedAt: null,
      errorCode: null,
      errorMessage: null,
      createdAt: "2026-01-01T00:00:01.000Z",
    },
  ]);
});

test("HOOK-031: events of one instant leave in the order of the transitions, each with the call as it was then", async () => {
  const sandbox = await hooked({ mode: "manual" });
  const callId = await call(sandbox, "evo");
  await sandbox.control.actAsPerson({ callId, action: "answer" });
  await sandbox.control.actAsPerson({ callId, action: "hang-up" });
  await settled(sandbox);
  expect(flat(sandbox.hook).map(({ event, status, connectedAt }) => [event, status, connectedAt])).toEqual([
    ["call.ringing", "RINGING", null],
    ["call.connected", "ACCEPTED", "2026-01-01T00:00:00.000Z"],
    ["call.ended", "COMPLETED", "2026-01-01T00:00:00.000Z"],
  ]);
});

test("HOOK-032: an event reaches its receiver although the answer that caused it was never read", async () => {
  const sandbox = await hooked({ mode: "manual" });
  const callId = await call(sandbox, "evo");
  const answerOf = sandbox.app.request(`/v1/calls/${callId}/terminate`, {
    method: "POST",
    headers: { "x-api-key": "ps_sandbox_evo" },
  });
  await arrived(sandbox, 1);
  expect(flat(sandbox.hook, "call.ended")).toHaveLength(1);
  expect((await answerOf).bodyUsed).toBe(false);
});

test("HOOK-033: by the time an inbound META call rings, its offer can be read", async () => {
  const seen: string[] = [];
  const sandbox = testSandbox();
  const hook = await receiver(({ body }, response) => {
    void sandbox.api("meta", "GET", `/calls/${body.callId}?includeSdp=1`).then(({ body: read }) => {
      seen.push(read.sdpOffer);
      response.writeHead(200).end();
    });
    return undefined;
  });
  await subscribe(sandbox, "meta", hook.url, ["call.ringing"]);
  await ring(sandbox, "meta");
  await settled(sandbox);
  expect(seen).toEqual([expect.stringMatching(/^v=0\r\n/)]);
});

test("HOOK-033: an offer that the person's call brings along rings at once too", async () => {
  const sandbox = await hooked();
  await ring(sandbox, "meta", { sdp: offer });
  await settled(sandbox);
  const aboutTheCall = sandbox.hook.names().filter((name) => name !== "call.permission_updated");
  expect(aboutTheCall).toEqual(["calls", "call.ringing"]);
});

test("HOOK-004, HOOK-005: an inbound call that the business accepts and ends fires connected and ended", async () => {
  const sandbox = await hooked();
  const { id } = await ring(sandbox, "meta");
  await sandbox.api("meta", "POST", `/calls/${id}/accept`, { sdp: answer });
  await sandbox.advance("PT5S");
  await sandbox.api("meta", "POST", `/calls/${id}/terminate`);
  await settled(sandbox);
  expect(flat(sandbox.hook, "call.connected")).toMatchObject([{ id, direction: "INBOUND" }]);
  expect(flat(sandbox.hook, "call.ended")).toMatchObject([{ id, status: "COMPLETED", duration: 5 }]);
});

/** Waits until so many requests have come, without asking the sandbox anything. */
async function arrived({ hook }: Hooked, count: number): Promise<void> {
  while (hook.received.length < count) await new Promise((resolve) => setImmediate(resolve));
}
