import { describe, expect, test } from "vitest";
import { apiOperations, type OperationSpec } from "../../spec/generated/operations.ts";
import { keys, offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";

const to = "+5511988887777";
const key = { "x-api-key": keys.evo };
const start = (sandbox: TestSandbox, body: unknown, contentType = "application/json") =>
  sandbox.request("POST", "/v1/calls", { headers: { ...key, "content-type": contentType }, body });

describe("content types", () => {
  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json", "json", ""])(
    "ROUTE-010: a body sent as %j is refused with 415",
    async (type) => {
      const answer = await start(testSandbox(), { to }, type);
      expect(answer).toMatchObject({
        status: 415,
        behaviour: "ROUTE-010",
        body: { code: "UNSUPPORTED_MEDIA_TYPE", error: expect.stringContaining("application/json") },
      });
    },
  );

  test.each([
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    "Application/JSON",
    "application/problem+json",
  ])("ROUTE-011: a body sent as %s is read", async (type) => {
    expect((await start(testSandbox(), { to }, type)).status).toBe(201);
  });
});

describe("JSON that is not what it should be", () => {
  test.each([
    "{",
    '{"to":',
    "{'to':'+5511988887777'}",
    '{"to":"a\nb"}',
    "to=+5511988887777",
    "undefined",
    "\u0000",
    '{"to":"x"}}',
  ])("ROUTE-012: %j is malformed, and the answer says so", async (body) => {
    const answer = await start(testSandbox(), body);
    expect(answer).toMatchObject({ status: 400, behaviour: "ROUTE-012", body: { code: "VALIDATION_ERROR" } });
    expect(answer.body.error).toMatch(/^The body is not well-formed JSON: /);
    expect(answer.body.details.issues).toEqual([{ path: "", message: expect.stringContaining("well-formed") }]);
  });

  test.each(["null", "5", '"text"', "true", "[1]", '[{"to":"+5511988887777"}]'])(
    "ROUTE-014: %s is no object, and refused",
    async (body) => {
      expect(await start(testSandbox(), body)).toMatchObject({
        status: 400,
        body: {
          code: "VALIDATION_ERROR",
          details: { issues: [{ path: "", message: expect.stringMatching(/^must be of type object, but was /) }] },
        },
      });
    },
  );

  test("ROUTE-013, ERR-005: every fault of a body is listed with its path", async () => {
    const answer = await testSandbox().api("meta", "POST", "/calls", {
      sdp: 5,
      sdpType: "answer",
      bizOpaqueCallbackData: [],
    });
    expect(answer).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" } });
    expect(answer.body.details.issues).toEqual([
      { path: "to", message: "to is required, and is missing" },
      { path: "sdp", message: "sdp must be of type string, but was 5" },
      { path: "sdpType", message: 'sdpType must be one of offer, but was "answer"' },
      { path: "bizOpaqueCallbackData", message: "bizOpaqueCallbackData must be of type string, null, but was a list" },
    ]);
  });

  test("ROUTE-013: a missing body is refused where one is needed", async () => {
    const answer = await testSandbox().request("POST", "/v1/calls", { headers: key });
    expect(answer).toMatchObject({ status: 400, behaviour: "ROUTE-013", body: { code: "VALIDATION_ERROR" } });
    expect(answer.body.error).toContain("to, sdp, sdpType, bizOpaqueCallbackData");
  });
});

