import { describe, expect, it } from "vitest";
import { playCase } from "../../../contracts/conformance/play-case.ts";
import { readCases } from "../../../contracts/conformance/read-cases.ts";
import { played, target } from "./stage.ts";

const outcome = async (steps: string) => (await played(steps)).outcome;

describe("a case", () => {
  it("CONF-001: is played in a world of its own, whose clock begins at one instant", async () => {
    const shared = await target();
    const steps = `
- { send: GET /v1/calls, expect: { status: 200, body: { calls: [] } } }
- { call: { direction: OUTBOUND, state: INITIATED } }
- send: GET /v1/calls/{callId}
  expect: { status: 200, body: { startedAt: "2026-01-01T00:00:00.000Z" } }`;
    // The second would find the call of the first in the list.
    expect((await played(steps, shared)).failure).toBeNull();
    expect((await played(steps, shared)).failure).toBeNull();
  });

  it("CONF-001: may have as long a title as the format allows", async () => {
    const text = `topic: T
providers: [META]
cases:
  - title: ${"a".repeat(200)}
    behaviours: [CALL-001]
    steps: [{ send: GET /v1/calls, expect: { status: 200 } }]`;
    const [only] = readCases(text, "test.yaml");
    expect(only && (await playCase(only, await target())).failure).toBeNull();
  });

  it("CONF-004: fails at the first step that goes otherwise, and says which, where and how", async () => {
    const { outcome, failure } = await played(`
- { send: GET /v1/calls, expect: { status: 200 } }
- { send: GET /v1/calls/call_nobody, expect: { status: 404, code: CALL_GONE, body: { error: <integer> } } }
- { send: GET /v1/calls, expect: { status: 500 } }`);
    expect(outcome).toBe("failed");
    expect(failure).toMatchObject({
      step: "step 2, send: GET /v1/calls/call_nobody",
      mismatches: [
        { path: "code", expected: '"CALL_GONE"', actual: '"CALL_NOT_FOUND"' },
        { path: "error", expected: "<integer>" },
      ],
      exchange: { request: { method: "GET" }, response: { status: 404 } },
    });
  });

  it("CONF-004: counts the rounds of what is repeated", async () => {
    const { failure } = await played(`
- repeat: 3
  steps:
    - { send: "GET /v1/calls?limit={round}", expect: { status: 200 } }
    - { send: "GET /v1/calls?limit={round}", expect: { status: 201 } }`);
    expect(failure?.step).toBe("step 1, round 1, step 2, send: GET /v1/calls?limit={round}");
  });

  it("CONF-002: fails when an answer departs from the document, whatever the case looks at", async () => {
    const bent = await target((answer) =>
      answer.status === 200 ? { ...answer, body: answer.body?.replace('"calls"', '"call"') ?? null } : answer,
    );
    const { failure } = await played("- { send: GET /v1/calls, expect: { status: 200 } }", bent);
    expect(failure?.message).toContain("departs from the OpenAPI document");
  });

  it("holds the ledger entry of a refusal against the case", async () => {
    const step = (id: string) => `- { send: GET /v1/calls, key: none, expect: { status: 401, behaviour: ${id} } }`;
    expect(await outcome(step("AUTH-004"))).toBe("passed");
    expect(await outcome(step("AUTH-005"))).toBe("failed");
  });

  it.each(["META", "EVO_GO"])("brings about a call in every state on %s", async (provider) => {
    const steps = [
      ["OUTBOUND", "INITIATED"],
      ["OUTBOUND", "RINGING"],
      ["OUTBOUND", "ACCEPTED"],
      ["OUTBOUND", "COMPLETED"],
      ["OUTBOUND", "REJECTED"],
      ["OUTBOUND", "FAILED"],
      ["INBOUND", "RINGING"],
      ["INBOUND", "ACCEPTED"],
      ["INBOUND", "COMPLETED"],
      ["INBOUND", "REJECTED"],
      ["INBOUND", "FAILED"],
      ["INBOUND", "MISSED"],
    ].map(
      ([direction, state], index) => `
- { call: { direction: ${direction}, state: ${state}, with: "+55119800000${10 + index}" } }
- { send: "GET /v1/calls/{callId}", expect: { status: 200, body: { status: ${state}, direction: ${direction} } } }`,
    );
    expect((await played(steps.join(""), undefined, provider)).failure).toBeNull();
  });

  it("says that a state can't be reached", async () => {
    const { failure } = await played("- { call: { direction: OUTBOUND, state: MISSED } }");
    expect(failure?.message).toContain("No OUTBOUND call can be MISSED");
  });

  it("CONF-020: lets so many of some requests win, and no other number", async () => {
    const race = (winners: number, code: string) => `
- { call: { direction: INBOUND, state: RINGING } }
- race: [{ send: "POST /v1/calls/{callId}/accept" }, { send: "POST /v1/calls/{callId}/accept" }]
  winners: ${winners}
  loser: { status: 400, code: ${code} }`;
    expect(await outcome(race(1, "INVALID_CALL_STATE"))).toBe("passed");
    expect(await outcome(race(2, "INVALID_CALL_STATE"))).toBe("failed");
    expect(await outcome(race(1, "CALL_NOT_FOUND"))).toBe("failed");
  });

  it("lets as many of some requests win as the order of them may", async () => {
    const race = (winners: string) => `
- { call: { direction: INBOUND, state: RINGING } }
- race: [{ send: "POST /v1/calls/{callId}/accept" }, { send: "POST /v1/calls/{callId}/terminate" }]
  winners: ${winners}
  loser: { status: 400, code: INVALID_CALL_STATE }`;
    expect(await outcome(race("[1, 2]"))).toBe("passed");
    expect(await outcome(race("[0, 0]"))).toBe("failed");
  });

  it("makes a body as long as it says", async () => {
    const sent = (bytes: number) =>
      `- { send: POST /v1/calls, body: {}, bytes: ${bytes}, expect: { status: 400, code: VALIDATION_ERROR } }`;
    expect(await outcome(sent(1_048_576))).toBe("passed");
    expect((await played(sent(1_048_577))).failure?.message).toContain("413 PAYLOAD_TOO_LARGE");
    expect((await played(sent(1))).failure?.message).toBe("The body is 1 bytes longer than the case says.");
  });

  it("knows each key, and the id of each", async () => {
    const steps = `
- send: GET /v1/calls
  key: none
  headers: { x-api-key: "{metaLowTierKey}", x-api-key-id: "{metaLowTierKeyId}" }
  expect: { status: 200 }`;
    expect((await played(steps)).failure).toBeNull();
    expect(await outcome(steps.replace("KeyId", "Key"))).toBe("failed");
  });

  it("makes one SDP of another, line by line", async () => {
    const sdp = (change: string) => `
- sdp: { as: mine, ${change} }
- { control: putContact, with: { phone: "{person}", permission: permanent } }
- send: POST /v1/calls
  body: { to: "{person}", sdp: "{mine}" }
  expect: { status: 201 }`;
    const on = async (change: string) => (await played(sdp(change), undefined, "META")).failure;
    expect(await on('insert: { "a=mid": ["a=x-mine:1"] }')).toBeNull();
    expect((await on('remove: ["a=fingerprint"]'))?.message).toContain("400 META_SDP_INVALID");
    expect((await on("lineEnd: LF"))?.message).toContain("400 META_SDP_INVALID");
    expect((await on('remove: ["a=nothing"]'))?.message).toContain('No line of the SDP begins with "a=nothing"');
  });

  it("can leave out the last line end of an SDP", async () => {
    const { failure } = await played(
      `
- sdp: { as: mine, trim: true }
- call: { direction: OUTBOUND, state: INITIATED, body: { sdp: "{mine}" } }
- { send: "GET /v1/calls/{callId}?includeSdp=1", expect: { status: 200, body: { sdpOffer: "{mine}" } } }
- { sdpLines: "{mine}", holds: { "a=rtpmap": ["a=rtpmap:111 opus/48000/2"] } }`,
      undefined,
      "META",
    );
    expect(failure).toBeNull();
  });

  it("finds the lines of an SDP by their beginning", async () => {
    const holds = async (lines: string) => outcome(`- { sdpLines: "{offer}", holds: { ${lines} } }`);
    expect(await holds('"a=setup": ["a=setup:active"], "a=ssrc": [], "": ["v=0", <rest>]')).toBe("passed");
    expect(await holds('"a=setup": ["a=setup:passive"]')).toBe("failed");
    expect(await holds('"a=setup": []')).toBe("failed");
    expect(await holds('"a=rtpmap": [<string>]')).toBe("failed");
    expect(await holds('"": ["s=-", <rest>]')).toBe("failed");
  });

  it("takes Meta's id of a call apart", async () => {
    const on = (direction: string, state: string, holds: string) =>
      played(
        `
- call: { direction: ${direction}, state: ${state} }
- { wacid: "{externalCallId}", holds: { ${holds} } }`,
        undefined,
        "META",
      );
    const parties = 'user: "{personDigits}", business: "{businessDigits}", id: <hexId>';
    expect((await on("OUTBOUND", "INITIATED", `${parties}, initiatedBy: business`)).failure).toBeNull();
    expect((await on("INBOUND", "RINGING", `${parties}, initiatedBy: user`)).failure).toBeNull();
    expect((await on("INBOUND", "RINGING", "initiatedBy: business")).failure?.mismatches).toEqual([
      { path: "initiatedBy", expected: '"business"', actual: '"user"' },
    ]);
    expect((await played("- { wacid: wacid.ABGG, holds: { user: <digits> } }")).failure?.message).toContain(
      "is not laid out as Meta's ids",
    );
  });

  it("fails when the sandbox refuses what the case asks of it", async () => {
    const { failure } = await played("- { control: getTimeline, with: { callId: call_nobody } }");
    expect(failure?.message).toContain("The sandbox refused");
  });
});

