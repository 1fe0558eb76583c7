import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Verifier } from "@pact-foundation/pact";
import { describe, expect, it, test, vi } from "vitest";
import { verifyPacts } from "../../../contracts/provider/index.ts";
import { type Recording, toPact } from "../../../contracts/recording/index.ts";
import { listenHttp } from "../../../mock/doors/http.ts";
import { temporary } from "../../doors/cli-process.ts";
import { answer, callable, keys, offer, testSandbox } from "../../support/sandbox.ts";
import { recorded, stranger, talk } from "./record.ts";

vi.setConfig({ testTimeout: 60_000 });
// Pact reports its use unless told not to.
vi.stubEnv("PACT_DO_NOT_TRACK", "true");

const pactOf = (recording: Recording) => toPact(recording, { consumer: "recorded-client" });

test("PROXY-023: a pact of a recording has one interaction for each kind of exchange, with the state that leads to it", async () => {
  const { recording } = await recorded(talk);
  const { pact, leftOut } = pactOf({ exchanges: [...recording.exchanges, ...recording.exchanges] });
  expect(leftOut).toEqual([]);
  expect(pact).toMatchObject({
    consumer: { name: "recorded-client" },
    provider: { name: "calls-api" },
    metadata: { pactSpecification: { version: "4.0" } },
  });
  const states = pact.interactions.map(({ providerStates = [] }) => providerStates.map(({ name }) => name).join());
  expect(states).toEqual([
    "a connected number",
    "an answered call",
    "an answered call",
    "an answered call",
    "an ended call",
    "calls in the list",
    "no calls",
    "a connected number",
    "a person who allows calls",
    "a person who allows no calls",
    "a ringing inbound call",
    "a ringing inbound call",
    "a connected number",
    "a person who allows no calls",
    "a connected number",
    "",
  ]);
});

test("PROXY-024: codes are asked for exactly, ids, instants and phones by their form, and ids in paths come from the state", async () => {
  const { recording } = await recorded(talk);
  const { interactions } = pactOf(recording).pact;
  const read = interactions.find(({ description }) => description.startsWith("GET /v1/calls/{callId} on EVO_GO"));
  const rules = read?.response.matchingRules.body ?? {};
  const regex = (path: string) => rules[path]?.matchers[0];
  expect(regex("$.id")).toMatchObject({ match: "regex", regex: expect.stringContaining("call_") });
  expect(regex("$.startedAt")).toMatchObject({ match: "regex", regex: expect.stringContaining("T") });
  expect(regex("$.peerNumber")).toEqual({ match: "regex", regex: "^[1-9]\\d{7,14}$" });
  expect(rules).not.toHaveProperty(["$.status"]);
  expect(read?.response.body?.content).not.toHaveProperty("endedAt");
  expect(read?.request.generators).toMatchObject({
    path: { type: "ProviderState", expression: "/v1/calls/$" + "{callId}" },
    header: { "x-api-key": { expression: "$" + "{key}" } },
  });
  const rejected = interactions.find(({ description }) => description.includes("/reject"));
  expect(rejected?.request.generators?.path?.expression).toBe("/v1/calls/$" + "{externalCallId}/reject");
  const refused = interactions.find(({ description }) => description.endsWith("400 INVALID_LIMIT"));
  expect(refused?.response.matchingRules.body).toHaveProperty(["$.error"]);
  expect(refused?.response.matchingRules.body).not.toHaveProperty(["$.code"]);
});

describe("PROXY-025: what a pact can't promise is left out, with the reason", () => {
  const answered = { status: 200, headers: { "content-type": "application/json" }, body: '{"calls":[]}' };
  const asked = { method: "GET", target: "/v1/calls", headers: { "x-api-key": "redacted" }, body: null };
  const one = { number: 1, operation: "listCalls", departures: [], request: asked, response: answered };
  it.each([
    [
      "an unknown route",
      { ...one, request: { ...asked, target: "/v1/nothing" }, operation: null },
      "no such operation",
    ],
    [
      "an answer that departs",
      { ...one, departures: [{ in: "response", path: "", message: "x" }] as const },
      "leaves the document",
    ],
    [
      "a state that nothing leads to",
      { ...one, response: { ...answered, status: 403, body: '{"error":"x","code":"TENANT_SCOPE_NOT_ALLOWED"}' } },
      "TENANT_SCOPE_NOT_ALLOWED",
    ],
    [
      "a request that departs, and was taken all the same",
      { ...one, departures: [{ in: "request", path: "query.limit", message: "limit must be less" }] as const },
      "limit must be less",
    ],
  ])("%s", (_, exchange, why) => {
    const { pact, leftOut } = pactOf({ exchanges: [exchange] });
    expect(pact.interactions).toEqual([]);
    expect(leftOut).toEqual([{ number: 1, why: expect.stringContaining(why) }]);
  });
});

