import { Agent, type IncomingMessage, type RequestOptions, request as sendRequest } from "node:http";
import { text } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { type HttpDoor, listenHttp } from "../../mock/doors/http.ts";
import { keys, testSandbox } from "../support/sandbox.ts";

const key = { "x-api-key": keys.evo };
const json = { ...key, "content-type": "application/json" };
const port = { host: "127.0.0.1", port: 0, overrideGlobalObjects: false };

async function open(): Promise<HttpDoor> {
  const door = await listenHttp(testSandbox(), port);
  onTestFinished(() => door.close());
  return door;
}

interface Raw {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  // biome-ignore lint/suspicious/noExplicitAny: a parsed answer in a test
  readonly body: any;
  /** The client's end of the connection. */
  readonly localPort: number | undefined;
}

/** A request that goes over the wire exactly as it is written here, path included. */
function send(door: HttpDoor, path: string, options: RequestOptions & { body?: string } = {}): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const { body, ...rest } = options;
    const sent = sendRequest({ host: "127.0.0.1", port: door.port, path, ...rest }, (response) => {
      const { localPort } = response.socket;
      text(response).then(
        (received) =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: received === "" ? null : JSON.parse(received),
            localPort,
          }),
        reject,
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

test("a first call through a real port", async () => {
  const door = await open();
  expect(door.url).toBe(`http://127.0.0.1:${door.port}`);
  const started = await fetch(`${door.url}/v1/calls`, {
    method: "POST",
    headers: json,
    body: JSON.stringify({ to: "+5511999999999" }),
  });
  expect(started.status).toBe(201);
  const { id } = (await started.json()) as { id: string };
  const call = await fetch(`${door.url}/api/v1/calls/${id}`, { headers: key });
  expect(await call.json()).toMatchObject({ id, status: "INITIATED", peerNumber: "5511999999999" });
});

describe("upgrades", () => {
  const websocket = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  };

  test.each(["/v1/calls", "/v1/calls/call_1/realtime-session", "/api/v1/calls", "/v1/nothing"])(
    "ROUTE-007: a WebSocket at %s is refused in JSON",
    async (path) => {
      const answer = await send(await open(), path, { headers: { ...key, ...websocket } });
      expect(answer.status).toBe(426);
      expect(answer.headers).toMatchObject({
        "content-type": "application/json; charset=utf-8",
        "x-sandbox-behaviour": "ROUTE-007",
      });
      expect(answer.body).toMatchObject({
        code: "UPGRADE_NOT_SUPPORTED",
        error: expect.stringContaining("realtime-session"),
      });
    },
  );

  test("ROUTE-007: a WebSocket client is told so, and the sandbox goes on", async () => {
    const door = await open();
    const opened = await new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${door.port}/v1/calls`);
      socket.addEventListener("open", () => resolve(true));
      socket.addEventListener("error", () => resolve(false));
    });
    expect(opened).toBe(false);
    expect((await send(door, "/v1/calls", { headers: key })).body).toEqual({ calls: [] });
  });

  test("an offer of HTTP/2, as Java's client makes with every request, is simply not taken", async () => {
    const headers = { ...key, connection: "Upgrade, HTTP2-Settings", upgrade: "h2c", "http2-settings": "AAEAAEAA" };
    const answer = await send(await open(), "/v1/calls", { headers });
    expect(answer).toMatchObject({ status: 200, body: { calls: [] } });
  });
});

describe("large bodies", () => {
  test.each([2, 5, 7.9])("ROUTE-015, ROUTE-016: %f MiB get a 413 and no broken connection", async (mebibytes) => {
    const door = await open();
    const body = "x".repeat(mebibytes * 1024 * 1024);
    const answer = await fetch(`${door.url}/v1/calls`, { method: "POST", headers: json, body });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
  });

  test("ROUTE-016: the same without a content length", async () => {
    const door = await open();
    const body = new Blob(["x".repeat(3 * 1024 * 1024)]).stream();
    const answer = await fetch(`${door.url}/v1/calls`, { method: "POST", headers: json, body, duplex: "half" });
    expect(answer.status).toBe(413);
  });

  test("an endless one harms nobody else", async () => {
    const door = await open();
    const body = "x".repeat(24 * 1024 * 1024);
    const outcome = await fetch(`${door.url}/v1/calls`, { method: "POST", headers: json, body }).then(
      ({ status }) => status,
      () => "broken",
    );
    expect([413, "broken"]).toContain(outcome);
    expect((await send(door, "/v1/calls", { headers: key })).status).toBe(200);
  });
});

describe("connections", () => {
  test("one connection outlives every refusal", async () => {
    const door = await open();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const post = { method: "POST", agent, headers: json };
    const unread = JSON.stringify({ to: "+5511999999999", padding: "x".repeat(200_000) });
    const answers = [
      await send(door, "/v1/nothing", { agent }),
      await send(door, "/v1/nothing", { ...post, body: unread }),
      await send(door, "/v1/calls", { agent }),
      await send(door, "/v1/calls", { ...post, headers: {}, body: unread }),
      await send(door, "/v1/calls", { ...post, method: "PUT", body: unread }),
      await send(door, "/v1/calls", { ...post, body: "{" }),
      await send(door, "/v1/calls", { ...post, headers: key, body: unread }),
      await send(door, "/v1/calls", { ...post, body: "x".repeat(2 * 1024 * 1024) }),
      await send(door, "/v1/calls", { ...post, body: unread }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 401, 401, 405, 400, 415, 413, 201]);
    expect(new Set(answers.map(({ localPort }) => localPort)).size).toBe(1);
  });

  test("closing lets a request that has begun finish", async () => {
    const sandbox = testSandbox();
    const door = await listenHttp(sandbox, port);
    const body = JSON.stringify({ to: "+5511999999999" });
    const status = new Promise((resolve, reject) => {
      const headers = { ...json, "content-length": body.length, expect: "100-continue" };
      const sent = sendRequest({ host: "127.0.0.1", port: door.port, path: "/v1/calls", method: "POST", headers });
      sent.on("response", (response) => resolve(response.resume().statusCode));
      sent.on("error", reject);
      // The server has the head of the request now, and half of it is still to come.
      sent.on("continue", () => {
        closing = door.close();
        sent.end(body);
      });
      sent.flushHeaders();
    });
    let closing: Promise<void> = Promise.reject(new Error("the request never began"));
    closing.catch(() => undefined);
    expect(await status).toBe(201);
    await closing;
    expect(sandbox.world.state.calls.size).toBe(1);
    await expect(send(door, "/v1/calls", { headers: key, agent: false })).rejects.toMatchObject({
      code: "ECONNREFUSED",
    });
  });

  test("a port that is taken is an error that says so", async () => {
    const { port: taken } = await open();
    await expect(listenHttp(testSandbox(), { ...port, port: taken })).rejects.toMatchObject({
      code: "EADDRINUSE",
      port: taken,
    });
  });
});

describe("what only a wire can carry", () => {
  test.each(["/v1/calls/../numbers", "/v1/calls/%2e%2e/numbers"])(
    "ROUTE-009: %s answers as /v1/numbers",
    async (path) => {
      const answer = await send(await open(), path, { headers: key });
      expect(answer).toMatchObject({ status: 200, body: [{ provider: "PILOT_STATUS" }] });
    },
  );

  test.each(["/v1/calls/..%2fnumbers", "/v1/calls/%00", "/v1/calls/%2e%2e%2f%2e%2e%2f_sandbox%2fhealth"])(
    "ROUTE-008: %s is a call that nobody knows",
    async (path) => {
      const answer = await send(await open(), path, { headers: key });
      expect(answer).toMatchObject({ status: 404, body: { code: "CALL_NOT_FOUND" } });
    },
  );

  test("AUTH-011: a key header sent twice with different values is refused", async () => {
    const headers = ["x-api-key", keys.evo, "x-api-key", keys.meta, "host", "127.0.0.1"];
    const answer = await send(await open(), "/v1/calls", { headers });
    expect(answer).toMatchObject({ status: 401, headers: { "x-sandbox-behaviour": "AUTH-011" } });
  });

  test("a HEAD request has the answer's status and no body", async () => {
    const answer = await send(await open(), "/v1/calls", { method: "HEAD", headers: key });
    expect(answer).toMatchObject({ status: 200, body: null });
  });
});
