import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:net";
import { buffer } from "node:stream/consumers";
import { describe, expect, it, onTestFinished, test } from "vitest";
import { mostCapturedBytes } from "../../../contracts/proxy/capture.ts";
import { readTarget } from "../../../contracts/proxy/index.ts";
import { proxied, send, service } from "./stand.ts";

const json = { "content-type": "application/json" };

/** A service that says what a test writes, be it HTTP or not. */
async function wire(answer: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("a service that doesn't answer", () => {
  it("PROXY-008: in time is answered for with 504, which names the proxy and what to do", async () => {
    const url = await service(() => {});
    const { url: proxy, end, findings } = await proxied(url, { timeoutMs: 50 });
    const { status, body } = await send(proxy, "/v1/calls");
    expect(status).toBe(504);
    const { error, code } = JSON.parse(body.toString());
    expect(code).toBe("PROXY_TARGET_TIMEOUT");
    for (const part of ["calls-sandbox proxy:", url, "did not answer", "expected within 0.05 s", "--timeout"])
      expect(error).toContain(part);
    expect(await end()).toMatchObject({ departures: { client: 0, service: 1 } });
    expect(findings[0]?.departures).toMatchObject([
      { in: "response", message: expect.stringContaining("did not answer") },
    ]);
  });

  it("PROXY-008: to the end has its answer cut off, so that nobody takes it for whole", async () => {
    const url = await service((_, response) => void response.writeHead(200, json).write('{"calls":'));
    const { url: proxy, end } = await proxied(url, { timeoutMs: 50 });
    await expect(send(proxy, "/v1/calls")).rejects.toThrow("aborted");
    expect(await end()).toMatchObject({ departures: { service: 1 } });
  });

  it("PROXY-008: any more, after its client had been slow to read, is given up on as well", async () => {
    // More than the buffers on the way hold, and then nothing; the client reads when the wait is over that it made.
    const url = await service((_, response) => void response.writeHead(200, json).write(Buffer.alloc(30_000_000, " ")));
    const { url: proxy, end, findings } = await proxied(url, { timeoutMs: 100 });
    const socket = connect(Number(new URL(proxy).port), "127.0.0.1");
    socket.pause();
    socket.write("GET /v1/calls HTTP/1.1\r\nHost: x\r\n\r\n");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(findings).toEqual([]);
    await once(socket.resume(), "close");
    await end();
    expect(findings[0]?.departures).toMatchObject([
      { in: "response", message: expect.stringContaining("broke its answer off") },
    ]);
  });

  it("PROXY-009: because there is none is answered for with 502", async () => {
    const url = await wire("");
    const port = new URL(url).port;
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const nobody = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`;
    await new Promise((resolve) => closed.close(resolve));
    for (const [target, reason] of [
      [nobody, "ECONNREFUSED"],
      [`http://127.0.0.1:${port}`, "ECONNRESET"],
    ] as const) {
      const { url: proxy, end } = await proxied(target);
      const { status, headers, body } = await send(proxy, "/v1/calls", { method: "POST", body: "{}" });
      expect(status).toBe(502);
      expect(headers["content-type"]).toBe("application/json; charset=utf-8");
      expect(JSON.parse(body.toString())).toEqual({
        code: "PROXY_TARGET_UNREACHABLE",
        error: expect.stringContaining(reason),
      });
      expect(await end()).toMatchObject({ departures: { service: 1 } });
    }
  });

  it.each([
    "nonsense\r\n\r\n",
    "HTTP/1.1 042 What\r\ncontent-length: 0\r\n\r\n",
    `HTTP/1.1 200 OK\r\nx: ${"y".repeat(99_999)}\r\n\r\n`,
  ])("PROXY-009: in HTTP is answered for with 502, and the proxy lives on: %#", async (answer) => {
    const { url: proxy } = await proxied(await wire(answer));
    for (const _ of [1, 2]) {
      const { status, body } = await send(proxy, "/v1/calls");
      expect(status).toBe(502);
      expect(JSON.parse(body.toString())).toMatchObject({ code: "PROXY_TARGET_BROKEN" });
    }
  });

  it("PROXY-009: to the end is a departure, and the client's connection breaks too", async () => {
    const { url: proxy, end, findings } = await proxied(await wire("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"));
    await expect(send(proxy, "/v1/calls")).rejects.toThrow();
    await end();
    expect(findings[0]?.departures).toMatchObject([
      { in: "response", message: expect.stringContaining("broke its answer off") },
    ]);
  });
});

