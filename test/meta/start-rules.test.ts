import { describe, expect, test } from "vitest";
import { callable, offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { call, calls, change, ring, stranger } from "./support.ts";

/** What each state of the number or of the person makes of a call; the seed page's own rules first. */
const rules: readonly {
  readonly entry: string;
  readonly state: string;
  readonly prepare: (sandbox: TestSandbox) => Promise<unknown>;
  readonly code: number;
  readonly name: string;
}[] = [
  {
    entry: "META-START-011",
    state: "calling is switched off",
    prepare: (sandbox) => sandbox.api("meta", "PUT", "/calls/settings", { status: "DISABLED" }),
    code: 138000,
    name: "META_CALLING_NOT_ENABLED",
  },
  {
    entry: "META-START-012",
    state: "the person is not on WhatsApp",
    prepare: (sandbox) => sandbox.control.putContact({ phone: callable, reachable: false }),
    code: 138001,
    name: "META_RECEIVER_UNCALLABLE",
  },
  {
    entry: "META-START-015",
    state: "the number is paused",
    prepare: (sandbox) => change(sandbox, { restricted: true }),
    code: 138014,
    name: "META_CALLING_PAUSED",
  },
  {
    entry: "META-START-016",
    state: "the number calls over SIP",
    prepare: (sandbox) => change(sandbox, { sipEnabled: true }),
    code: 131055,
    name: "META_SIP_ENABLED",
  },
  {
    entry: "META-START-017",
    state: "a test number has another allow list",
    prepare: (sandbox) => change(sandbox, { testNumber: true, allowList: [stranger] }),
    code: 131030,
    name: "META_RECIPIENT_NOT_ALLOWED",
  },
  {
    entry: "META-START-023",
    state: "the account can't pay",
    prepare: (sandbox) => change(sandbox, { paymentMethod: false }),
    code: 131044,
    name: "META_PAYMENT_METHOD_REQUIRED",
  },
];

describe("a start is refused, and leaves no call", () => {
  test.each(rules)("$entry, META-START-024: when $state, with $code", async ({ prepare, code, name }) => {
    const sandbox = testSandbox();
    await prepare(sandbox);
    const refused = await call(sandbox);
    expect(refused).toMatchObject({ status: 400, body: { code: name, details: { meta: { code } } } });
    expect(await calls(sandbox)).toEqual([]);
  });

  test.each(rules)("$entry: the refusal names its entry", async ({ entry, prepare }) => {
    const sandbox = testSandbox();
    await prepare(sandbox);
    expect((await call(sandbox)).behaviour).toBe(entry);
  });

  test("META-START-011: on a number that was never enabled, with the status in the text", async () => {
    const sandbox = testSandbox();
    const refused = await sandbox.api("metaLowTier", "POST", "/calls", { to: callable, sdp: offer });
    expect(refused.body).toMatchObject({ code: "META_CALLING_NOT_ENABLED", error: expect.stringContaining("NOT_SET") });
  });

  test("META-START-017: somebody on the allow list can be called, however the list spells them", async () => {
    const sandbox = testSandbox();
    await change(sandbox, { testNumber: true, allowList: ["+55 (11) 99999-9999"] });
    expect((await call(sandbox)).status).toBe(201);
  });

  test("META-START-024: a refused start does not keep the next one from being placed", async () => {
    const sandbox = testSandbox();
    await change(sandbox, { restricted: true });
    await call(sandbox);
    await change(sandbox, { restricted: false });
    expect((await call(sandbox)).status).toBe(201);
    expect(await calls(sandbox)).toHaveLength(1);
  });
});

describe("the country of the business number", () => {
  const from = async (sandbox: TestSandbox, number: string, to: string) => {
    const { key } = await sandbox.control.addNumber({ provider: "META", number });
    await sandbox.control.putContact({ phone: to, permission: "permanent" });
    return sandbox.request("POST", "/v1/calls", { headers: { "x-api-key": key }, body: { to, sdp: offer } });
  };

  test.each([
    ["the US", "+12025550123"],
    ["Canada", "+14165550123"],
    ["Egypt", "+201001234567"],
    ["Vietnam", "+84912345678"],
    ["Nigeria", "+2348031234567"],
  ])("META-START-013, META-START-014: a number of %s is refused with 138013", async (_country, number) => {
    const sandbox = testSandbox();
    const refused = await from(sandbox, number, "+5511988880001");
    expect(refused).toMatchObject({
      status: 400,
      behaviour: "META-START-013",
      body: { code: "META_CALLING_NOT_AVAILABLE", details: { meta: { code: 138013 } } },
    });
  });

  test.each([
    ["Jamaica, which shares +1", "+18765550123"],
    ["South Africa, whose code begins like Egypt's", "+27821234567"],
    ["Germany", "+4915112345678"],
  ])("META-START-014: a number of %s may call", async (_country, number) => {
    expect((await from(testSandbox(), number, "+5511988880001")).status).toBe(201);
  });

  test("META-START-014: a person in the US can be called", async () => {
    const sandbox = testSandbox();
    await sandbox.control.putContact({ phone: "+12025550123", permission: "permanent" });
    expect((await call(sandbox, "+12025550123")).status).toBe(201);
  });
});

describe("the order of the rules", () => {
  const everythingWrong = async () => {
    const sandbox = testSandbox();
    await change(sandbox, { sipEnabled: true, restricted: true });
    await sandbox.control.putContact({ phone: "+5511900138003", reachable: false });
    return sandbox;
  };

  test("META-START-009: a magic number decides before the SDP, the account and the person", async () => {
    const refused = await call(await everythingWrong(), "+5511900138003", { sdp: "no SDP at all" });
    expect(refused).toMatchObject({ behaviour: "META-START-009", body: { code: "META_CALL_ALREADY_IN_PROGRESS" } });
  });

  test("META-START-009: a missing sdp is the gateway's rule and comes first", async () => {
    const refused = await (await everythingWrong()).api("meta", "POST", "/calls", { to: "+5511900138003" });
    expect(refused.behaviour).toBe("META-START-001");
  });

  test.each(rules)("META-START-010: a bad SDP comes before $code", async ({ prepare }) => {
    const sandbox = testSandbox();
    await prepare(sandbox);
    expect((await call(sandbox, callable, { sdp: "v=0" })).body.code).toBe("META_SDP_INVALID");
  });

  test("META-START-010: a bad SDP comes before the permission and before a running call", async () => {
    const sandbox = testSandbox();
    await ring(sandbox, callable);
    expect((await call(sandbox, callable, { sdp: "v=0" })).body.code).toBe("META_SDP_INVALID");
    expect((await call(sandbox, stranger, { sdp: "v=0" })).body.code).toBe("META_SDP_INVALID");
  });
});
