import { describe, expect, it } from "vitest";
import type { CaseResult } from "../../../contracts/conformance/result.ts";
import { redacted } from "../../../contracts/conformance/result.ts";
import { type LiveTarget, liveTarget } from "../../../contracts/conformance/targets/live-target.ts";
import type { SentRequest } from "../../../contracts/exchange/exchange.ts";
import { redactor } from "../../../contracts/exchange/redact.ts";
import { sendInProcess } from "../../../contracts/http/send.ts";
import { testSandbox } from "../../support/sandbox.ts";
import { played } from "./stage.ts";

/** A sandbox that plays the live service, and what was sent to it. */
function live(options: Partial<LiveTarget> = {}) {
  const sandbox = testSandbox();
  const send = sendInProcess(sandbox.app);
  const sent: SentRequest[] = [];
  const target = liveTarget({
    send: (request) => {
      sent.push(request);
      return send(request);
    },
    keys: { meta: "ps_sandbox_meta", evo: "ps_sandbox_evo" },
    allowCalls: null,
    allowChanges: false,
    ...options,
  });
  return { sandbox, target, sent };
}

const list = "- { send: GET /v1/calls, expect: { status: 200 } }";
const start = '- { send: POST /v1/calls, body: { to: "{person}" }, expect: { status: 201 } }';
const ask =
  '- { send: POST /v1/calls/permissions/request, body: { to: "{person}", text: x }, expect: { status: 400 } }';
const settings = "- { send: PUT /v1/calls/settings, body: { status: ENABLED }, expect: { status: 200 } }";

