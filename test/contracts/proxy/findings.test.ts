import { expect, test } from "vitest";
import { proxied, send, service } from "./stand.ts";

const json = { "content-type": "application/json" };
const sent = ["Content-Type", "application/json"];

test("PROXY-014: a refusal that is as it should be is the client's departure, and only once", async () => {
  const refusal = JSON.stringify({
    error: "The body is not valid",
    code: "VALIDATION_ERROR",
    details: { issues: [{ path: "to", message: "to is required" }] },
  });
  const { url, end, findings } = await proxied(
    await service((_, response) => response.writeHead(400, json).end(refusal)),
  );
  await send(url, "/v1/calls", { method: "POST", headers: sent, body: "{}" });
  expect(await end()).toMatchObject({ requests: 1, departures: { client: 1, service: 0 } });
  expect(findings[0]).toMatchObject({ operation: "startCall", departures: [{ in: "request", path: "to" }] });
});

test("PROXY-015: departures are counted by side, operation and place, whichever item of a list they are in", async () => {
  const item = { id: "call_01KWM7WSC06Z4T8QK2N5W7RXDH", status: "INITIATED" };
  const answers = [{ calls: [{}] }, { calls: [{}, item] }, { calls: 5 }];
  const url = await service((_, response) => void response.writeHead(200, json).end(JSON.stringify(answers.shift())));
  const { url: proxy, end } = await proxied(url);
  for (const _ of [1, 2, 3]) await send(proxy, "/v1/calls");
  const { departures, places } = await end();
  expect(departures).toEqual({ client: 0, service: 3 });
  expect(places).toMatchObject([
    { in: "service", operation: "listCalls", path: "calls[].id", count: 2, message: "is required, and is missing" },
    { in: "service", operation: "listCalls", path: "calls", count: 1 },
  ]);
});

test("PROXY-016: what is logged and kept holds no key and no phone number", async () => {
  const url = await service((_, response) =>
    response.writeHead(400, json).end('{"error":"+5511987654321 is not allowed","code":"NONSENSE"}'),
  );
  const { url: proxy, end, findings } = await proxied(url);
  await send(proxy, "/v1/calls/permissions?to=%2B5511987654321&to=5511987654321", {
    headers: ["x-api-key", "ps_live_7Q"],
  });
  const summary = await end();
  expect(findings[0]?.departures.map((departure) => departure.in)).toEqual(["request", "response"]);
  expect(JSON.stringify([findings, summary])).not.toMatch(/987654321|live_7Q/);
  expect(findings[0]?.exchange?.request.headers["x-api-key"]).toBe("redacted");
});

test("PROXY-016: a key that an answer repeats is in no departure either", async () => {
  const url = await service((_, response) =>
    response.writeHead(400, json).end('{"error":"no such key","code":"LIVEnoPrefix123"}'),
  );
  const { url: proxy, end, findings } = await proxied(url);
  await send(proxy, "/v1/calls", { headers: ["X-Api-Key", "LIVEnoPrefix123"] });
  const summary = await end();
  expect(findings[0]?.departures).toMatchObject([{ path: "code", message: expect.stringContaining("redacted") }]);
  expect(JSON.stringify([findings, summary])).not.toContain("LIVEnoPrefix123");
});

test("PROXY-006: the client has its answers however long the judge takes", async () => {
  const url = await service((_, response) => response.writeHead(200, json).end('{"calls":[]}'));
  let release = () => {};
  const judging = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { url: proxy, end, findings } = await proxied(url, { judging });
  for (const _ of [1, 2, 3]) expect((await send(proxy, "/v1/calls")).status).toBe(200);
  expect(findings).toHaveLength(0);
  release();
  expect(await end()).toMatchObject({ requests: 3 });
  expect(findings).toHaveLength(3);
});
