import { expect, expectTypeOf, test } from "vitest";
import { type Call, type CallsClient, type CallWithSdp, createCallsClient } from "../../../contracts/client/index.ts";
import { answer, callable, keys, offer, type TestSandbox, testSandbox } from "../../support/sandbox.ts";

function client(sandbox: TestSandbox, apiKey: string, baseUrl = "http://sandbox.test"): CallsClient {
  return createCallsClient({ baseUrl, apiKey, fetch: async (request) => sandbox.app.fetch(request) });
}

test("CLIENT-001: a META call from the probe to its end, by the names of the document's operations", async () => {
  const sandbox = testSandbox();
  const calls = client(sandbox, keys.meta);
  const probe = await calls.getCallPermission(callable);
  expect(probe.permission.status).toBe("temporary");
  expect(probe.actions.map(({ action_name }) => action_name)).toContain("start_call");
  const { id, status } = await calls.startCall({ to: callable, sdp: offer, sdpType: "offer" });
  expect(status).toBe("INITIATED");
  await sandbox.advance("PT2S");
  const call = await calls.getCall(id, { includeSdp: true });
  expect(call).toMatchObject({ status: "ACCEPTED", sdpOffer: offer, sdpAnswer: expect.stringMatching(/^v=0\r\n/) });
  expect(await calls.terminateCall(call.externalCallId)).toEqual({ success: true, id, status: "COMPLETED" });
});

test("CLIENT-001: an inbound META call is pre-accepted, accepted and rejected", async () => {
  const sandbox = testSandbox();
  const calls = client(sandbox, keys.meta);
  const ring = () => sandbox.control.createInboundCall({ to: "551140000001", from: "+5511988887777" });
  const first = await ring();
  expect(await calls.preAcceptCall(first.id, { sdp: answer })).toMatchObject({ status: "RINGING" });
  expect(await calls.acceptCall(first.id, { sdp: answer, sdpType: "answer" })).toMatchObject({ status: "ACCEPTED" });
  await calls.terminateCall(first.id);
  expect(await calls.rejectCall((await ring()).id)).toMatchObject({ status: "REJECTED" });
});

test("CLIENT-001: an EVO_GO call is played to and streamed to", async () => {
  const sandbox = testSandbox();
  const calls = client(sandbox, keys.evo);
  const { id } = await calls.startCall({ to: callable });
  await sandbox.advance("PT2S");
  const { wsUrl, expiresInSeconds } = await calls.createRealtimeSession(id);
  expect(wsUrl).toMatch(/^ws:.*token=/);
  expect(expiresInSeconds).toBe(120);
  expect(await calls.playAudio(id, { mediaUrl: "https://93.184.216.34/greeting.mp3" })).toMatchObject({ id });
});

test("CLIENT-001: settings, permission requests, numbers and webhooks", async () => {
  const calls = client(testSandbox(), keys.meta);
  expect(await calls.updateCallingSettings({ call_icon_visibility: "DISABLE_ALL" })).toEqual({ success: true });
  expect((await calls.getCallingSettings()).calling.call_icon_visibility).toBe("DISABLE_ALL");
  const asked = await calls.requestCallPermission({ to: "+5511977776666", text: "May we call?" });
  expect(asked.messageId).toMatch(/^wamid\./);
  const [number] = await calls.listNumbers();
  expect(await calls.getNumberStatus(number?.id ?? "")).toMatchObject({ state: "OPEN" });
  const body = { name: "crm", url: "http://127.0.0.1:9/hook", events: ["call.ended"] };
  const { id } = await calls.createWebhook(body);
  expect(await calls.updateWebhook(id, { active: false })).toMatchObject({ active: false });
  expect(await calls.getWebhook(id)).toMatchObject(body);
  expect((await calls.listWebhooks()).map((webhook) => webhook.id)).toEqual([id]);
  expect(await calls.listWebhookLogs(id, { limit: 10 })).toEqual([]);
  expect(await calls.deleteWebhook(id)).toEqual({ success: true });
});

test.for([
  "http://sandbox.test",
  "http://sandbox.test/",
  "http://sandbox.test/v1",
  "http://sandbox.test/v1/",
  "http://sandbox.test/api/v1",
  "http://sandbox.test/api",
])("CLIENT-003: the base URL may be %s", async (baseUrl) => {
  expect(await client(testSandbox(), keys.evo, baseUrl).listCalls()).toEqual({ calls: [] });
});

test("CLIENT-004: the id of a key opens the same door as the key", async () => {
  const sandbox = testSandbox();
  const fetch = async (request: Request) => sandbox.app.fetch(request);
  const calls = createCallsClient({ baseUrl: "http://sandbox.test", apiKeyId: "sandbox_evo", fetch });
  expect((await calls.startCall({ to: callable })).status).toBe("INITIATED");
});

test("CLIENT-005: eachCall goes through all pages, and asks for no page that nobody wants", async () => {
  const sandbox = testSandbox();
  const calls = client(sandbox, keys.evo);
  const started: string[] = [];
  for (let count = 0; count < 5; count++) started.unshift((await calls.startCall({ to: `+551197777000${count}` })).id);
  const seen: string[] = [];
  for await (const { id } of calls.eachCall({ limit: 2 })) seen.push(id);
  expect(seen).toEqual(started);
  const asked = async () => (await sandbox.control.listRequests({})).requests.filter((one) => one.method === "GET");
  // Two full pages, and one that isn't full and so is the last.
  expect(await asked()).toHaveLength(3);
  for await (const { id } of calls.eachCall({ limit: 2 })) if (id === started[0]) break;
  expect(await asked()).toHaveLength(4);
});

test("CLIENT-006: an id with a slash is escaped in the path", async () => {
  const asked: string[] = [];
  const fetch = async ({ url }: Request) => {
    asked.push(url);
    return Response.json({});
  };
  const calls = createCallsClient({ baseUrl: "http://sandbox.test", apiKey: "ps_x", fetch });
  await calls.getCall("wacid.a/b+c=");
  expect(asked).toEqual(["http://sandbox.test/v1/calls/wacid.a%2Fb%2Bc%3D"]);
});

test("CLIENT-007: http gives refusals as values, and its lists are lists", async () => {
  const { http } = client(testSandbox(), keys.evo);
  const { data } = await http.GET("/v1/calls");
  expect(data?.calls.map(({ id }) => id)).toEqual([]);
  const { error, response } = await http.GET("/v1/calls/{callId}", { params: { path: { callId: "call_none" } } });
  expect(error?.code).toBe("CALL_NOT_FOUND");
  expect(response.status).toBe(404);
});

test("the types tell what an operation takes and gives", () => {
  expectTypeOf<CallsClient["getCall"]>().toBeCallableWith("call_1");
  const calls = createCallsClient({
    baseUrl: "http://sandbox.test",
    apiKey: "ps_x",
    fetch: async () => Response.json({}),
  });
  expectTypeOf(calls.getCall("call_1")).resolves.toEqualTypeOf<Call>();
  expectTypeOf(calls.getCall("call_1", { includeSdp: true })).resolves.toEqualTypeOf<CallWithSdp>();
  // @ts-expect-error: whom to call is not optional
  expectTypeOf(calls.startCall).toBeCallableWith({ sdp: offer });
  // @ts-expect-error: one key, not two
  expect(() => createCallsClient({ baseUrl: "http://a.test", apiKey: "ps_x", apiKeyId: "x" })).toThrow("both");
});
