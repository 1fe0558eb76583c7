import { describe, expect, test } from "vitest";
import { apiOperations, type OperationSpec } from "../../spec/generated/operations.ts";
import { keys, testSandbox } from "../support/sandbox.ts";

const operations: readonly OperationSpec[] = Object.values(apiOperations);
const evo = { "x-api-key": keys.evo };

describe("where operations are", () => {
  test.each(operations)(
    "ROUTE-001, ROUTE-002: $method $path answers alike under /v1 and /api/v1",
    async (operation) => {
      const path = operation.path.replace("{callId}", "call_1").replace("{id}", "num_1");
      const ask = (prefix: string) =>
        testSandbox().request(operation.method, prefix + path, { headers: { "x-api-key": keys.meta } });
      const plain = await ask("");
      const prefixed = await ask("/api");
      expect(["ROUTE_NOT_FOUND", "METHOD_NOT_ALLOWED", "UNAUTHORIZED"]).not.toContain(plain.body.code);
      expect(prefixed).toMatchObject({ status: plain.status, body: plain.body, behaviour: plain.behaviour });
    },
  );

  test("ROUTE-002: a call that was started under /v1 is the same call under /api/v1", async () => {
    const sandbox = testSandbox();
    const { body: started } = await sandbox.api("evo", "POST", "/calls", { to: "+5511988887777" });
    const call = await sandbox.request("GET", `/api/v1/calls/${started.id}`, { headers: evo });
    expect(call.body).toMatchObject({ id: started.id, peerNumber: "5511988887777" });
  });

  test("ROUTE-006: settings and permissions are no call ids, whatever the method", async () => {
    const sandbox = testSandbox();
    const settings = await sandbox.api("meta", "GET", "/calls/settings");
    expect(settings.body.calling.status).toBe("ENABLED");
    const probe = await sandbox.api("meta", "GET", "/calls/permissions?to=5511999999999");
    expect(probe.body.permission.status).toBe("temporary");
    for (const path of ["/calls/settings", "/calls/permissions"]) {
      expect(await sandbox.api("meta", "DELETE", path)).toMatchObject({ status: 405 });
      expect(await sandbox.api("evo", "GET", path)).toMatchObject({ body: { code: "FEATURE_NOT_SUPPORTED" } });
    }
  });
});

describe("where nothing is", () => {
  const nowhere = [
    "/",
    "/v1",
    "/v1/",
    "/v1/calls/",
    "/v1//calls",
    "/V1/calls",
    "/v2/calls",
    "/v1/call",
    "/calls",
    "/api/calls",
    "/v1/calls/call_1/",
    "/v1/calls/call_1/accept/now",
    "/v1/messages",
    "/v1/%63alls-",
    `/${"a".repeat(9_000)}`,
  ];
  test.each(nowhere)("ROUTE-003, ROUTE-005: %s is a 404 in JSON, with and without a key", async (path) => {
    for (const headers of [evo, {}]) {
      const answer = await testSandbox().request("GET", path, { headers });
      expect(answer).toMatchObject({ status: 404, behaviour: "ROUTE-003", body: { code: "ROUTE_NOT_FOUND" } });
      expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
      expect(answer.body.error.length).toBeLessThan(500);
    }
  });

  test.each(["hold", "unhold", "transfer", "mute", "unmute", "renegotiate", "update", "dtmf"])(
    "CALL-066: there is no %s",
    async (action) => {
      const sandbox = testSandbox();
      const { body: started } = await sandbox.api("evo", "POST", "/calls", { to: "+5511988887777" });
      const answer = await sandbox.api("evo", "POST", `/calls/${started.id}/${action}`, {});
      expect(answer).toMatchObject({ status: 404, body: { code: "ROUTE_NOT_FOUND" } });
    },
  );

  const wrongMethods: readonly (readonly [string, string, string])[] = [
    ["DELETE", "/v1/calls", "GET, POST"],
    ["OPTIONS", "/v1/calls", "GET, POST"],
    ["POST", "/v1/calls/call_1", "GET"],
    ["PATCH", "/v1/calls/settings", "GET, PUT"],
    ["POST", "/v1/calls/permissions", "GET"],
    ["GET", "/v1/calls/permissions/request", "POST"],
    ["GET", "/v1/calls/call_1/accept", "POST"],
    ["PUT", "/v1/calls/call_1/pre-accept", "POST"],
    ["GET", "/v1/calls/call_1/reject", "POST"],
    ["DELETE", "/v1/calls/call_1/terminate", "POST"],
    ["GET", "/v1/calls/call_1/play", "POST"],
    ["GET", "/v1/calls/call_1/realtime-session", "POST"],
    ["POST", "/v1/numbers", "GET"],
    ["PUT", "/api/v1/numbers/num_1/status", "GET"],
    ["BREW", "/v1/calls", "GET, POST"],
  ];
  test.each(wrongMethods)("ROUTE-004, ROUTE-005: %s %s is a 405 that allows %s", async (method, path, allow) => {
    for (const headers of [evo, {}]) {
      const answer = await testSandbox().request(method, path, { headers });
      expect(answer).toMatchObject({ status: 405, behaviour: "ROUTE-004", body: { code: "METHOD_NOT_ALLOWED" } });
      expect(answer.headers.get("allow")).toBe(allow);
      expect(answer.body.error).toContain(method);
    }
  });
});

describe("call ids with tricks in them", () => {
  const tricks = [
    "..%2Fnumbers",
    "%2e%2e%2fsettings",
    "%2E%2E%2F%2E%2E%2F_sandbox%2Fhealth",
    "settings%2F",
    "a%2Fb",
    "a%5C..%5Cb",
    "%00",
    "a%0D%0Ax-injected:%201",
    "%7f",
    "%zz",
    "%E0%A4%A",
    "%ff",
    "__proto__",
    "constructor",
    "latest",
    "*",
    "null",
    "call_",
    "wacid.",
    "'%20OR%201=1--",
    "%F0%9F%93%9E",
    "x".repeat(5_000),
  ];
  test.each(tricks)("ROUTE-008: %s finds no call and reaches nothing else", async (id) => {
    const sandbox = testSandbox();
    await sandbox.api("evo", "POST", "/calls", { to: "+5511988887777" });
    for (const [method, path] of [
      ["GET", `/calls/${id}`],
      ["POST", `/calls/${id}/terminate`],
    ] as const) {
      const answer = await sandbox.api("evo", method, path);
      expect(answer).toMatchObject({ status: 404, behaviour: "CALL-007", body: { code: "CALL_NOT_FOUND" } });
      expect(answer.headers.get("x-injected")).toBeNull();
      expect(answer.body.error.length).toBeLessThan(400);
    }
  });

  test("ROUTE-009: dot segments, written out or encoded, are resolved before the route is looked up", async () => {
    const sandbox = testSandbox();
    for (const up of ["..", "%2e%2e", "%2E.", ".%2e"]) {
      expect(await sandbox.api("evo", "GET", `/calls/${up}`)).toMatchObject({ body: { code: "ROUTE_NOT_FOUND" } });
      const numbers = await sandbox.api("evo", "GET", `/calls/${up}/numbers`);
      expect(numbers).toMatchObject({ status: 200, body: [{ provider: "PILOT_STATUS" }] });
      const outside = await sandbox.request("GET", `/v1/calls/${up}/${up}/${up}/etc/passwd`, { headers: evo });
      expect(outside).toMatchObject({ status: 404, body: { code: "ROUTE_NOT_FOUND" } });
    }
    expect((await sandbox.api("evo", "GET", "/./calls")).body).toEqual({ calls: [] });
  });
});
