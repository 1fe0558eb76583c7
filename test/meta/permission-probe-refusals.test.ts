import { describe, expect, test } from "vitest";
import { testSandbox } from "../support/sandbox.ts";
import { metaNumber, probe, stranger } from "./support.ts";

describe("who can be probed, and how", () => {
  test("META-PERM-036: somebody who can't be called has no permission, even after a yes for good", async () => {
    const sandbox = testSandbox();
    await sandbox.control.putContact({ phone: stranger, permission: "permanent", reachable: false });
    const { status, body } = await probe(sandbox, stranger);
    expect([status, body.permission]).toEqual([200, { status: "no_permission" }]);
    expect(body.actions.map((action: { can_perform_action: boolean }) => action.can_perform_action)).toEqual([
      false,
      false,
    ]);
  });

  test.each([
    ["META-PERM-037", ""],
    ["META-PERM-037", "?phone=%2B5511999999999"],
    ["META-PERM-038", "?to="],
  ])("%s: the query %j is answered MISSING_TO", async (_entry, query) => {
    const refused = await testSandbox().api("meta", "GET", `/calls/permissions${query}`);
    expect(refused).toMatchObject({ status: 400, behaviour: "META-PERM-037", body: { code: "MISSING_TO" } });
  });

  test.each(["abc", "123", "1234567890123456", "wacid.ABC", "++", "0"])(
    "META-PERM-039: to=%s is no phone number",
    async (to) => {
      const refused = await probe(testSandbox(), to);
      expect(refused).toMatchObject({
        status: 400,
        behaviour: "META-PERM-039",
        body: { code: "VALIDATION_ERROR", details: { issues: [{ path: "to", message: expect.any(String) }] } },
      });
    },
  );

  test.each(["+5511999999999", "%2B5511999999999", "5511999999999", "%20%2B55%20(11)%2099999-9999"])(
    "META-PERM-040: to=%s is the person of the example",
    async (to) => {
      const { status, body } = await testSandbox().api("meta", "GET", `/calls/permissions?to=${to}`);
      expect([status, body.permission?.status]).toEqual([200, "temporary"]);
    },
  );
});

describe("when probing is refused", () => {
  test("META-PERM-041: while calling is not enabled", async () => {
    const refused = await testSandbox().api("metaLowTier", "GET", "/calls/permissions?to=5511999999999");
    expect(refused).toMatchObject({
      status: 400,
      behaviour: "META-PERM-041",
      body: { code: "META_CALLING_NOT_ENABLED" },
    });
  });

  test("META-PERM-042: from a country without business-initiated calls", async () => {
    const sandbox = testSandbox();
    const { key } = await sandbox.control.addNumber({ provider: "META", number: "+12025550123" });
    const refused = await sandbox.request("GET", "/v1/calls/permissions?to=5511999999999", {
      headers: { "x-api-key": key },
    });
    expect(refused).toMatchObject({
      status: 400,
      behaviour: "META-PERM-042",
      body: { code: "META_CALLING_NOT_AVAILABLE", details: { meta: { code: 138013 } } },
    });
  });

  test("META-PERM-043: the 101st within a second, whoever was probed, until the second is over", async () => {
    const sandbox = testSandbox();
    for (let nth = 0; nth < 100; nth++) {
      expect((await probe(sandbox, `+55119888800${String(nth).padStart(2, "0")}`)).status).toBe(200);
    }
    expect(await probe(sandbox)).toMatchObject({
      status: 429,
      behaviour: "META-PERM-043",
      body: { code: "META_CALL_PERMISSION_PROBE_LIMIT", details: { meta: { code: 613 } } },
    });
    await sandbox.advance("PT0.999S");
    expect((await probe(sandbox)).status).toBe(429);
    await sandbox.advance("PT0.001S");
    expect((await probe(sandbox)).status).toBe(200);
  });

  test("META-PERM-044: the sixth, when the number is set to Meta's other figure", async () => {
    const sandbox = testSandbox();
    await sandbox.control.updateNumber({ id: metaNumber, limits: { probesPerSecond: 5 } });
    const statuses = await Promise.all(Array.from({ length: 7 }, async () => (await probe(sandbox)).status));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  });
});
