import { expect, test } from "vitest";
import { version } from "../../mock/version.ts";
import { specVersion } from "../../spec/generated/operations.ts";
import { testSandbox } from "../support/sandbox.ts";
import { ask, outcome, person } from "./requests.ts";

test("CTRL-001: the control API answers JSON under /_sandbox, refusals in the form of the Calls API", async () => {
  const sandbox = testSandbox();
  const refused = await sandbox.request("GET", "/_sandbox/worlds/nowhere");
  expect(refused.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(refused.body).toEqual({ error: expect.stringContaining("nowhere"), code: "WORLD_NOT_FOUND" });
  expect(refused.headers.get("x-sandbox-behaviour")).toBe("CTRL-003");
  expect((await sandbox.request("GET", "/v1/_sandbox/health")).status).toBe(404);
});

test("CTRL-002: health answers both versions and the uptime", async () => {
  const sandbox = testSandbox();
  const { status, body } = await sandbox.request("GET", "/_sandbox/health");
  expect(status).toBe(200);
  expect(body).toEqual({ version, specVersion, uptimeSeconds: expect.any(Number), worlds: 1 });
  const later = await sandbox.request("GET", "/_sandbox/health");
  expect(later.body.uptimeSeconds).toBeGreaterThanOrEqual(body.uptimeSeconds);
  expect(later.body.uptimeSeconds).toBeLessThan(60);
});

const everything = [
  ["GET", "", undefined],
  ["PATCH", "", { mode: "manual" }],
  ["DELETE", "", undefined],
  ["POST", "/reset", undefined],
  ["POST", "/numbers", { provider: "META", number: "+551140009999" }],
  ["PATCH", "/numbers/551140000001", { name: "x" }],
  ["POST", "/inbound-calls", { to: "551140000001", from: person }],
  ["POST", "/calls/latest/person", { action: "answer" }],
  ["PUT", "/contacts/5511988887777", {}],
  ["POST", "/contacts/5511988887777/permission-reply", { response: "accept" }],
  ["GET", "/clock", undefined],
  ["PUT", "/clock", { mode: "virtual" }],
  ["POST", "/clock/advance", { by: "PT1S" }],
  ["GET", "/requests", undefined],
  ["GET", "/calls/latest/timeline", undefined],
  ["GET", "/calls/latest/billing", undefined],
] as const;

test.each(everything)(
  "CTRL-003: %s %s of a world that doesn't exist is refused with 404",
  async (method, path, body) => {
    const sandbox = testSandbox();
    for (const w of ["nowhere", "Default", "constructor", "__proto__"]) {
      const refused = await sandbox.request(method, `/_sandbox/worlds/${w}${path}`, { body });
      expect(outcome(refused)).toBe("404 WORLD_NOT_FOUND");
    }
  },
);

test.each(["no-such-number", "551140000099", "num_01KWDFKD00M3TAN0MBER000009", "0", "latest"])(
  "CTRL-004: the number %s, which the world doesn't have, is refused with 404 NUMBER_NOT_FOUND",
  async (id) => {
    const sandbox = testSandbox();
    expect(outcome(await ask(sandbox, "PATCH", `/numbers/${id}`, { name: "x" }))).toBe("404 NUMBER_NOT_FOUND");
  },
);

test("CTRL-004: an inbound call and a permission reply on an unknown number are refused likewise", async () => {
  const sandbox = testSandbox();
  const inbound = await ask(sandbox, "POST", "/inbound-calls", { to: "+551140000099", from: person });
  expect(outcome(inbound)).toBe("404 NUMBER_NOT_FOUND");
  expect(inbound.body.error).toContain("+551140000001");
  const reply = { response: "reject", number: "+551140000099" };
  const refused = await ask(sandbox, "POST", "/contacts/5511988887777/permission-reply", reply);
  expect(outcome(refused)).toBe("404 NUMBER_NOT_FOUND");
});

const onCalls = [
  ["GET", "timeline", undefined],
  ["GET", "billing", undefined],
  ["POST", "person", { action: "answer" }],
] as const;

test.each(onCalls)(
  "CTRL-005: %s …/%s of a call that the world doesn't have is refused with 404",
  async (method, path, body) => {
    const sandbox = testSandbox();
    await sandbox.api("evo", "POST", "/calls", { to: person });
    for (const id of ["call_01KWDFKD00M3TAN0MBER000001", "newest", "0".repeat(32)]) {
      const refused = await ask(sandbox, method, `/calls/${id}/${path}`, body);
      expect(outcome(refused)).toBe("404 CALL_NOT_FOUND");
      expect(refused.behaviour).toBe("CTRL-005");
    }
  },
);

test("CTRL-006: latest stands for the newest call wherever a call id does", async () => {
  const sandbox = testSandbox();
  await sandbox.api("evo", "POST", "/calls", { to: person });
  const { body: newest } = await sandbox.api("evo", "POST", "/calls", { to: "+5511977776666" });
  await sandbox.advance("PT2S");
  expect((await ask(sandbox, "GET", "/calls/latest/timeline")).body.callId).toBe(newest.id);
  expect((await ask(sandbox, "GET", "/calls/latest/billing")).body.callId).toBe(newest.id);
  expect((await ask(sandbox, "GET", "/requests?callId=latest")).body.requests).toMatchObject([{ callId: newest.id }]);
  const acted = await ask(sandbox, "POST", "/calls/latest/person", { action: "hang-up" });
  expect(acted.body).toMatchObject({ id: newest.id, status: "COMPLETED" });
  const inbound = await sandbox.control.createInboundCall({ to: "551140000001", from: person });
  expect((await ask(sandbox, "GET", "/calls/latest/timeline")).body.callId).toBe(inbound.id);
});

test.each([...onCalls, ["GET", "requests", undefined] as const])(
  "CTRL-007: %s …/%s of the latest call of a world without calls is refused with 404 CALL_NOT_FOUND",
  async (method, path, body) => {
    const sandbox = testSandbox();
    const where = path === "requests" ? "/requests?callId=latest" : `/calls/latest/${path}`;
    const refused = await ask(sandbox, method, where, body);
    expect(outcome(refused)).toBe("404 CALL_NOT_FOUND");
    expect(refused.behaviour).toBe("CTRL-007");
  },
);

test("the id of either kind names a call", async () => {
  const sandbox = testSandbox();
  const { body } = await sandbox.api("evo", "POST", "/calls", { to: person });
  for (const id of [body.id, body.externalCallId])
    expect((await ask(sandbox, "GET", `/calls/${id}/timeline`)).body.callId).toBe(body.id);
});

test.each(["/_sandbox", "/_sandbox/", "/_sandbox/nothing", "/_sandbox/worlds/default/nothing", "/_sandbox/health/x"])(
  "CTRL-009: %s is refused with 404 ROUTE_NOT_FOUND",
  async (path) => {
    const sandbox = testSandbox();
    expect(outcome(await sandbox.request("GET", path))).toBe("404 ROUTE_NOT_FOUND");
  },
);

test.each([
  ["POST", "/health", "GET"],
  ["GET", "/worlds", "POST"],
  ["PUT", "/worlds/default", "GET, PATCH, DELETE"],
  ["GET", "/worlds/default/reset", "POST"],
  ["POST", "/worlds/default/contacts/5511988887777", "PUT"],
  ["DELETE", "/worlds/default/clock", "GET, PUT"],
])("CTRL-010: %s /_sandbox%s is refused with 405 METHOD_NOT_ALLOWED, which names %s", async (method, path, allowed) => {
  const sandbox = testSandbox();
  const refused = await sandbox.request(method, `/_sandbox${path}`);
  expect(outcome(refused)).toBe("405 METHOD_NOT_ALLOWED");
  expect(refused.headers.get("allow")?.split(", ").sort()).toEqual(allowed.split(", ").sort());
});