test("PROXY-025: a refusal that an SDP of its own would forestall is left out, and so is a call without one", async () => {
  const { recording } = await recorded(async (ask) => {
    await ask(keys.meta, "POST", "/calls", { to: "+5511900138006", sdp: "x", sdpType: "offer" });
    await ask(keys.meta, "POST", "/calls", { to: "+5511900138006", sdp: offer, sdpType: "offer" });
    await ask(keys.meta, "POST", "/calls", { to: "+5511900138012", sdp: "x", sdpType: "offer" });
  });
  const { pact, leftOut } = pactOf(recording);
  expect(leftOut).toEqual([{ number: 1, why: expect.stringContaining("its SDP would be refused") }]);
  // The third is refused by a state, before anybody looks at its SDP.
  expect(pact.interactions.map(({ providerStates }) => providerStates?.at(-1)?.name)).toEqual([
    "a person who allows no calls",
    "the next request is refused",
  ]);
  await expectKept(pact);
});

test("PROXY-023: a request whose key opens nothing is not said to be of a provider", async () => {
  const { recording } = await recorded(async (ask) => {
    await ask("", "GET", "/calls");
    await ask("ps_wrong", "GET", "/calls");
  });
  const [first, second] = recording.exchanges;
  if (first === undefined || second === undefined) throw new Error("Two requests were recorded.");
  const bare = { ...first, request: { ...first.request, headers: {} } };
  expect(pactOf({ exchanges: [bare, second] }).pact.interactions.map(({ description }) => description)).toEqual([
    "GET /v1/calls without a key: 401 UNAUTHORIZED",
    "GET /v1/calls: 401 UNAUTHORIZED",
  ]);
});

test("PROXY-023: a call that earlier answers have shown as accepted is ended as an answered one, by either id", async () => {
  const { recording } = await recorded(async (ask, sandbox) => {
    const call = await sandbox.control.createInboundCall({ to: "+551140000001", from: stranger });
    await ask(keys.meta, "GET", `/calls/${call.id}`);
    await ask(keys.meta, "POST", `/calls/${call.id}/accept`, { sdp: answer, sdpType: "answer" });
    await ask(keys.meta, "POST", `/calls/${encodeURIComponent(call.externalCallId)}/terminate`);
    const other = await sandbox.control.createInboundCall({ to: "+551140000001", from: "+5521987650009" });
    await ask(keys.meta, "POST", `/calls/${other.id}/terminate`);
  });
  const { pact } = pactOf(recording);
  const ends = pact.interactions.filter(({ description }) => description.includes("/terminate"));
  expect(ends.map(({ providerStates }) => providerStates)).toEqual([
    [{ name: "an answered call", params: { provider: "META", direction: "INBOUND" } }],
    [{ name: "a ringing inbound call", params: { provider: "META" } }],
  ]);
  await expectKept(pact);
});

/** Verifies a pact with the sandbox's own provider states. */
async function expectKept(pact: unknown): Promise<void> {
  const file = join(temporary(), "pact.json");
  writeFileSync(file, JSON.stringify(pact));
  const { passed, interactions } = await verifyPacts({ paths: [file], timeoutMs: 10_000 });
  expect(passed, JSON.stringify(interactions)).toBe(true);
}

test("PROXY-026: Pact's own verifier reads the pact of a recording, and the sandbox keeps it", async () => {
  const { recording } = await recorded(async (ask, sandbox) => {
    const { id } = await ask(keys.evo, "POST", "/calls", { to: "+5511987650000", bizOpaqueCallbackData: "order-42" });
    await sandbox.control.advanceClock({ by: "PT3S" });
    await ask(keys.evo, "GET", `/calls/${id}`);
    await ask(keys.meta, "POST", "/calls", { to: callable, sdp: offer, sdpType: "offer" });
    await ask(keys.meta, "POST", "/calls", { to: stranger, sdp: offer, sdpType: "offer" });
    await ask(keys.meta, "GET", "/calls?limit=0");
  });
  const file = join(temporary(), "pact.json");
  writeFileSync(file, JSON.stringify(pactOf(recording).pact));
  const sandbox = testSandbox({ webrtc: false });
  const door = await listenHttp(sandbox, { host: "127.0.0.1", port: 0, overrideGlobalObjects: false });
  const phoneOf = (parameters: unknown) => (parameters as { phone: string }).phone;
  try {
    const verified = await new Verifier({
      provider: "calls-api",
      providerBaseUrl: door.url,
      pactUrls: [file],
      logLevel: "error",
      stateHandlers: {
        "a connected number": async (parameters) => ({
          key: (parameters as { provider: string }).provider === "META" ? keys.meta : keys.evo,
        }),
        "an answered call": async () => {
          const { body } = await sandbox.api("evo", "POST", "/calls", { to: "+5511987650000" });
          await sandbox.advance("PT3S");
          return { key: keys.evo, callId: body.id, externalCallId: body.externalCallId };
        },
        "a person who allows calls": async (parameters) => {
          await sandbox.control.putContact({ phone: phoneOf(parameters), permission: "temporary" });
          return { key: keys.meta };
        },
        "a person who allows no calls": async (parameters) => {
          await sandbox.control.putContact({ phone: phoneOf(parameters), permission: "none" });
          return { key: keys.meta };
        },
      },
    }).verifyProvider();
    const { interactionResults } = JSON.parse(verified) as { interactionResults: { result: string }[] };
    expect(interactionResults.map(({ result }) => result)).toEqual(["OK", "OK", "OK", "OK", "OK"]);
  } finally {
    await door.close();
  }
});
