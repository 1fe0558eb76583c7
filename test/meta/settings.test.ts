import { describe, expect, test } from "vitest";
import { callable, offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { call, change, lowTierNumber, probe } from "./support.ts";

const get = async (sandbox: TestSandbox, key: "meta" | "metaLowTier" = "meta") =>
  (await sandbox.api(key, "GET", "/calls/settings")).body;
const put = (sandbox: TestSandbox, body: unknown, key: "meta" | "metaLowTier" = "meta") =>
  sandbox.api(key, "PUT", "/calls/settings", body);

const atConnection = {
  status: "ENABLED",
  call_icon_visibility: "DEFAULT",
  callback_permission_status: "ENABLED",
  call_hours: { status: "DISABLED" },
};
const neverSet = { status: "NOT_SET", call_icon_visibility: "NOT_SET", callback_permission_status: "NOT_SET" };

const officeHours = {
  status: "ENABLED",
  timezone_id: "America/Sao_Paulo",
  weekly_operating_hours: [{ day_of_week: "MONDAY", open_time: "0900", close_time: "1800" }],
};
const christmas = { date: "2026-12-25", start_time: "0000", end_time: "2359" };

describe("reading", () => {
  test("META-SET-001, META-SET-002: a connected number reads as the vendor shows it, under calling alone", async () => {
    expect(await get(testSandbox())).toEqual({ calling: atConnection });
  });

  test("META-SET-004: a number that was never set reads NOT_SET", async () => {
    expect(await get(testSandbox(), "metaLowTier")).toEqual({ calling: neverSet });
  });

  test.each([
    [1_999, true, neverSet],
    [2_000, true, atConnection],
    [2_000, false, neverSet],
  ])(
    "META-SET-003: a number with the limit %i and subscribed: %s is switched on if Meta allows",
    async (messagingLimit, callsSubscribed, calling) => {
      const sandbox = testSandbox();
      const { key } = await sandbox.control.addNumber({
        provider: "META",
        number: "+551140000099",
        messagingLimit,
        callsSubscribed,
      });
      const { body } = await sandbox.request("GET", "/v1/calls/settings", { headers: { "x-api-key": key } });
      expect(body).toEqual({ calling });
    },
  );

  test.each(["", "?include_sip_credentials=true", "?fields=sip"])(
    "META-SET-015: no SIP credentials are shown (%s)",
    async (query) => {
      const sandbox = testSandbox();
      await change(sandbox, { sipEnabled: true });
      const { status, body } = await sandbox.api("meta", "GET", `/calls/settings${query}`);
      expect([status, body]).toEqual([200, { calling: atConnection }]);
    },
  );
});

describe("updating", () => {
  test("META-SET-006, META-SET-014: an empty update answers success alone and changes nothing", async () => {
    const sandbox = testSandbox();
    expect(await put(sandbox, {})).toMatchObject({ status: 200 });
    expect((await put(sandbox, {})).body).toEqual({ success: true });
    expect(await get(sandbox)).toEqual({ calling: atConnection });
  });

  test("META-SET-005: switching on with status alone leaves the other two NOT_SET", async () => {
    const sandbox = testSandbox();
    await change(sandbox, { messagingLimit: 2_000 }, lowTierNumber);
    await put(sandbox, { status: "ENABLED" }, "metaLowTier");
    expect(await get(sandbox, "metaLowTier")).toEqual({ calling: { ...neverSet, status: "ENABLED" } });
  });

  test("META-SET-007, META-SET-010: each of the five keys changes alone", async () => {
    const sandbox = testSandbox();
    const voicemail = { status: "ENABLED", triggers: ["REJECT", "TIMEOUT"] };
    const changes = [
      { call_icon_visibility: "DISABLE_ALL" },
      { callback_permission_status: "DISABLED" },
      { call_hours: officeHours },
      { voicemail },
      { status: "DISABLED" },
    ];
    let expected: object = atConnection;
    for (const wanted of changes) {
      expect((await put(sandbox, wanted)).body).toEqual({ success: true });
      expected = { ...expected, ...wanted };
      expect(await get(sandbox)).toEqual({ calling: expected });
    }
  });

  test("META-SET-010: all five can be sent at once", async () => {
    const sandbox = testSandbox();
    const calling = {
      status: "ENABLED",
      call_icon_visibility: "DISABLE_ALL",
      callback_permission_status: "DISABLED",
      call_hours: officeHours,
      voicemail: { status: "DISABLED" },
    };
    expect((await put(sandbox, calling)).status).toBe(200);
    expect(await get(sandbox)).toEqual({ calling });
  });

  test("META-SET-008, META-SET-009: posted call_hours replace the stored ones whole, holidays included", async () => {
    const sandbox = testSandbox();
    await put(sandbox, { call_hours: { ...officeHours, holiday_schedule: [christmas] } });
    expect((await get(sandbox)).calling.call_hours.holiday_schedule).toEqual([christmas]);
    await put(sandbox, { call_hours: officeHours });
    expect((await get(sandbox)).calling.call_hours).toEqual(officeHours);
    await put(sandbox, { call_hours: { status: "DISABLED" } });
    expect((await get(sandbox)).calling.call_hours).toEqual({ status: "DISABLED" });
  });

  test("META-SET-007: an update without call_hours keeps the holidays", async () => {
    const sandbox = testSandbox();
    await put(sandbox, { call_hours: { ...officeHours, holiday_schedule: [christmas] } });
    await put(sandbox, { call_icon_visibility: "DISABLE_ALL" });
    expect((await get(sandbox)).calling.call_hours.holiday_schedule).toEqual([christmas]);
  });

  test.each([
    ["META-SET-011", "sip", { sip: { status: "DISABLED" } }],
    ["META-SET-012", "restrictions", { restrictions: {} }],
    ["META-SET-012", "call_icons", { status: "ENABLED", call_icons: { restrict_to_user_countries: [] } }],
    ["META-SET-012", "calling", { calling: { status: "DISABLED" } }],
  ])("%s, META-SET-013: %s is refused, and nothing changes", async (_entry, path, body) => {
    const sandbox = testSandbox();
    const refused = await put(sandbox, { call_icon_visibility: "DISABLE_ALL", ...body });
    expect(refused).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" } });
    expect(refused.body.details.issues).toEqual([{ path, message: expect.stringContaining(path) }]);
    expect(await get(sandbox)).toEqual({ calling: atConnection });
  });

  test("META-SET-013: one wrong key keeps the right ones from being set", async () => {
    const sandbox = testSandbox();
    await put(sandbox, { status: "DISABLED", call_icon_visibility: "DISABLE_ALL", voicemail: { status: "ENABLED" } });
    expect(await get(sandbox)).toEqual({ calling: atConnection });
    await put(sandbox, { status: "ENABLED", call_icon_visibility: "DISABLE_ALL" }, "metaLowTier");
    expect(await get(sandbox, "metaLowTier")).toEqual({ calling: neverSet });
  });
});

describe("enabling", () => {
  test("META-SET-019, META-SET-020: it needs a messaging limit of 2,000", async () => {
    const sandbox = testSandbox();
    await change(sandbox, { messagingLimit: 1_999 }, lowTierNumber);
    expect(await put(sandbox, { status: "ENABLED" }, "metaLowTier")).toMatchObject({
      status: 400,
      behaviour: "META-SET-019",
      body: { code: "META_MESSAGING_LIMIT_TOO_LOW", details: { meta: { code: 138015 } } },
    });
    await change(sandbox, { messagingLimit: 2_000 }, lowTierNumber);
    expect((await put(sandbox, { status: "ENABLED" }, "metaLowTier")).body).toEqual({ success: true });
  });

  test("META-SET-021, META-SET-022: it needs a subscription to calls, which a number has unless told", async () => {
    const sandbox = testSandbox();
    expect((await put(sandbox, { status: "ENABLED" })).status).toBe(200);
    await change(sandbox, { callsSubscribed: false });
    expect(await put(sandbox, { status: "ENABLED" })).toMatchObject({
      status: 400,
      behaviour: "META-SET-021",
      body: { code: "META_CALLING_PREREQUISITES_MISSING", details: { meta: { code: 138018 } } },
    });
    await change(sandbox, { callsSubscribed: true });
    expect((await put(sandbox, { status: "ENABLED" })).status).toBe(200);
  });

  test("META-SET-023: below the limit every other key can be set, and calling switched off", async () => {
    const sandbox = testSandbox();
    const wanted = {
      status: "DISABLED",
      call_icon_visibility: "DEFAULT",
      callback_permission_status: "ENABLED",
      call_hours: officeHours,
    };
    expect((await put(sandbox, wanted, "metaLowTier")).body).toEqual({ success: true });
    expect(await get(sandbox, "metaLowTier")).toEqual({ calling: wanted });
  });

  test("META-SET-054: a public test number needs no messaging limit", async () => {
    const sandbox = testSandbox();
    await change(sandbox, { testNumber: true }, lowTierNumber);
    expect((await put(sandbox, { status: "ENABLED" }, "metaLowTier")).body).toEqual({ success: true });
    expect((await get(sandbox, "metaLowTier")).calling.status).toBe("ENABLED");
  });
});

describe("the effect", () => {
  test("META-SET-046: a change takes effect at once", async () => {
    const sandbox = testSandbox();
    await put(sandbox, { status: "DISABLED" });
    expect((await call(sandbox)).body.code).toBe("META_CALLING_NOT_ENABLED");
    expect((await probe(sandbox)).body.code).toBe("META_CALLING_NOT_ENABLED");
    await put(sandbox, { status: "ENABLED" });
    expect((await call(sandbox)).status).toBe(201);
  });

  test("META-SET-052, META-SET-053: EVO_GO has no settings and calls whenever it is connected", async () => {
    const sandbox = testSandbox();
    const answers = [
      await sandbox.api("evo", "GET", "/calls/settings"),
      await sandbox.api("evo", "PUT", "/calls/settings", { status: "ENABLED" }),
    ];
    for (const refused of answers)
      expect(refused).toMatchObject({ status: 400, body: { code: "FEATURE_NOT_SUPPORTED" } });
    expect((await sandbox.api("evo", "POST", "/calls", { to: callable })).status).toBe(201);
    expect((await sandbox.api("evoOffline", "POST", "/calls", { to: callable, sdp: offer })).status).toBe(409);
    await change(sandbox, { connected: true }, "+551140000003");
    expect((await sandbox.api("evoOffline", "POST", "/calls", { to: callable })).status).toBe(201);
  });
});
