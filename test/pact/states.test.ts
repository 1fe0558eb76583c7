import { expect, test } from "vitest";
import { providerStates } from "../../mock/pact/index.ts";
import { callable, offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";

const stranger = "+5511977776666";

/** What a verifier does before an interaction. */
async function given(sandbox: TestSandbox, state: string, params: object = {}) {
  const { status, body } = await sandbox.request("POST", "/_pact/provider-states", {
    body: { state, params, action: "setup" },
  });
  expect({ state, status, body }).toMatchObject({ status: 200 });
  return body;
}

const startCall = (sandbox: TestSandbox, to: string) =>
  sandbox.api("meta", "POST", "/calls", { to, sdp: offer, sdpType: "offer" });

test.each([...providerStates.keys()])("PACT-001: the state %s can be brought about as it is", async (name) => {
  const sandbox = testSandbox();
  const values = await given(sandbox, name);
  expect(Object.keys(values).sort()).toEqual(Object.keys(providerStates.get(name)?.provides ?? {}).sort());
});

test.each(["META", "EVO_GO"])(
  "PACT-001: every state that is about a number can be about a %s number",
  async (provider) => {
    for (const { name, takes } of providerStates.values()) {
      if ("provider" in takes) await given(testSandbox(), name, { provider });
    }
  },
);

test("PACT-001: an action that is left out counts as setup, and older verifiers send names in a list", async () => {
  const sandbox = testSandbox();
  const body = { consumer: "ivr", states: ["a ringing inbound call"], params: { provider: "EVO_GO" } };
  const answer = await sandbox.request("POST", "/_pact/provider-states", { body });
  expect(answer.body).toEqual({
    callId: expect.stringMatching(/^call_/),
    externalCallId: expect.stringMatching(/^[0-9A-F]{32}$/),
    key: "ps_sandbox_evo",
    number: "551140000002",
    phone: "5511988887777",
  });
  const call = await sandbox.api("evo", "GET", `/calls/${answer.body.callId}`);
  expect(call.body).toMatchObject({
    status: "RINGING",
    direction: "INBOUND",
    externalCallId: answer.body.externalCallId,
  });
});

test.each([
  ["a person who allows no calls", { phone: callable }, "META_CALL_PERMISSION_REQUIRED"],
  ["the daily call limit is reached", {}, 138012],
  ["calling is switched off", {}, 138000],
  ["the number is restricted", {}, 138014],
  ["a person who can't be reached", {}, 138001],
  ["a limit is used up", { limit: "newCallsPer24h" }, 138005],
  ["a limit is used up", {}, 138002],
  ["the next request is refused", { code: "138014" }, 138014],
] as const)("PACT-001: after %s %j a call is refused with %s", async (state, params, code) => {
  const sandbox = testSandbox();
  await given(sandbox, state, params);
  const { body } = await startCall(sandbox, callable);
  expect(typeof code === "string" ? body.code : body.details.meta.code).toBe(code);
});

test.each([
  ["a person who was asked for permission today", 138009],
  ["a person who has not written for a day", 131047],
] as const)("PACT-001: after %s a permission request is refused with %i", async (state, code) => {
  const sandbox = testSandbox();
  const { phone } = await given(sandbox, state);
  const { body } = await sandbox.api("meta", "POST", "/calls/permissions/request", { to: phone, text: "May we?" });
  expect(body.details.meta.code).toBe(code);
});

test("PACT-001: a person who allows calls can be called, for seven days or for good", async () => {
  const sandbox = testSandbox();
  await given(sandbox, "a person who allows calls", { phone: stranger, permission: "permanent" });
  const probe = await sandbox.api("meta", "GET", `/calls/permissions?to=${encodeURIComponent(stranger)}`);
  expect(probe.body.permission.status).toBe("permanent");
  expect((await startCall(sandbox, stranger)).status).toBe(201);
});

test.each([
  ["an outbound call that rings", {}, { status: "RINGING", direction: "OUTBOUND" }],
  ["an answered call", {}, { status: "ACCEPTED", direction: "INBOUND" }],
  ["an answered call", { direction: "OUTBOUND" }, { status: "ACCEPTED", direction: "OUTBOUND" }],
  ["an ended call", {}, { status: "COMPLETED", durationSeconds: 60 }],
  ["an ended call", { answered: false }, { status: "MISSED", durationSeconds: null }],
  ["an ended call", { answered: "false", direction: "OUTBOUND" }, { status: "COMPLETED", durationSeconds: null }],
] as const)("PACT-001: %s %j is a call with %j", async (state, params, expected) => {
  for (const provider of ["META", "EVO_GO"] as const) {
    const sandbox = testSandbox();
    const { callId } = await given(sandbox, state, { provider, ...params });
    const { body } = await sandbox.api(provider === "META" ? "meta" : "evo", "GET", `/calls/${callId}`);
    expect(body).toMatchObject(expected);
  }
});

test("PACT-001: calls in the list are as many as the pact says, and after no calls there are none", async () => {
  const sandbox = testSandbox();
  await given(sandbox, "calls in the list", { provider: "EVO_GO", count: "5" });
  expect((await sandbox.api("evo", "GET", "/calls")).body.calls).toHaveLength(5);
  await given(sandbox, "no calls", { provider: "EVO_GO" });
  expect((await sandbox.api("evo", "GET", "/calls")).body.calls).toEqual([]);
});

test("PACT-001: a number that is not connected, one that may not enable calling and one of a third provider", async () => {
  const sandbox = testSandbox();
  await given(sandbox, "an EVO_GO number that is not connected");
  expect((await sandbox.api("evoOffline", "GET", "/calls")).status).toBe(409);
  await given(sandbox, "a number that may not enable calling");
  const { body } = await sandbox.api("metaLowTier", "PUT", "/calls/settings", { status: "ENABLED" });
  expect(body.details.meta.code).toBe(138015);
  await given(sandbox, "a number of another provider");
  expect((await sandbox.api("other", "GET", "/calls")).body.code).toBe("FEATURE_NOT_SUPPORTED");
});

test("PACT-007: nobody acts by himself in a state, until the world is reset", async () => {
  const sandbox = testSandbox();
  const { callId } = await given(sandbox, "an outbound call that rings", { provider: "EVO_GO" });
  await sandbox.advance("PT30S");
  expect((await sandbox.api("evo", "GET", `/calls/${callId}`)).body.status).toBe("RINGING");
  await sandbox.request("POST", "/_pact/provider-states", { body: { state: "", action: "setup" } });
  expect((await sandbox.control.getWorld()).mode).toBe("scripted");
});