describe("size", () => {
  const padded = (bytes: number) => {
    const body = JSON.stringify({ to, padding: "" });
    return body.replace('""', `"${"x".repeat(bytes - body.length)}"`);
  };

  test("ROUTE-015: a body of exactly 1 MiB is read, one byte more is a 413", async () => {
    const sandbox = testSandbox();
    expect((await start(sandbox, padded(1024 * 1024))).status).toBe(201);
    expect(await start(sandbox, padded(1024 * 1024 + 1))).toMatchObject({
      status: 413,
      behaviour: "ROUTE-015",
      body: { code: "PAYLOAD_TOO_LARGE" },
    });
  });

  const withBody: readonly OperationSpec[] = Object.values(apiOperations).filter(({ method }) => /^P/.test(method));
  test.each(withBody)(
    "ROUTE-015: $id answers 413, whether it takes a body or not",
    async ({ method, path, providers }) => {
      const answer = await testSandbox().request(method, path.replace(/\{\w+\}/, "call_1"), {
        headers: { "x-api-key": providers?.includes("META") === false ? keys.evo : keys.meta },
        body: "x".repeat(1024 * 1024 + 1),
      });
      expect(answer).toMatchObject({ status: 413, body: { code: "PAYLOAD_TOO_LARGE" } });
    },
  );

  test("ROUTE-015: bytes count, not characters", async () => {
    const body = JSON.stringify({ to, padding: "ü".repeat(600_000) });
    expect(body.length).toBeLessThan(1024 * 1024);
    expect((await start(testSandbox(), body)).status).toBe(413);
  });

  test("ROUTE-015: a stream that names no length is measured as it comes", async () => {
    const request = new Request("http://localhost/v1/calls", {
      method: "POST",
      headers: { ...key, "content-type": "application/json" },
      body: new Blob([padded(3 * 1024 * 1024)]).stream(),
      duplex: "half",
    });
    expect(request.headers.has("content-length")).toBe(false);
    const response = await testSandbox().app.request(request);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
  });
});

describe("what is let pass", () => {
  test.each(["{}", "[]", " [ ] ", "{ }"])("ROUTE-017: reject and terminate take %j as no body", async (body) => {
    const sandbox = testSandbox({ mode: "manual" });
    for (const action of ["reject", "terminate"]) {
      const call = await sandbox.control.createInboundCall({ to: "551140000002", from: to });
      const answer = await sandbox.api("evo", "POST", `/calls/${call.id}/${action}`, body);
      expect(answer).toMatchObject({ status: 200, body: { success: true, id: call.id } });
    }
  });

  test.each(["accept", "realtime-session"])("ROUTE-017: %s on EVO_GO takes {} and [] as no body", async (action) => {
    for (const body of ["{}", "[]"]) {
      const sandbox = testSandbox({ mode: "manual" });
      const call = await sandbox.control.createInboundCall({ to: "551140000002", from: to });
      expect((await sandbox.api("evo", "POST", `/calls/${call.id}/${action}`, body)).status).toBe(200);
    }
  });

  test("ROUTE-018: unknown fields are ignored", async () => {
    const sandbox = testSandbox();
    const body = {
      to: "+5511999999999",
      sdp: offer,
      messaging_product: "whatsapp",
      __proto__: { to: "x" },
      nested: { a: [1] },
    };
    const { body: started, status } = await sandbox.api("meta", "POST", "/calls", body);
    expect(status).toBe(201);
    const { body: call } = await sandbox.api("meta", "GET", `/calls/${started.id}`);
    expect(call).toMatchObject({ peerNumber: "5511999999999", bizOpaqueCallbackData: null });
  });

  test("ROUTE-018: but an unknown calling setting is refused", async () => {
    const answer = await testSandbox().api("meta", "PUT", "/calls/settings", { status: "ENABLED", ringtone: "loud" });
    expect(answer).toMatchObject({ status: 400, body: { details: { issues: [{ path: "ringtone" }] } } });
  });

  test("ROUTE-019: unknown query parameters are ignored", async () => {
    const sandbox = testSandbox();
    await sandbox.api("evo", "POST", "/calls", { to });
    const plain = await sandbox.api("evo", "GET", "/calls");
    const decorated = await sandbox.api("evo", "GET", "/calls?page=2&Limit=0&cursor=abc&_=1&limit[]=0");
    expect(decorated).toMatchObject({ status: 200, body: plain.body });
    expect(plain.body.calls).toHaveLength(1);
  });
});
