import { describe, expect, it } from "vitest";
import { interactionLines, junitCases, junitReport, verifyPacts } from "../../../contracts/provider/index.ts";
import { mismatchLine } from "../../../contracts/provider/report.ts";
import { handWritten, listCalls, pactPatience, verifying } from "./pacts.ts";

describe("verification against a fresh sandbox", { timeout: pactPatience }, () => {
  it("PACT-017, PACT-012: pacts of the specifications 2, 3 and 4 are verified, each interaction at the beginning", async () => {
    const result = await verifyPacts({ paths: [handWritten], timeoutMs: 10_000 });
    expect(result.interactions.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
    expect(result.passed).toBe(true);
    expect(new Set(result.pacts.map(({ version }) => version))).toEqual(new Set([2, 3, 4]));
    expect(result.interactions).toHaveLength(10);
    expect(result.outside).toEqual([]);
  });

  it("PACT-011, PACT-024: a mismatch has its path, what was expected and what was there, in a line and in JUnit", async () => {
    const { passed, interactions } = await verifying([
      { ...listCalls, description: "wrong", response: { status: 201, headers: { "x-none": "1" }, body: { more: 1 } } },
      listCalls,
      { ...listCalls, description: "wrong body", response: { status: 200, body: { more: 1 } } },
    ]);
    expect(passed).toBe(false);
    expect(interactions.map(({ outcome }) => outcome)).toEqual(["failed", "passed", "failed"]);
    expect(interactions.flatMap(interactionLines)).toEqual([
      expect.stringMatching(/^FAIL {5}a-consumer: wrong {2}\d+ ms$/),
      "           status: expected 201, was 200",
      '           header x-none: expected "1", was ',
      expect.stringMatching(/^PASS {5}a-consumer: a request for calls {2}\d+ ms$/),
      expect.stringMatching(/^FAIL {5}a-consumer: wrong body {2}\d+ ms$/),
      "           $.more: expected a value, was missing",
    ]);
    const xml = junitReport("verify", junitCases(interactions));
    expect(xml).toContain('tests="3" failures="2"');
    expect(xml).toMatch(/<testcase classname="a-consumer" name="wrong" time="[\d.]+">\s*<failure/);
    expect(xml).toMatch(/<testcase classname="a-consumer" name="a request for calls" time="[\d.]+"\/>/);
  });

  it("PACT-006, PACT-010: what the sandbox can't bring about or has not sent is told in its own words", async () => {
    const http = { ...listCalls, type: "Synchronous/HTTP", response: { status: 200 } };
    const contents = { content: { event: "call.ended" }, contentType: "application/json", encoded: false };
    const impossible = { name: "an outbound call that rings", params: { phone: "+5511900138006" } };
    const { interactions } = await verifying(
      [
        { ...http, description: "first", providerStates: [impossible] },
        { ...http, description: "second" },
        {
          type: "Asynchronous/Messages",
          description: "call.ended",
          contents,
          providerStates: [{ name: "a call rings" }],
        },
      ],
      {},
      "4.0",
    );
    const byDescription = new Map(interactions.map((each) => [each.description, each]));
    expect(byDescription.get("first")?.mismatches[0]?.message).toContain("can't be brought about: POST /v1/calls");
    expect(byDescription.get("second")?.outcome).toBe("passed");
    expect(byDescription.get("call.ended")?.mismatches[0]?.message).toContain("the sandbox sent no call.ended");
  });

  it("PACT-024: an error that was not expected is told in the sandbox's words, each with its own interaction", async () => {
    const impossible = { name: "an outbound call that rings", params: { phone: "+5511900138006" } };
    const withKey = (key: string) => ({ ...listCalls.request, headers: { "x-api-key": key } });
    const { interactions } = await verifying([
      { ...listCalls, description: "never made", providerStates: [impossible] },
      { ...listCalls, description: "expected", request: withKey("ps_nobody"), response: { status: 401 } },
      { ...listCalls, description: "wrong key", request: withKey("ps_wrong"), providerStates: [{ name: "no calls" }] },
      { ...listCalls, description: "wrong path", request: { ...listCalls.request, path: "/v1/cals" } },
      listCalls,
    ]);
    const reasons = new Map(interactions.map((each) => [each.description, each.mismatches.map(mismatchLine)]));
    expect(reasons.get("wrong key")).toEqual([
      "status: expected 200, was 401",
      expect.stringMatching(/^The sandbox answered UNAUTHORIZED: No key of this sandbox is "ps_wrong"/),
    ]);
    expect(reasons.get("wrong path")).toEqual([
      "status: expected 200, was 404",
      expect.stringMatching(/^The sandbox answered ROUTE_NOT_FOUND: There is nothing at \/v1\/cals/),
    ]);
    expect(reasons.get("expected")).toEqual([]);
    expect(reasons.get("a request for calls")).toEqual([]);
  });

  it("PACT-025: a value that none of the states provides is named before anything runs, with the nearest", async () => {
    const heard: string[] = [];
    const accept = (name: string) => ({
      description: `accept ${name}`,
      providerStates: [{ name: "a ringing inbound call", params: { provider: "EVO_GO" } }],
      request: {
        method: "POST",
        path: "/v1/calls/call_1/accept",
        headers: { "x-api-key": "ps_sandbox_evo" },
        generators: { path: { type: "ProviderState", expression: `/v1/calls/\${${name}}/accept` } },
      },
      response: { status: 200 },
    });
    const { warnings, interactions } = await verifying([accept("callid"), accept("callId")], {
      onWarnings: (all) => heard.push(...all),
    });
    expect(heard).toEqual([
      expect.stringMatching(
        /a\.json, "accept .*: none of its states provides \$\{callid\}, .* Did you mean callId\? They provide /,
      ),
    ]);
    expect(warnings).toEqual(heard);
    expect(interactions.map(({ outcome }) => outcome)).toEqual(["failed", "passed"]);
  });

  it("PACT-026: the parameters of states stand in the lines and in JUnit, and long ones are cut", async () => {
    const given = (params: object) => ({ ...listCalls, providerStates: [{ name: "a call rings", params }] });
    const { interactions } = await verifying([
      { ...given({ provider: "META", phone: "+5511999999999" }), description: "short", response: { status: 200 } },
      { ...given({ phone: `+55 11 99999-9999${" ".repeat(40)}` }), description: "long", response: { status: 200 } },
      { ...listCalls, providerStates: [{ name: "no calls" }] },
    ]);
    const titles = interactions.flatMap(interactionLines).map((line) => line.replace(/ {2}\d+ ms$/, ""));
    expect(titles).toEqual([
      "PASS     a-consumer: short (given a call rings {provider: META, phone: +5511999999999})",
      expect.stringMatching(/^PASS {5}a-consumer: long \(given a call rings \{phone: "\+55 11 99999-9999 +…\}\)$/),
      "PASS     a-consumer: a request for calls (given no calls)",
    ]);
    expect(junitReport("verify", junitCases(interactions))).toContain(
      'name="short (given a call rings {provider: META, phone: +5511999999999})"',
    );
  });

  it("PACT-012: what one interaction leaves behind the next one does not find", async () => {
    const switchOff = {
      description: "calling is switched off",
      request: {
        method: "PUT",
        path: "/v1/calls/settings",
        headers: { "x-api-key": "ps_sandbox_meta", "content-type": "application/json" },
        body: { status: "DISABLED" },
      },
      response: { status: 200 },
    };
    const read = {
      description: "the settings are read",
      request: { method: "GET", path: "/v1/calls/settings", headers: { "x-api-key": "ps_sandbox_meta" } },
      response: { status: 200, body: { calling: { status: "ENABLED" } } },
    };
    const { interactions } = await verifying([switchOff, read]);
    expect(interactions.map(({ outcome, mismatches }) => [outcome, mismatches])).toEqual([
      ["passed", []],
      ["passed", []],
    ]);
  });
});
