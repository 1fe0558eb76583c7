import { describe, expect, test } from "vitest";
import { goodOffer, sdpOf, swap } from "../domain/sdp/fixtures.ts";
import { answer, type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { act, call, read, ring, timeline } from "./support.ts";

const accept = (sandbox: TestSandbox, id: string, body: unknown = { sdp: answer }) =>
  sandbox.api("meta", "POST", `/calls/${id}/accept`, body);
const preAccept = (sandbox: TestSandbox, id: string, body: unknown = { sdp: answer }) =>
  sandbox.api("meta", "POST", `/calls/${id}/pre-accept`, body);

/** A sandbox in which somebody is calling. */
async function ringing() {
  const sandbox = testSandbox();
  const { id, sdpOffer } = await ring(sandbox);
  return { sandbox, id, sdpOffer };
}

describe("the offer of an inbound call", () => {
  test("META-ACCEPT-021: it is there while the call rings, and stays the same", async () => {
    const { sandbox, id, sdpOffer } = await ringing();
    expect(sdpOffer).toMatch(/^v=0\r\n(?:.+\r\n)+a=setup:actpass\r\n/);
    expect(await read(sandbox, id)).toMatchObject({ status: "RINGING", sdpOffer, sdpAnswer: null });
    await accept(sandbox, id);
    expect(await read(sandbox, id)).toMatchObject({ sdpOffer, sdpAnswer: answer });
  });
});

describe("accept", () => {
  test("META-ACCEPT-004, META-ACCEPT-005: it connects the call at that instant, without a pre-accept", async () => {
    const { sandbox, id } = await ringing();
    await sandbox.advance("PT7S");
    expect(await accept(sandbox, id)).toMatchObject({ status: 200, body: { success: true, id, status: "ACCEPTED" } });
    expect(await read(sandbox, id)).toMatchObject({
      status: "ACCEPTED",
      startedAt: "2026-01-01T00:00:00.000Z",
      connectedAt: "2026-01-01T00:00:07.000Z",
    });
  });

  test.each([undefined, {}, { sdpType: "answer" }])("META-ACCEPT-001: the body %j has no sdp", async (body) => {
    const { sandbox, id } = await ringing();
    const refused = await sandbox.api("meta", "POST", `/calls/${id}/accept`, body);
    expect(refused).toMatchObject({
      status: 400,
      behaviour: "META-ACCEPT-001",
      body: { code: "VALIDATION_ERROR", details: { issues: [{ path: "sdp", message: expect.any(String) }] } },
    });
    expect((await read(sandbox, id)).status).toBe("RINGING");
  });

  test.each([{ sdp: answer }, { sdp: answer, sdpType: "answer" }])(
    "META-ACCEPT-002: sdpType is answer or left out",
    async (body) => {
      const { sandbox, id } = await ringing();
      expect((await accept(sandbox, id, body)).status).toBe(200);
    },
  );

  test.each(["offer", "pranswer", "Answer", "", 0, null])("META-ACCEPT-003: sdpType %j is refused", async (sdpType) => {
    const { sandbox, id } = await ringing();
    const refused = await accept(sandbox, id, { sdp: answer, sdpType });
    expect(refused).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" } });
    expect(refused.body.details.issues).toContainEqual(expect.objectContaining({ path: "sdpType" }));
    expect((await read(sandbox, id)).status).toBe("RINGING");
  });
});

describe("pre-accept", () => {
  test("META-ACCEPT-006, META-ACCEPT-007: it answers RINGING, and the call goes on ringing", async () => {
    const { sandbox, id } = await ringing();
    expect(await preAccept(sandbox, id)).toMatchObject({ status: 200, body: { success: true, id, status: "RINGING" } });
    expect(await read(sandbox, id)).toMatchObject({ status: "RINGING", connectedAt: null, sdpAnswer: answer });
    expect(await timeline(sandbox, id)).toContain("media preAccepted");
  });

  test("META-ACCEPT-008: without sdp it is refused", async () => {
    const { sandbox, id } = await ringing();
    const refused = await preAccept(sandbox, id, {});
    expect(refused).toMatchObject({ status: 400, behaviour: "META-ACCEPT-008", body: { code: "VALIDATION_ERROR" } });
    expect((await sandbox.api("meta", "POST", `/calls/${id}/pre-accept`)).body.code).toBe("VALIDATION_ERROR");
  });

  test.each(["offer", "pranswer", "", 0, null])("META-ACCEPT-009: sdpType %j is refused", async (sdpType) => {
    const { sandbox, id } = await ringing();
    const refused = await preAccept(sandbox, id, { sdp: answer, sdpType });
    expect(refused).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" } });
    expect(refused.body.details.issues).toContainEqual(expect.objectContaining({ path: "sdpType" }));
  });

  test("META-ACCEPT-011, META-ACCEPT-012: the same SDP can be sent again, and then accepted", async () => {
    const { sandbox, id } = await ringing();
    await preAccept(sandbox, id);
    expect(await preAccept(sandbox, id)).toMatchObject({ status: 200, body: { status: "RINGING" } });
    await sandbox.advance("PT2S");
    expect(await accept(sandbox, id)).toMatchObject({ status: 200, body: { status: "ACCEPTED" } });
    expect((await read(sandbox, id)).connectedAt).toBe("2026-01-01T00:00:02.000Z");
  });

  test.each([
    ["META-ACCEPT-010", "an accept", accept],
    ["META-ACCEPT-013", "a second pre-accept", preAccept],
  ] as const)(
    "%s: %s with another SDP is refused with 100, and the call goes on ringing",
    async (entry, _what, send) => {
      const { sandbox, id } = await ringing();
      await preAccept(sandbox, id);
      const refused = await send(sandbox, id, { sdp: answer.replace("network-cost 10", "network-cost 50") });
      expect(refused).toMatchObject({
        status: 400,
        behaviour: entry,
        body: { code: "META_INVALID_PARAMETER", details: { meta: { code: 100 } } },
      });
      expect(await read(sandbox, id)).toMatchObject({ status: "RINGING", sdpAnswer: answer });
      expect((await accept(sandbox, id)).status).toBe(200);
    },
  );

  test("META-ACCEPT-014: on a call that was answered it is refused", async () => {
    const { sandbox, id } = await ringing();
    await accept(sandbox, id);
    expect(await preAccept(sandbox, id)).toMatchObject({
      status: 400,
      behaviour: "META-ACCEPT-014",
      body: { code: "INVALID_CALL_STATE", details: { status: "ACCEPTED", allowed: ["terminate"] } },
    });
  });

  test.each(["accept", "reject", "terminate"] as const)(
    "META-ACCEPT-015: on a call that ended with %s it is refused",
    async (action) => {
      const { sandbox, id } = await ringing();
      await sandbox.api("meta", "POST", `/calls/${id}/${action}`, action === "accept" ? { sdp: answer } : undefined);
      if (action === "accept") await act(sandbox, id, "hang-up");
      const { status } = await read(sandbox, id);
      expect(await preAccept(sandbox, id)).toMatchObject({
        status: 400,
        behaviour: "META-ACCEPT-015",
        body: { code: "INVALID_CALL_STATE", details: { status, allowed: [] } },
      });
    },
  );

  test("META-ACCEPT-016: on an outbound call it is refused", async () => {
    const sandbox = testSandbox();
    const { body } = await call(sandbox);
    expect(await preAccept(sandbox, body.id)).toMatchObject({
      status: 400,
      behaviour: "META-ACCEPT-016",
      body: { code: "INVALID_CALL_STATE", details: { status: "INITIATED", allowed: ["terminate"] } },
    });
  });

  test("META-ACCEPT-018: a call that was only pre-accepted can be terminated", async () => {
    const { sandbox, id } = await ringing();
    await preAccept(sandbox, id);
    expect(await sandbox.api("meta", "POST", `/calls/${id}/terminate`)).toMatchObject({
      status: 200,
      body: { status: "COMPLETED" },
    });
    expect(await read(sandbox, id)).toMatchObject({ status: "COMPLETED", connectedAt: null, durationSeconds: null });
  });

  test("META-ACCEPT-019: a call that was only pre-accepted is missed at the ring timeout", async () => {
    const { sandbox, id } = await ringing();
    await preAccept(sandbox, id);
    await sandbox.advance("PT59.999S");
    expect((await read(sandbox, id)).status).toBe("RINGING");
    await sandbox.advance("PT0.001S");
    expect(await read(sandbox, id)).toMatchObject({
      status: "MISSED",
      connectedAt: null,
      endedAt: "2026-01-01T00:01:00.000Z",
    });
  });
});

describe("the SDP of an answer", () => {
  const bad = [
    ["META-SDP-006", "nothing", ""],
    ["META-SDP-016", "setup:passive", sdpOf(swap("a=setup", "a=setup:passive")(goodOffer))],
    ["META-SDP-017", "setup:actpass", sdpOf(swap("a=setup", "a=setup:actpass")(goodOffer))],
    ["META-SDP-060", "no setup", sdpOf(swap("a=setup")(goodOffer))],
  ] as const;

  test.each(bad)("META-ACCEPT-017, %s: with %s neither accept nor pre-accept succeeds", async (entry, _what, sdp) => {
    const { sandbox, id } = await ringing();
    for (const send of [accept, preAccept]) {
      expect(await send(sandbox, id, { sdp })).toMatchObject({
        status: 400,
        behaviour: entry,
        body: { code: "META_SDP_INVALID", details: { meta: { code: 138008 } } },
      });
    }
    expect(await read(sandbox, id)).toMatchObject({ status: "RINGING", sdpAnswer: null });
    expect((await accept(sandbox, id)).status).toBe(200);
  });

  test.each([undefined, "", "{}", "[]", { sdp: answer }])(
    "META-ACCEPT-020: reject takes no SDP, whatever the body (%j)",
    async (body) => {
      const { sandbox, id } = await ringing();
      expect(await sandbox.api("meta", "POST", `/calls/${id}/reject`, body)).toMatchObject({
        status: 200,
        body: { success: true, id, status: "REJECTED" },
      });
      expect((await read(sandbox, id)).sdpAnswer).toBeNull();
    },
  );
});
