import { expect, test } from "vitest";
import { keys, testSandbox } from "../support/sandbox.ts";

const welcome = ["http://localhost:5173", "http://localhost", "http://127.0.0.1:3000", "https://localhost:8443"];
const foreign = ["https://evil.example", "http://localhost.evil.example", "http://localhost:80@evil.example", "null"];

test.each(welcome)("ROUTE-020: a preflight from %s is answered without a key", async (origin) => {
  const answer = await testSandbox().request("OPTIONS", "/v1/calls", {
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type,x-api-key",
    },
  });
  expect(answer.status).toBe(204);
  expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
  expect(answer.headers.get("access-control-allow-methods")).toContain("POST");
  expect(answer.headers.get("access-control-allow-headers")).toBe("content-type,x-api-key");
});

test.each(welcome)("ROUTE-020: answers and refusals to %s can be read by the page", async (origin) => {
  const sandbox = testSandbox();
  const good = await sandbox.request("GET", "/v1/calls", { headers: { origin, "x-api-key": keys.evo } });
  const refused = await sandbox.request("GET", "/v1/calls", { headers: { origin } });
  expect([good.status, refused.status]).toEqual([200, 401]);
  for (const { headers } of [good, refused]) {
    expect(headers.get("access-control-allow-origin")).toBe(origin);
    expect(headers.get("access-control-expose-headers")).toBe("x-sandbox-behaviour,x-sandbox-fault");
  }
});

test.each(foreign)("ROUTE-020: a page of %s is given no CORS header", async (origin) => {
  const sandbox = testSandbox();
  const preflight = await sandbox.request("OPTIONS", "/v1/calls", {
    headers: { origin, "access-control-request-method": "POST" },
  });
  const answer = await sandbox.request("GET", "/v1/calls", { headers: { origin, "x-api-key": keys.evo } });
  expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
  expect(answer.headers.get("access-control-allow-origin")).toBeNull();
});