test("PROXY-010: a client that leaves ends its request at the service too", async () => {
  let reached: (request: IncomingMessage) => void = () => {};
  const seen = new Promise<IncomingMessage>((resolve) => {
    reached = resolve;
  });
  const { url: proxy, end, findings } = await proxied(await service(reached));
  const client = new AbortController();
  const asked = fetch(`${proxy}/v1/calls`, { signal: client.signal }).catch((error: Error) => error.name);
  const request = await seen;
  client.abort();
  expect(await asked).toBe("AbortError");
  await once(request.socket, "close");
  expect(await end()).toMatchObject({ departures: { client: 0, service: 0 } });
  expect(findings[0]).toMatchObject({ notJudged: "the client left before the end" });
});

test("PROXY-010: a client that leaves in the middle of its body does so too", async () => {
  let gone: Promise<unknown> | null = null;
  const url = await service((request, response) => {
    gone = once(response, "close");
    request.on("error", () => {}).resume();
  });
  const { url: proxy, end } = await proxied(url);
  const socket = connect(Number(new URL(proxy).port), "127.0.0.1");
  socket.write("POST /v1/calls HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
  while (gone === null) await new Promise((resolve) => setTimeout(resolve, 5));
  socket.destroy();
  await gone;
  await end();
});

describe("a Trailer that announces what never comes", () => {
  it("PROXY-002: from the client is not passed on, and the proxy lives on", async () => {
    const seen: (string | undefined)[] = [];
    const url = await service((request, response) => {
      seen.push(request.headers.trailer);
      response.end("{}");
    });
    const { url: proxy } = await proxied(url);
    for (const _ of [1, 2]) {
      const socket = connect(Number(new URL(proxy).port), "127.0.0.1");
      socket.write("GET /v1/calls HTTP/1.1\r\nHost: x\r\nTrailer: foo\r\nConnection: close\r\n\r\n");
      expect((await buffer(socket)).toString()).toMatch(/^HTTP\/1\.1 200 OK/);
    }
    expect(seen).toEqual([undefined, undefined]);
  });

  it("PROXY-002: from the service is not passed on, and its answer is", async () => {
    const url = await wire("HTTP/1.1 200 OK\r\nTrailer: foo\r\nContent-Length: 2\r\n\r\n{}");
    const { status, headers, body } = await send((await proxied(url)).url, "/v1/calls");
    expect([status, headers.trailer, body.toString()]).toEqual([200, undefined, "{}"]);
  });
});

describe("a flood", () => {
  const flood = Buffer.alloc(mostCapturedBytes + 1, "x");

  it("PROXY-011: of an answer passes whole, and is not kept", async () => {
    const url = await service((_, response) => void response.writeHead(200, json).end(flood));
    const { url: proxy, end, findings } = await proxied(url);
    expect((await send(proxy, "/v1/calls")).body.length).toBe(flood.length);
    await end();
    expect(findings[0]).toMatchObject({ exchange: null, departures: [], notJudged: expect.stringContaining("2 MiB") });
  });

  it("PROXY-011: of a request passes whole, and departs because it is too large", async () => {
    let length = 0;
    const url = await service(async (request, response) => {
      for await (const part of request) length += part.length;
      response.writeHead(413, json).end('{"error":"x","code":"PAYLOAD_TOO_LARGE"}');
    });
    const { url: proxy, end, findings } = await proxied(url);
    await send(proxy, "/v1/calls", { method: "POST", headers: ["Content-Type", "application/json"], body: flood });
    expect(length).toBe(flood.length);
    await end();
    expect(findings[0]?.departures).toMatchObject([{ in: "request", message: expect.stringContaining("larger than") }]);
  });

  it("PROXY-011: that the client doesn't read is held back at the service, and the wait is not the service's", async () => {
    let sent = 0;
    let isHeld = false;
    const url = await service((_, response) => {
      response.writeHead(200, json);
      const more = () => {
        while (!isHeld && sent < 1_000) {
          sent++;
          if (response.write(flood.subarray(0, 1_000_000)) === false) isHeld = true;
        }
      };
      response.on("drain", () => {
        isHeld = false;
        more();
      });
      more();
    });
    const { url: proxy, end, findings } = await proxied(url, { timeoutMs: 100 });
    const socket = connect(Number(new URL(proxy).port), "127.0.0.1");
    socket.pause();
    socket.write("GET /v1/calls HTTP/1.1\r\nHost: x\r\n\r\n");
    // Until nothing moves any more, for three times as long as the service may be silent.
    for (let before = -1, quiet = 0; quiet < 30; before = sent) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      quiet = sent > 0 && before === sent ? quiet + 1 : 0;
    }
    expect(sent).toBeLessThan(50);
    expect(findings).toEqual([]);
    socket.destroy();
    await end();
    expect(findings[0]).toMatchObject({ departures: [], notJudged: "the client left before the end" });
  });
});

