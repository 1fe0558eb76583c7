import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import { buffer } from "node:stream/consumers";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it, test } from "vitest";
import { listenHttp } from "../../../mock/doors/http.ts";
import { keys, testSandbox } from "../../support/sandbox.ts";
import { proxied, send, service } from "./stand.ts";

const json = ["Content-Type", "application/json"];
const evo = ["x-api-key", keys.evo];

/** The headers of the service that one request reached. */
async function arrived(path: string, headers: readonly string[], base = "") {
  let seen: IncomingMessage | null = null;
  const url = await service((request, response) => {
    seen = request;
    response.end("{}");
  });
  const { url: proxy } = await proxied(`${url}${base}`);
  await send(proxy, path, { headers });
  if (seen === null) throw new Error("Nothing arrived.");
  const { rawHeaders, url: target } = seen as IncomingMessage;
  return { rawHeaders, target, host: new URL(url).host };
}

test("PROXY-001: status, headers and body pass byte for byte, both ways, in order and case", async () => {
  const body = Buffer.from([0, 255, 13, 10, 128, 1]);
  let got = Buffer.alloc(0);
  const url = await service(async (request, response) => {
    got = await buffer(request);
    response.sendDate = false;
    response.writeHead(299, "Odd But Mine", ["X-Two", "a", "x-two", "b", "Set-Cookie", "c=1", "Set-Cookie", "d=2"]);
    response.end(body);
  });
  const { url: proxy } = await proxied(url);
  const answer = await send(proxy, "/v1/calls", { method: "POST", headers: ["X-Odd", "q", ...json], body });
  expect(got.equals(body)).toBe(true);
  expect(answer.status).toBe(299);
  expect(answer.rawHeaders.slice(0, 8)).toEqual(["X-Two", "a", "x-two", "b", "Set-Cookie", "c=1", "Set-Cookie", "d=2"]);
  expect(answer.headers.date).toBeUndefined();
  expect(answer.body.equals(body)).toBe(true);
});

describe("headers on their way to the service", () => {
  it("PROXY-002: lose those of one connection, those that Connection names included, and gain Via and the new Host", async () => {
    const headers = [
      "Connection",
      "X-Hop, keep-alive",
      "X-Hop",
      "1",
      "TE",
      "trailers",
      "Keep-Alive",
      "timeout=9",
      "Proxy-Authorization",
      "Basic cDp3",
      "X-End",
      "2",
    ];
    const { rawHeaders, host } = await arrived("/v1/calls", headers);
    const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
    expect(names.sort()).toEqual(["host", "via", "x-end"]);
    expect(rawHeaders[rawHeaders.indexOf("Host") + 1]).toBe(host);
  });

  it("PROXY-002: of the answer are dropped in the same way", async () => {
    const url = await service((_, response) => {
      response.writeHead(200, ["Connection", "X-Hop", "X-Hop", "1", "Proxy-Authenticate", "Basic", "X-End", "2"]);
      response.end();
    });
    const { headers } = await send((await proxied(url)).url, "/v1/calls");
    expect(headers).toMatchObject({ "x-end": "2" });
    expect(headers).not.toHaveProperty("x-hop");
    expect(headers).not.toHaveProperty("proxy-authenticate");
  });

  it("PROXY-002: hold no body where the client sent none", async () => {
    const { rawHeaders } = await arrived("/v1/calls", []);
    expect(rawHeaders.map((text) => text.toLowerCase())).not.toContain("transfer-encoding");
  });
});

test.each([
  ["", "/v1/calls?limit=1", "/v1/calls?limit=1"],
  ["/v1", "/v1/calls?limit=1", "/v1/calls?limit=1"],
  ["/v1/", "/api/v1/calls", "/v1/calls"],
  ["/api/v1", "/v1/calls", "/api/v1/calls"],
  ["/gateway", "/v1/calls", "/gateway/v1/calls"],
  ["/gateway/v1", "/_sandbox/health", "/gateway/_sandbox/health"],
  ["/v1", "/_sandbox/health", "/_sandbox/health"],
])("PROXY-003: with a target that ends in %j, %s goes to %s", async (base, asked, reached) => {
  expect((await arrived(asked, [], base)).target).toBe(reached);
});