describe("a webhook in a case", () => {
  const subscribed = `
- send: POST /v1/webhooks
  body: { url: "{receiver}", name: case, events: ["call.ringing", "call.ended"] }
  expect: { status: 201 }
- { call: { direction: INBOUND, state: MISSED } }`;

  it("is awaited, and compared", async () => {
    expect(await outcome(`${subscribed}\n- { webhook: call.ringing, body: { direction: INBOUND } }`)).toBe("passed");
    expect(await outcome(`${subscribed}\n- { webhook: call.ringing, body: { direction: OUTBOUND } }`)).toBe("failed");
  });

  it("that must not come is looked for until everything due was sent", async () => {
    expect(await outcome(`${subscribed}\n- { webhook: call.ended, count: 0 }`)).toBe("passed");
    expect(await outcome(`${subscribed}\n- { webhook: call.ringing, count: 0 }`)).toBe("failed");
  });

  it("has its place in the order of all", async () => {
    expect(await outcome(`${subscribed}\n- { webhooks: [call.ringing] }`)).toBe("passed");
    expect(await outcome(`${subscribed}\n- { webhooks: [call.ringing]}\n- { webhooks: [] }`)).toBe("passed");
    expect(await outcome(`${subscribed}\n- { webhooks: [] }`)).toBe("failed");
  });

  it("is sent again when the receiver says no", async () => {
    const steps = `
- send: POST /v1/webhooks
  body: { url: "{receiver}", name: case, events: ["call.ringing"] }
  expect: { status: 201 }
- receiver: { answer: 503, times: 1 }
- { call: { direction: INBOUND, state: RINGING } }
- { webhook: call.ringing }
- advance: 2s
- { webhook: call.ringing, count: 2 }`;
    expect((await played(steps)).failure).toBeNull();
  });

  it("finds the receiver by its bare address, and its answer's headers have names filled in", async () => {
    const steps = `
- send: POST /v1/webhooks
  body: { url: "http://a:b@{receiverAddress}", name: case, events: ["call.ringing"] }
  expect: { status: 201 }
- { call: { direction: INBOUND, state: RINGING } }
- { webhook: call.ringing, headers: { authorization: Basic YTpi } }
- send: POST /v1/calls/{callId}/realtime-session
  expect: { status: 200 }
  capture: { seconds: expiresInSeconds }
- receiver: { answer: 503, times: 1, headers: { retry-after: "{seconds}" } }
- { call: { direction: INBOUND, state: RINGING, with: "+5511977776666" } }
- advance: 119s
- { webhook: call.ringing, count: 2 }
- advance: 1s
- { webhook: call.ringing, count: 3 }`;
    expect((await played(steps)).failure).toBeNull();
  });
});