describe("on a live service", () => {
  it("a case of requests alone is played", async () => {
    const { target, sent } = live();
    expect((await played(list, target)).outcome).toBe("passed");
    expect(sent).toHaveLength(1);
  });

  it.each([
    ["a person", "- { call: { direction: INBOUND, state: RINGING } }"],
    ["an outbound call that is answered", "- { call: { direction: OUTBOUND, state: ACCEPTED } }"],
    ["a clock that moves", "- { advance: 5s }"],
    ["the control API", "- { control: getClock }"],
    ["a call to a number of its own", '- { call: { direction: OUTBOUND, state: INITIATED, with: "+5511988887778" } }'],
    ["a start to a number of its own", start.replace("{person}", "+5511988887778")],
    [
      "a start to a number of its own that must be refused",
      start.replace("{person}", "+55 (11) 90013-8006").replace("201", "400"),
    ],
  ])("CONF-005: a case that needs %s is skipped, and says so", async (_, steps) => {
    const { target, sent } = live({ allowCalls: "5511900000001", allowChanges: true });
    const { outcome, skipped } = await played(steps, target);
    expect(outcome).toBe("skipped");
    expect(skipped).toContain("needs a person at the phone");
    expect(sent).toEqual([]);
  });

  it("CONF-005: a case that needs a receiver is skipped, and says so", async () => {
    const steps = '- { send: POST /v1/webhooks, body: { url: "{receiver}", name: x }, expect: { status: 400 } }';
    expect((await played(steps, live().target)).skipped).toContain("needs a receiver");
  });

  it("CONF-005: a case that needs a key which was not given is skipped, and names its option", async () => {
    const { target } = live({ keys: { meta: "ps_sandbox_meta" } });
    expect((await played(list, target)).skipped).toBe("needs --evo-key");
    expect((await played(list.replace("expect", "key: tenant, expect"), target)).skipped).toBe("needs --tenant-key");
  });

  it("CONF-005: a case that mentions a key which was not given is skipped, and names its option", async () => {
    const steps =
      '- { send: GET /v1/calls, key: none, headers: { x-api-key-id: "{otherKeyId}" }, expect: { status: 400 } }';
    expect((await played(steps, live().target)).skipped).toBe("needs --other-key");
    const { target } = live({ keys: { evo: "ps_sandbox_evo", other: "ps_sandbox_other" } });
    expect((await played(steps, target)).outcome).toBe("passed");
  });

  it("CONF-005: a case that opens a socket at the API is skipped where that has no address", async () => {
    const { outcome, skipped } = await played("- { socket: s, open: /v1/calls, refused: 426 }", live().target);
    expect([outcome, skipped]).toEqual(["skipped", "needs the API behind an address"]);
  });

  it.each([
    ["a call", start],
    ["a permission request, also where a refusal is expected", ask],
  ])("CONF-006: %s to a person is not sent unless --allow-calls names a phone", async (_, steps) => {
    const { target, sent } = live();
    expect((await played(steps, target)).skipped).toContain("--allow-calls");
    expect(sent).toEqual([]);
  });

  it("CONF-006: with --allow-calls that phone is called, and no other", async () => {
    const { target, sent } = live({ allowCalls: "5511977776666" });
    expect((await played(start, target)).outcome).toBe("passed");
    expect(sent[0]?.body).toContain("+5511977776666");
  });

  it("CONF-006: a call to a person who has not allowed it is no failure of the service", async () => {
    const { target } = live({ allowCalls: "5511977776666" });
    const placed = "- { call: { direction: OUTBOUND, state: INITIATED } }";
    const { outcome, skipped } = await played(placed, target, "META");
    expect([outcome, skipped]).toEqual(["skipped", expect.stringContaining("needs the permission of the person")]);
    expect((await played(placed, target, "EVO_GO")).outcome).toBe("passed");
  });

  it("CONF-009: a call that a case has placed is ended after it", async () => {
    const { target, sandbox } = live({ allowCalls: "5511977776666" });
    await played(start, target);
    const { body } = await sandbox.api("evo", "GET", "/calls");
    expect(body.calls).toEqual([expect.objectContaining({ status: "COMPLETED" })]);
  });

  it("CONF-009: a webhook that a case has made is removed after it, also when the case fails half-way", async () => {
    const { target, sandbox } = live({ allowChanges: true });
    const { outcome } = await played(
      `
- send: POST /v1/webhooks
  body: { url: "https://example.com/hook", name: case, events: ["*"] }
  expect: { status: 201 }
- { send: GET /v1/calls, expect: { status: 500 } }`,
      target,
    );
    expect(outcome).toBe("failed");
    expect((await sandbox.api("evo", "GET", "/webhooks")).body).toEqual([]);
  });

  it("CONF-006: nobody is called in a roundabout way either: the finished request counts", async () => {
    const { target, sandbox } = live({ allowCalls: "5511977776666", keys: { evo: "ps_sandbox_evo" } });
    await sandbox.api("evo", "POST", "/calls", { to: "+5511966665555" });
    const captured = `
- { send: GET /v1/calls, expect: { status: 200 }, capture: { peer: "calls[0].peerNumber" } }
- { send: POST /v1/calls, body: { to: "+{peer}" }, expect: { status: 201 } }`;
    const asText =
      '- { send: POST /v1/calls, headers: { content-type: application/json }, text: \'{"to":"+5511966665555"}\', expect: { status: 201 } }';
    for (const steps of [captured, asText]) {
      expect((await played(steps, target)).skipped).toContain("would ring a phone");
    }
    expect((await sandbox.api("evo", "GET", "/calls")).body.calls).toHaveLength(1);
  });

  it("CONF-026: a call that the case has not placed is not touched", async () => {
    const { target, sandbox } = live({ allowCalls: "5511977776666", allowChanges: true });
    const { id } = (await sandbox.api("evo", "POST", "/calls", { to: "+5511966665555" })).body;
    const steps = `
- { send: GET /v1/calls, expect: { status: 200 }, capture: { theirs: "calls[0].id" } }
- { send: "POST /v1/calls/{theirs}/terminate", expect: { status: 200 } }`;
    expect((await played(steps, target)).skipped).toContain("which was not made here");
    expect((await sandbox.api("evo", "GET", `/calls/${id}`)).body.endedAt).toBeNull();
    const own = `
- { send: POST /v1/calls, body: { to: "{person}" }, expect: { status: 201 }, capture: { mine: id } }
- { send: "POST /v1/calls/{mine}/terminate", expect: { status: 200 } }`;
    expect((await played(own, target)).failure).toBeNull();
  });

  it("CONF-009: what can't be taken back fails the case", async () => {
    const { sandbox } = live();
    const send = sendInProcess(sandbox.app);
    const broken = liveTarget({
      send: async (request) =>
        request.target.endsWith("/terminate") ? { status: 500, headers: {}, body: "{}" } : send(request),
      keys: { evo: "ps_sandbox_evo" },
      allowCalls: "5511977776666",
      allowChanges: false,
    });
    const { outcome, failure } = await played(start, broken);
    expect(outcome).toBe("failed");
    expect(failure?.message).toMatch(/Not everything could be taken back: POST .*terminate was answered 500/);
  });

  it("CONF-024: settings that a case has changed are put back after it, also when the case fails half-way", async () => {
    const { target, sandbox } = live({ allowChanges: true });
    const read = async () => (await sandbox.api("meta", "GET", "/calls/settings")).body;
    const before = await read();
    const change = "{ status: DISABLED, call_icon_visibility: DISABLE_ALL, callback_permission_status: DISABLED }";
    await played(
      `
- { send: PUT /v1/calls/settings, body: ${change}, expect: { status: 200 } }
- { send: GET /v1/calls/settings, expect: { status: 200, body: { calling: { status: DISABLED } } } }
- { send: GET /v1/calls, expect: { status: 500 } }`,
      target,
      "META",
    );
    const after = await read();
    expect(after.calling).toMatchObject(before.calling);
  });

  it("CONF-025: a case that needs what the account has used up is skipped, unless it is about that", async () => {
    const { target } = live({ allowCalls: "5511977776666" });
    const asked = (expected: string) => `
- { send: POST /v1/calls/permissions/request, body: { to: "{person}" }, expect: { status: 200 } }
- { send: POST /v1/calls/permissions/request, body: { to: "{person}" }, expect: { ${expected} } }`;
    const { outcome } = await played(asked("status: 400, code: META_CALL_PERMISSION_REQUEST_LIMIT"), target, "META");
    expect(outcome).toBe("passed");
    expect((await played(asked("status: 200"), target, "META")).skipped).toContain("needs a permission request");
  });

  it("CONF-007: nothing that changes the account is sent unless --allow-changes says so", async () => {
    const { target, sent } = live();
    expect((await played(settings, target, "META")).skipped).toContain("--allow-changes");
    expect(sent).toEqual([]);
    expect((await played(settings, live({ allowChanges: true }).target, "META")).outcome).toBe("passed");
  });

  it("a start that names a number but no key, or what is no number, is sent: nobody's phone can ring", async () => {
    const { target } = live();
    const keyless = '- { send: POST /v1/calls, key: none, body: { to: "+5511988887778" }, expect: { status: 401 } }';
    expect((await played(keyless, target)).outcome).toBe("passed");
    const invalid = '- { send: POST /v1/calls, body: { to: "12" }, expect: { status: 400 } }';
    expect((await played(invalid, target)).outcome).toBe("passed");
  });

  it("CONF-007: a change that must be refused is not sent either: a service that is wrong would change", async () => {
    const { target, sent } = live();
    const steps = "- { send: PUT /v1/calls/settings, body: { sip: {} }, expect: { status: 400 } }";
    expect((await played(steps, target, "META")).skipped).toContain("--allow-changes");
    expect(sent).toEqual([]);
  });

  it("the ledger entry in an answer, which only a sandbox gives, is not looked for", async () => {
    const steps = "- { send: GET /v1/calls/call_x, expect: { status: 404, behaviour: CALL-001 } }";
    expect((await played(steps, live().target)).outcome).toBe("passed");
  });

  it("CONF-010: a result holds no key and no phone number", async () => {
    const { target } = live({ allowCalls: "5511977776666" });
    const wrong = `${start.replace("201", "202")}`;
    const result: CaseResult = redacted(await played(wrong, target), redactor());
    const text = JSON.stringify(result);
    expect(result.outcome).toBe("failed");
    expect(text).toContain("x-api-key");
    expect(text).not.toMatch(/ps_sandbox|5511977776666/);
  });
});
