import { expect, test } from "vitest";
import { type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { ask, dial, evoNumber, metaNumber, outcome, person } from "./requests.ts";

const callIn = (sandbox: TestSandbox, to: string, more: object = {}) =>
  ask(sandbox, "POST", "/inbound-calls", { to, from: person, ...more });

test("CTRL-017: an inbound META call answers the call's object, with its offer", async () => {
  const sandbox = testSandbox();
  const { status, body } = await callIn(sandbox, metaNumber);
  expect(status).toBe(201);
  expect(body).toMatchObject({
    id: expect.stringMatching(/^call_/),
    externalCallId: expect.stringMatching(/^wacid\./),
    direction: "INBOUND",
    status: "RINGING",
    peerNumber: "5511988887777",
    fromNumber: "5511988887777",
    sdpOffer: expect.stringMatching(/^v=0\r\n[\s\S]*m=audio /),
    sdpAnswer: null,
  });
  expect((await sandbox.api("meta", "GET", `/calls/${body.id}?includeSdp=1`)).body).toEqual(body);
});

test("CTRL-017: an SDP of one's own is the offer", async () => {
  const sandbox = testSandbox();
  const sdp = "v=0\r\nan offer that a test wants to see come out again";
  const { body } = await callIn(sandbox, metaNumber, { sdp });
  expect((await sandbox.api("meta", "GET", `/calls/${body.id}?includeSdp=1`)).body.sdpOffer).toBe(sdp);
});

test("CTRL-017: an inbound EVO_GO call has no SDP, and may be addressed by the number's id", async () => {
  const sandbox = testSandbox();
  const { status, body } = await callIn(sandbox, "+55 (11) 4000-0002", { script: "silent", sdp: "v=0" });
  expect(status).toBe(201);
  expect(body).toMatchObject({ externalCallId: expect.stringMatching(/^[0-9A-F]{32}$/), sdpOffer: null });
});

async function refused(sandbox: TestSandbox, to: string, behaviour: string, reason: string) {
  const answer = await callIn(sandbox, to);
  expect(outcome(answer)).toBe("409 INBOUND_CALL_NOT_POSSIBLE");
  expect(answer.behaviour).toBe(behaviour);
  expect(answer.body.details.reason).toContain(reason);
}

test("CTRL-018: a number of a third provider can't be called", async () => {
  await refused(testSandbox(), "551140000004", "CTRL-018", "no calling");
});

test("CTRL-019: an EVO_GO number that is not connected can't be called, until it is", async () => {
  const sandbox = testSandbox();
  await refused(sandbox, "551140000003", "CTRL-019", "not connected");
  await sandbox.control.updateNumber({ id: "551140000003", connected: true });
  expect((await callIn(sandbox, "551140000003")).status).toBe(201);
});

test("CTRL-020: a META number whose calling is not ENABLED can't be called", async () => {
  const sandbox = testSandbox();
  await refused(sandbox, "551140000005", "CTRL-020", "NOT_SET");
  await sandbox.api("meta", "PUT", "/calls/settings", { status: "DISABLED" });
  await refused(sandbox, metaNumber, "CTRL-020", "DISABLED");
});

test("CTRL-021: outside the number's call_hours it can't be called, within them it can", async () => {
  const sandbox = testSandbox();
  const hours = {
    status: "ENABLED",
    timezone_id: "America/Sao_Paulo",
    weekly_operating_hours: [{ day_of_week: "THURSDAY", open_time: "0900", close_time: "1700" }],
  };
  const { status } = await sandbox.api("meta", "PUT", "/calls/settings", { call_hours: hours });
  expect(status).toBe(200);
  await refused(sandbox, metaNumber, "CTRL-021", "call_hours");
  await sandbox.advance("PT12H");
  expect((await callIn(sandbox, metaNumber)).status).toBe(201);
});

test("CTRL-022: beyond the limit of live calls a META number can't be called", async () => {
  const sandbox = testSandbox();
  await sandbox.control.updateNumber({ id: metaNumber, limits: { concurrentCalls: 1 } });
  const callId = await dial(sandbox, "meta", "+5511977776666");
  await refused(sandbox, metaNumber, "CTRL-022", "1 calls at once");
  await sandbox.api("meta", "POST", `/calls/${callId}/terminate`);
  expect((await callIn(sandbox, metaNumber)).status).toBe(201);
});

test.each(["outbound", "inbound"])(
  "CTRL-023: a person in an %s call with the number can't call it again",
  async (way) => {
    const sandbox = testSandbox();
    if (way === "outbound") await dial(sandbox, "meta");
    else await callIn(sandbox, metaNumber);
    await refused(sandbox, metaNumber, "CTRL-023", "already running");
    expect((await callIn(sandbox, evoNumber)).status).toBe(201);
  },
);

test("a refused inbound call leaves nothing behind", async () => {
  const sandbox = testSandbox();
  const before = sandbox.world.state.pairs.size;
  await callIn(sandbox, "551140000003");
  expect(sandbox.world.state.pairs.size).toBe(before);
  expect(sandbox.world.state.calls.size).toBe(0);
  expect(sandbox.clock.waiting).toBe(0);
});
