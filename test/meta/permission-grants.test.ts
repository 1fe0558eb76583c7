import { describe, expect, test } from "vitest";
import { callable, offer, type TestSandbox, testNow, testSandbox } from "../support/sandbox.ts";
import { act, ask, call, connectedCall, lowTierNumber, probe, ring, stranger } from "./support.ts";

const status = async (sandbox: TestSandbox, to: string = stranger) => (await probe(sandbox, to)).body.permission.status;
const unix = (iso: string) => Date.parse(iso) / 1_000;
const reply = (sandbox: TestSandbox, response: "accept" | "reject", permanent = false) =>
  sandbox.control.replyToPermissionRequest({ phone: stranger, response, permanent });

describe("without a permission", () => {
  test("META-PERM-001, META-PERM-002: a call is refused, however open the service window is", async () => {
    const sandbox = testSandbox();
    await sandbox.control.putContact({ phone: stranger, serviceWindow: "open" });
    expect(await call(sandbox, stranger)).toMatchObject({
      status: 400,
      behaviour: "META-PERM-001",
      body: { code: "META_CALL_PERMISSION_REQUIRED", details: { meta: { code: 138006 } } },
    });
  });

  test("META-PERM-070: at the start the person of the example can be called, and nobody else", async () => {
    const sandbox = testSandbox();
    expect((await probe(sandbox)).body.permission).toEqual({
      status: "temporary",
      expiration_time: unix("2026-01-08T00:00:00Z"),
    });
    expect(await status(sandbox, "+5511999999998")).toBe("no_permission");
    expect((await call(sandbox, callable)).status).toBe(201);
  });

  test("META-PERM-070: a reset brings exactly that back", async () => {
    const sandbox = testSandbox();
    await sandbox.control.putContact({ phone: callable, permission: "none" });
    await sandbox.control.putContact({ phone: stranger, permission: "permanent" });
    await sandbox.control.resetWorld();
    expect([await status(sandbox, callable), await status(sandbox)]).toEqual(["temporary", "no_permission"]);
  });

  test("META-PERM-071: a permission for one number is worth nothing on another", async () => {
    const sandbox = testSandbox();
    await sandbox.control.updateNumber({ id: lowTierNumber, messagingLimit: 2_000 });
    await sandbox.api("metaLowTier", "PUT", "/calls/settings", { status: "ENABLED" });
    await sandbox.control.replyToPermissionRequest({
      phone: stranger,
      response: "accept",
      permanent: true,
      number: lowTierNumber,
    });
    expect((await call(sandbox, stranger)).body.code).toBe("META_CALL_PERMISSION_REQUIRED");
    expect((await sandbox.api("metaLowTier", "POST", "/calls", { to: stranger, sdp: offer })).status).toBe(201);
  });
});

describe("a temporary permission", () => {
  test("META-PERM-003, META-PERM-004: a plain yes gives one, which ends 604,800 s later", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    await ask(sandbox);
    await sandbox.advance("PT1H");
    await reply(sandbox, "accept");
    expect((await probe(sandbox, stranger)).body.permission).toEqual({
      status: "temporary",
      expiration_time: unix(testNow) + 3_600 + 604_800,
    });
    await sandbox.advance("P6DT23H59M59.999S");
    expect(await status(sandbox)).toBe("temporary");
    await sandbox.advance("PT0.001S");
    expect((await probe(sandbox, stranger)).body.permission).toEqual({ status: "no_permission" });
  });

  test("META-PERM-004, META-PERM-005: the last millisecond still allows a call, the next does not", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    await sandbox.advance("P6DT23H59M59.999S");
    const { status: last, body } = await call(sandbox);
    expect(last).toBe(201);
    await sandbox.api("meta", "POST", `/calls/${body.id}/terminate`);
    await sandbox.advance("PT0.001S");
    expect(await call(sandbox)).toMatchObject({
      status: 400,
      behaviour: "META-PERM-005",
      body: { code: "META_CALL_PERMISSION_REQUIRED", error: expect.stringContaining("run out") },
    });
  });

  test("META-PERM-011: a further yes starts the seven days anew", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    await ask(sandbox);
    await reply(sandbox, "accept");
    await sandbox.advance("P3D");
    await reply(sandbox, "accept");
    expect((await probe(sandbox, stranger)).body.permission.expiration_time).toBe(unix("2026-01-11T00:00:00Z"));
  });
});

describe("a permanent permission", () => {
  test("META-PERM-006: a year later it is still there", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    await ask(sandbox);
    await reply(sandbox, "accept", true);
    await sandbox.advance("P365D");
    expect(await status(sandbox)).toBe("permanent");
    expect((await call(sandbox, stranger)).status).toBe(201);
  });

  test("META-PERM-010: neither a plain yes nor a call of the person makes it temporary", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    await ask(sandbox);
    await reply(sandbox, "accept", true);
    await reply(sandbox, "accept");
    expect(await status(sandbox)).toBe("permanent");
    await ring(sandbox);
    expect(await status(sandbox)).toBe("permanent");
  });

  test("META-PERM-012: it can be given from the business profile, unasked; a plain yes can't", async () => {
    const sandbox = testSandbox();
    await expect(reply(sandbox, "accept")).rejects.toMatchObject({ code: "NO_PERMISSION_REQUEST", status: 409 });
    expect(await status(sandbox)).toBe("no_permission");
    await reply(sandbox, "accept", true);
    expect(await status(sandbox)).toBe("permanent");
  });
});

