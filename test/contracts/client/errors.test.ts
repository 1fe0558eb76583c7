import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import {
  CallsApiError,
  type CallsClientOptions,
  createCallsClient,
  type ErrorCode,
} from "../../../contracts/client/index.ts";
import { keys, offer, testSandbox } from "../../support/sandbox.ts";

/** What a promise is rejected with, if that is a CallsApiError. */
async function failure(promise: Promise<unknown>): Promise<CallsApiError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CallsApiError)) throw new Error(`no CallsApiError, but ${String(error)}`);
  return error;
}

const answering = (response: () => Response | Promise<Response>, more: Partial<CallsClientOptions> = {}) =>
  createCallsClient({
    baseUrl: "http://a.test/v1",
    apiKey: "ps_x",
    fetch: async () => response(),
    ...more,
  } as CallsClientOptions);

test("CLIENT-008: a refusal is one error with status, code, details, the ledger entry and the API's own text", async () => {
  const sandbox = testSandbox();
  const fetch = async (request: Request) => sandbox.app.fetch(request);
  const calls = createCallsClient({ baseUrl: "http://sandbox.test", apiKey: keys.meta, fetch });
  const error = await failure(calls.startCall({ to: "+5511977776666", sdp: offer }));
  expect(error).toMatchObject({
    name: "CallsApiError",
    request: "POST /v1/calls",
    status: 400,
    code: "META_CALL_PERMISSION_REQUIRED",
    details: { meta: { code: 138006 } },
    behaviour: expect.stringMatching(/^META-/),
  });
  expect(error.message).toMatch(
    /^POST \/v1\/calls failed with 400 META_CALL_PERMISSION_REQUIRED\. \+5511977776666 has not allowed/,
  );
  const code: ErrorCode = "CALL_NOT_FOUND";
  expect(await failure(calls.getCall("call_none"))).toMatchObject({ status: 404, code, details: null });
});

test("CLIENT-009: a code that the document doesn't list comes through", async () => {
  const calls = answering(() => Response.json({ error: "Pay first.", code: "PLAN_EXHAUSTED" }, { status: 402 }));
  expect(await failure(calls.listCalls())).toMatchObject({ status: 402, code: "PLAN_EXHAUSTED", behaviour: null });
});

test.for([
  ["a page", () => new Response("<h1>Bad gateway</h1>", { status: 502 })],
  ["nothing", () => new Response(null, { status: 502 })],
  ["a list", () => Response.json(["no"], { status: 502 })],
] as const)("CLIENT-010: a refusal that is %s has its status, no code, and says what came", async ([, response]) => {
  const error = await failure(answering(response).listCalls());
  expect(error).toMatchObject({ status: 502, code: null, details: null });
  expect(error.message).toMatch(
    /^GET \/v1\/calls failed with 502\. The answer was no error of this API: .+ Check what baseUrl/,
  );
});

test("CLIENT-011: a success that is no JSON is an error that shows what came", async () => {
  const page = () => new Response("<title>Welcome</title>", { headers: { "content-type": "text/html" } });
  const error = await failure(answering(page).listCalls());
  expect(error).toMatchObject({ status: 200, code: null });
  expect(error.message).toContain('(text/html): "<title>Welcome</title>". Check that baseUrl');
  expect((await failure(answering(() => new Response(null)).listCalls())).message).toContain("nothing");
});

test("CLIENT-012: no answer is an error without a status that names the address, and warns before a repetition", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const error = await failure(createCallsClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: "ps_x" }).listCalls());
  expect(error).toMatchObject({ status: null, code: null });
  expect(error.message).toContain(`got no answer from http://127.0.0.1:${port}: connect ECONNREFUSED`);
  expect(error.message).toContain("Before you repeat a POST");
});

test("CLIENT-012: an answer that breaks off or never comes is no answer", async () => {
  const server = createServer((request, response) => {
    if (request.url !== "/v1/numbers") return;
    response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
    response.write("[", () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const calls = createCallsClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: "ps_x", timeoutMs: 100 });
  expect(await failure(calls.listNumbers())).toMatchObject({ status: null });
  expect((await failure(calls.listCalls())).message).toContain("none came within 100 ms");
});

test("CLIENT-013: a request that its caller aborts fails with the caller's reason", async () => {
  const calls = answering(() => Promise.reject(new TypeError("fetch failed")));
  const reason = new Error("the user left the page");
  await expect(calls.http.GET("/v1/calls", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test.for([
  [{ baseUrl: "pilotstatus.com.br", apiKey: "ps_x" }, 'but was "pilotstatus.com.br"'],
  [{ baseUrl: "ftp://a.test", apiKey: "ps_x" }, "http:// or https://"],
  [{ baseUrl: "http://a.test/?x=1", apiKey: "ps_x" }, "without a query"],
  [{ baseUrl: "http://a.test" }, "there was none"],
  [{ baseUrl: "http://a.test", apiKey: "" }, "an empty one"],
  [{ baseUrl: "http://a.test", apiKey: "ps_secret\n" }, "no header takes"],
  [{ baseUrl: "http://a.test", apiKey: "ps_x", timeoutMs: 0 }, "above 0, but was 0"],
] as const)("CLIENT-014: options that can't be right are refused at once: %j", ([options, text]) => {
  const make = () => createCallsClient(options as CallsClientOptions);
  expect(make).toThrow(TypeError);
  expect(make).toThrow(text);
  expect(make).not.toThrow("ps_secret");
});

test.each([2 ** 31, 3e9, Number.NaN, 0])(
  "CLIENT-008: a timeout of %d ms, which no timer keeps, is refused",
  (timeoutMs) => {
    expect(() => answering(() => new Response("{}"), { timeoutMs })).toThrow("at most 2147483647");
  },
);
