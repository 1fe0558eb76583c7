import { expect, test } from "vitest";
import { answer, keys, testSandbox } from "../support/sandbox.ts";
import { ask, person } from "./requests.ts";

test("CTRL-037: the log holds every request with its answer, newest first", async () => {
  const sandbox = testSandbox();
  const { body: call } = await sandbox.api("evo", "POST", "/calls", { to: person, bizOpaqueCallbackData: "order 7" });
  await sandbox.advance("PT5S");
  await sandbox.request("GET", `/api/v1/calls/${call.externalCallId}?includeSdp=1`, {
    headers: { "x-api-key": keys.evo },
  });
  const { status, body } = await ask(sandbox, "GET", "/requests");
  expect(status).toBe(200);
  expect(body.requests).toMatchObject([
    {
      id: "req_1",
      at: "2026-01-01T00:00:05.000Z",
      method: "GET",
      path: `/api/v1/calls/${call.externalCallId}?includeSdp=1`,
      status: 200,
      operationId: "getCall",
      callId: call.id,
      requestBody: null,
      responseBody: { id: call.id, status: "ACCEPTED" },
      behaviour: null,
      violations: [],
    },
    {
      id: "req_0",
      at: "2026-01-01T00:00:00.000Z",
      operationId: "startCall",
      status: 201,
      callId: call.id,
      requestBody: { to: person, bizOpaqueCallbackData: "order 7" },
      responseBody: call,
    },
  ]);
});

test("CTRL-037: refused requests are in it, with the ledger entry behind the refusal", async () => {
  const sandbox = testSandbox();
  await sandbox.api("evo", "GET", "/calls/call_01KWDFKD00M3TAN0MBER000001");
  await sandbox.request("GET", "/v1/calls");
  const { requests } = await sandbox.control.listRequests();
  expect(requests).toMatchObject([
    { operationId: "listCalls", status: 401, behaviour: "AUTH-004", responseBody: { code: "UNAUTHORIZED" } },
    { operationId: "getCall", status: 404, behaviour: "CALL-007", responseBody: { code: "CALL_NOT_FOUND" } },
  ]);
  expect(requests.flatMap(({ violations }) => violations)).toEqual([]);
});

test.each([
  ["POST", "/calls", { to: 5 }, "to"],
  ["POST", "/calls", "{", ""],
  ["POST", "/calls", undefined, ""],
  ["GET", "/calls?limit=0", undefined, ""],
  ["GET", "/calls?before=never", undefined, ""],
  ["POST", "/calls/call_1/realtime-session", { mode: "shout" }, "mode"],
  ["GET", "/call", undefined, ""],
  ["DELETE", "/calls", undefined, ""],
])("CTRL-037: %s %s with %j is marked as breaking the specification at %j", async (method, path, body, where) => {
  const sandbox = testSandbox();
  const refused = await sandbox.api("evo", method, path, body);
  const [logged] = (await sandbox.control.listRequests()).requests;
  expect(logged).toMatchObject({ method, path: `/v1${path}`, status: refused.status, behaviour: refused.behaviour });
  expect(logged?.violations[0]).toEqual({ in: "request", path: where, message: expect.stringMatching(/\w+/) });
});

test("CTRL-037: a body that was no JSON is in the log as text", async () => {
  const sandbox = testSandbox();
  await sandbox.api("evo", "POST", "/calls", '{"to": oops');
  expect((await sandbox.control.listRequests()).requests[0]?.requestBody).toBe('{"to": oops');
});

test("CTRL-037: the log is read by its newest so-many, and by one call", async () => {
  const sandbox = testSandbox();
  const { body: first } = await sandbox.api("evo", "POST", "/calls", { to: person });
  const { body: second } = await sandbox.api("evo", "POST", "/calls", { to: person });
  await sandbox.api("evo", "POST", `/calls/${first.id}/accept`, { sdp: answer });
  const operations = async (query: string) =>
    (await ask(sandbox, "GET", `/requests?${query}`)).body.requests.map(
      ({ operationId, callId }: Record<string, string>) => `${operationId} ${callId}`,
    );
  expect(await operations("limit=1")).toEqual([`acceptCall ${first.id}`]);
  for (const id of [first.id, first.externalCallId])
    expect(await operations(`callId=${id}`)).toEqual([`acceptCall ${first.id}`, `startCall ${first.id}`]);
  expect(await operations(`callId=${second.id}&limit=5`)).toEqual([`startCall ${second.id}`]);
});

test("a path that nothing has is logged in the world of its key", async () => {
  const sandbox = testSandbox();
  const other = await sandbox.control.createWorld({ id: "other" });
  await sandbox.request("GET", "/v1/kalls?x=1", { headers: { "x-api-key": other.keys.evo } });
  expect((await sandbox.control.listRequests()).requests).toEqual([]);
  expect((await sandbox.control.listRequests({ w: "other" })).requests).toMatchObject([
    { path: "/v1/kalls?x=1", status: 404, operationId: null, responseBody: { code: "ROUTE_NOT_FOUND" } },
  ]);
});

test("CTRL-038: keys are shortened wherever they stand", async () => {
  const sandbox = testSandbox();
  const secret = "ps_live_0123456789abcdef";
  await sandbox.request("GET", `/v1/calls?key=${secret}`, { headers: { "x-api-key": secret } });
  await sandbox.request("POST", "/v1/calls", {
    headers: { "x-api-key": keys.evo },
    body: { to: person, note: secret },
  });
  await sandbox.request("GET", `/v1/nothing/${secret}`, { headers: { "x-api-key": secret } });
  const log = JSON.stringify(await sandbox.control.listRequests());
  expect(log).not.toContain(secret);
  for (const key of Object.values(keys)) expect(log).not.toContain(`${key} `);
  expect(log).toContain("ps_live…cdef");
  expect(log).toContain("ps_sand…meta");
});