describe("a compressed answer", () => {
  const text = JSON.stringify({ calls: [{ id: 5 }] });
  it.each([
    ["gzip", gzipSync(text)],
    ["br", brotliCompressSync(text)],
    ["deflate", deflateSync(text)],
    ["deflate", deflateRawSync(text)],
    ["zstd", zstdCompressSync(text)],
    ["gzip, br", brotliCompressSync(gzipSync(text))],
  ])("PROXY-004: in %s reaches the client as it is, and is judged decoded", async (coding, bytes) => {
    const url = await service((_, response) => {
      response.writeHead(200, ["Content-Type", "application/json", "Content-Encoding", coding]);
      response.end(bytes);
    });
    const { url: proxy, end, findings } = await proxied(url);
    const answer = await send(proxy, "/v1/calls");
    expect(answer.headers["content-encoding"]).toBe(coding);
    expect(answer.body.equals(bytes)).toBe(true);
    await end();
    expect(findings[0]?.departures).toMatchObject([{ path: expect.stringMatching(/^calls\[0\]\./) }]);
  });

  it("PROXY-004: that is broken is the service's departure; one that unpacks without end is not judged", async () => {
    const bodies = [Buffer.from("no gzip"), gzipSync(Buffer.alloc(9 * 1024 * 1024))];
    const url = await service((_, response) => {
      response.writeHead(200, ["Content-Type", "application/json", "Content-Encoding", "gzip"]);
      response.end(bodies.shift());
    });
    const { url: proxy, end, findings } = await proxied(url);
    await send(proxy, "/v1/calls");
    await send(proxy, "/v1/calls");
    await end();
    expect(findings[0]?.departures).toMatchObject([{ in: "response", message: expect.stringContaining("as gzip") }]);
    expect(findings[1]).toMatchObject({ departures: [], notJudged: expect.stringContaining("8 MiB") });
  });
});

test("PROXY-005: with a sandbox as the target, a client sees what it would see without the proxy", async () => {
  const door = await listenHttp(testSandbox(), { host: "127.0.0.1", port: 0, overrideGlobalObjects: false });
  try {
    const { url: proxy, end } = await proxied(`${door.url}/v1`);
    for (const path of ["/v1/calls", "/api/v1/calls?limit=0", "/v1/numbers", "/_sandbox/health", "/v1/nothing"]) {
      const [direct, through] = await Promise.all([
        send(door.url, path, { headers: evo }),
        send(proxy, path, { headers: evo }),
      ]);
      expect(through.status).toBe(direct.status);
      // Two requests are not made in the same second, nor answered with the same uptime.
      const stable = ({ date: _date, "content-length": _length, ...rest }: typeof direct.headers) => rest;
      expect(stable(through.headers)).toEqual(stable(direct.headers));
      if (path !== "/_sandbox/health") expect(through.body.toString()).toBe(direct.body.toString());
    }
    const started = await send(proxy, "/v1/calls", {
      method: "POST",
      headers: [...evo, ...json],
      body: '{"to":"+5511999999999"}',
    });
    expect(started.status).toBe(201);
    expect(await end()).toMatchObject({ requests: 5, passedThrough: 1, departures: { client: 2, service: 0 } });
  } finally {
    await door.close();
  }
});

test("PROXY-006: an answer reaches the client in parts, as the service sends them", async () => {
  let more = () => {};
  const url = await service((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"calls":');
    more = () => response.end("[]}");
  });
  const { url: proxy } = await proxied(url);
  const response = await fetch(`${proxy}/v1/calls`);
  const reader = response.body?.getReader();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('{"calls":');
  more();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("[]}");
});

test("PROXY-007: the service decides whether it wants the body, where the client asks first", async () => {
  const { url: proxy } = await proxied(await service((_, response) => response.end("{}")));
  const socket = connect(Number(new URL(proxy).port), "127.0.0.1");
  socket.setEncoding("utf8");
  socket.write(
    "POST /v1/calls HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n",
  );
  let text = "";
  for await (const part of socket) {
    text += String(part);
    if (text.endsWith("100 Continue\r\n\r\n")) socket.write("{}");
  }
  expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
});