describe("what the proxy doesn't pass on", () => {
  it("PROXY-013: a request that Node refuses to write is refused with 502, and the proxy lives on and ends", async () => {
    const target = { ...readTarget(await service((_, response) => response.end("{}"))), pathOf: () => "/v1/a b" };
    const { url: proxy, end } = await proxied(target);
    for (const _ of [1, 2]) {
      const { status, body } = await send(proxy, "/v1/calls", { method: "POST", body: "{}" });
      expect(status).toBe(502);
      expect(JSON.parse(body.toString())).toEqual({
        code: "PROXY_REQUEST_REFUSED",
        error: expect.stringContaining("unescaped characters"),
      });
    }
    const notJudged = { "the proxy could not send it on": 2 };
    expect(await end()).toMatchObject({ requests: 2, notJudged, departures: { client: 0, service: 0 } });
  });

  it("PROXY-012: a WebSocket is refused with the way to the right host", async () => {
    const { url: proxy } = await proxied(await service((_, response) => response.end("{}")));
    const headers = ["Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="];
    const { status, body } = await send(proxy, "/v1/calls", { headers });
    expect(status).toBe(426);
    expect(JSON.parse(body.toString())).toEqual({
      code: "UPGRADE_NOT_SUPPORTED",
      error: expect.stringContaining("wsUrl"),
    });
  });

  it("PROXY-013: a request for another host, as to an HTTP proxy, is refused", async () => {
    let count = 0;
    const { url: proxy } = await proxied(await service((_, response) => response.end(String(++count))));
    const { status } = await send(proxy, "http://example.com/v1/calls");
    expect([status, count]).toEqual([400, 0]);
  });

  it("PROXY-013: a request that comes back to its own proxy is refused", async () => {
    // The service sends everything on to the proxy that stands before it.
    let front = "";
    const url = await service(async (request, response) => {
      const { status, body } = await send(front, request.url ?? "/", { headers: request.rawHeaders });
      response.writeHead(status, json).end(body);
    });
    const { url: proxy } = await proxied(url);
    front = proxy;
    const { status, body } = await send(proxy, "/v1/calls");
    expect(status).toBe(508);
    expect(JSON.parse(body.toString())).toMatchObject({ code: "PROXY_LOOP" });
  });
});