describe("a revocation", () => {
  test.each([
    ["a temporary", "temporary"],
    ["a permanent", "permanent"],
  ] as const)(
    "META-PERM-013, META-PERM-014: the person takes %s permission back, unasked",
    async (_title, permission) => {
      const sandbox = testSandbox();
      await sandbox.control.putContact({ phone: stranger, permission });
      await reply(sandbox, "reject");
      expect(await status(sandbox)).toBe("no_permission");
      expect(await call(sandbox, stranger)).toMatchObject({
        status: 400,
        behaviour: "META-PERM-001",
        body: { code: "META_CALL_PERMISSION_REQUIRED" },
      });
    },
  );

  test.each(["DELETE", "PUT", "PATCH"])(
    "META-PERM-013: the business has no way to do so, %s included",
    async (method) => {
      const sandbox = testSandbox();
      const refused = await sandbox.api("meta", method, "/calls/permissions?to=%2B5511999999999");
      expect(refused).toMatchObject({ status: 405, body: { code: "METHOD_NOT_ALLOWED" } });
      expect(refused.headers.get("allow")).toBe("GET");
      expect(await status(sandbox, callable)).toBe("temporary");
    },
  );
});

describe("the callback permission", () => {
  test("META-PERM-007, META-PERM-008: a person's call grants a temporary permission as it arrives", async () => {
    const sandbox = testSandbox();
    await sandbox.advance("PT10M");
    await ring(sandbox);
    expect((await probe(sandbox, stranger)).body.permission).toEqual({
      status: "temporary",
      expiration_time: unix("2026-01-08T00:10:00Z"),
    });
  });

  test.each(["accept", "reject", "miss"] as const)(
    "META-PERM-008: the grant stays when the business lets the call %s",
    async (end) => {
      const sandbox = testSandbox();
      const { id } = await ring(sandbox);
      if (end === "miss") await act(sandbox, id, "hang-up");
      else await sandbox.api("meta", "POST", `/calls/${id}/${end}`, end === "accept" ? { sdp: offer } : undefined);
      expect((await probe(sandbox, stranger)).body.permission.expiration_time).toBe(unix("2026-01-08T00:00:00Z"));
    },
  );

  test.each(["DISABLED", "NOT_SET"] as const)(
    "META-PERM-009: with callback_permission_status %s nothing is granted",
    async (wanted) => {
      const sandbox = testSandbox();
      const key = wanted === "NOT_SET" ? "metaLowTier" : "meta";
      if (wanted === "NOT_SET") await sandbox.control.updateNumber({ id: lowTierNumber, messagingLimit: 2_000 });
      const body = wanted === "NOT_SET" ? { status: "ENABLED" } : { callback_permission_status: "DISABLED" };
      await sandbox.api(key, "PUT", "/calls/settings", body);
      expect((await sandbox.api(key, "GET", "/calls/settings")).body.calling.callback_permission_status).toBe(wanted);
      await ring(sandbox, stranger, wanted === "NOT_SET" ? lowTierNumber : undefined);
      const { body: probed } = await sandbox.api(key, "GET", "/calls/permissions?to=%2B5511988880001");
      expect(probed.permission).toEqual({ status: "no_permission" });
    },
  );

  test("META-PERM-011: a further call of the person starts the seven days anew", async () => {
    const sandbox = testSandbox();
    const { id } = await ring(sandbox);
    await act(sandbox, id, "hang-up");
    await sandbox.advance("P2D");
    await ring(sandbox);
    expect((await probe(sandbox, stranger)).body.permission.expiration_time).toBe(unix("2026-01-10T00:00:00Z"));
  });
});

describe("other states", () => {
  test("META-PERM-072: a decision taken while the number is paused is valid afterwards", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    await ask(sandbox);
    await sandbox.control.updateNumber({ id: "+551140000001", restricted: true });
    await reply(sandbox, "accept");
    expect((await call(sandbox, stranger)).body.code).toBe("META_CALLING_PAUSED");
    await sandbox.control.updateNumber({ id: "+551140000001", restricted: false });
    expect(await status(sandbox)).toBe("temporary");
    await connectedCall(sandbox, stranger);
  });

  test("META-PERM-073: EVO_GO has none of it and calls without asking", async () => {
    const sandbox = testSandbox();
    const probed = await sandbox.api("evo", "GET", "/calls/permissions?to=%2B5511999999999");
    const asked = await sandbox.api("evo", "POST", "/calls/permissions/request", { to: stranger });
    for (const refused of [probed, asked])
      expect(refused).toMatchObject({ status: 400, body: { code: "FEATURE_NOT_SUPPORTED" } });
    expect((await sandbox.api("evo", "POST", "/calls", { to: stranger })).status).toBe(201);
  });
});
