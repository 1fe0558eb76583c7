import { describe, expect, test } from "vitest";
import { callable, offer, testSandbox } from "../support/sandbox.ts";
import { call, calls, probe, read, timeline } from "./support.ts";

describe("the body of a start", () => {
  test("META-START-001: without sdp it is refused, and says so", async () => {
    const sandbox = testSandbox();
    const refused = await sandbox.api("meta", "POST", "/calls", { to: callable });
    expect(refused).toMatchObject({
      status: 400,
      behaviour: "META-START-001",
      body: {
        code: "VALIDATION_ERROR",
        details: { issues: [{ path: "sdp", message: expect.stringContaining("offer") }] },
      },
    });
    expect(await calls(sandbox)).toEqual([]);
  });

  test.each([undefined, "offer"])("META-START-002: sdpType %s means an offer", async (sdpType) => {
    const sandbox = testSandbox();
    const started = await call(sandbox, callable, sdpType === undefined ? {} : { sdpType });
    expect(started.status).toBe(201);
    expect((await read(sandbox, started.body.id)).sdpOffer).toBe(offer);
  });

  test.each(["answer", "pranswer", "OFFER", "", 1, null])("META-START-003: sdpType %j is refused", async (sdpType) => {
    const sandbox = testSandbox();
    const refused = await call(sandbox, callable, { sdpType });
    expect(refused).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" } });
    expect(refused.body.details.issues).toContainEqual(expect.objectContaining({ path: "sdpType" }));
  });

  test.each([1, true, {}, [], { type: "offer", sdp: offer }])("META-START-004: sdp %j is refused", async (sdp) => {
    const sandbox = testSandbox();
    const refused = await call(sandbox, callable, { sdp });
    expect(refused).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" } });
    expect(refused.body.details.issues).toContainEqual(expect.objectContaining({ path: "sdp" }));
  });
});

describe("whom a start calls", () => {
  test.each(["+5511999999999", "5511999999999", "+55 (11) 99999-9999", " +55-11-99999 9999"])(
    "META-START-018: %j is kept as digits",
    async (to) => {
      const sandbox = testSandbox();
      const { body } = await call(sandbox, to);
      expect(await read(sandbox, body.id)).toMatchObject({ peerNumber: "5511999999999", fromNumber: "551140000001" });
    },
  );

  test.each([
    ["a Brazilian mobile without its ninth digit", "551188887777", "5511988887777"],
    ["a Mexican mobile with the old 1", "5215512345678", "525512345678"],
  ])("META-START-019: %s stays as it was dialled", async (_title, dialled, rewritten) => {
    const sandbox = testSandbox();
    await sandbox.control.putContact({ phone: dialled, permission: "temporary" });
    const { body } = await call(sandbox, `+${dialled}`);
    expect((await read(sandbox, body.id)).peerNumber).toBe(dialled);
    expect((await probe(sandbox, rewritten)).body.permission.status).toBe("no_permission");
  });
});

describe("Meta's answer to the offer", () => {
  test("META-START-020, META-START-021: it is there at once, and the call is not answered by that", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    const { body } = await call(sandbox);
    const before = await read(sandbox, body.id);
    expect(before).toMatchObject({ status: "INITIATED", connectedAt: null, updatedAt: "2026-01-01T00:00:00.000Z" });
    expect(before.sdpAnswer).toMatch(/^v=0\r\n(?:.+\r\n)+a=setup:passive\r\n/);
    expect(await timeline(sandbox, body.id)).toEqual([
      "request startCall",
      "transition INITIATED",
      "media sdpProvided",
      "request getCall",
    ]);
    await sandbox.control.actAsPerson({ callId: body.id, action: "answer" });
    const after = await read(sandbox, body.id);
    expect(after).toMatchObject({ status: "ACCEPTED", connectedAt: "2026-01-01T00:00:00.000Z" });
    expect(after.sdpAnswer).toBe(before.sdpAnswer);
  });

  test("META-START-020: a call that only rings has its answer and ends without having connected", async () => {
    const sandbox = testSandbox();
    const { body } = await call(sandbox, "+5511999999999", {});
    await sandbox.advance("PT0.9S");
    expect(await read(sandbox, body.id)).toMatchObject({
      status: "RINGING",
      connectedAt: null,
      sdpAnswer: expect.any(String),
    });
    await sandbox.api("meta", "POST", `/calls/${body.id}/terminate`);
    expect(await read(sandbox, body.id)).toMatchObject({
      status: "COMPLETED",
      connectedAt: null,
      durationSeconds: null,
    });
  });
});
