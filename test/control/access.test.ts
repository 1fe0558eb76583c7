import { expect, test } from "vitest";
import { type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { outcome } from "./requests.ts";

const health = (sandbox: TestSandbox, headers: Record<string, string>) =>
  sandbox.request("GET", "/_sandbox/health", { headers });

test.each([
  { origin: "https://evil.example" },
  { origin: "http://localhost.evil.example" },
  { origin: "http://evil.example:4010" },
  { origin: "null" },
  { "sec-fetch-site": "cross-site" },
  { origin: "https://evil.example", "sec-fetch-site": "same-origin" },
])("CTRL-042: a browser's request with %j is refused with 403 CROSS_SITE_REFUSED", async (headers) => {
  const sandbox = testSandbox();
  const refused = await health(sandbox, headers);
  expect(outcome(refused)).toBe("403 CROSS_SITE_REFUSED");
  expect(refused.headers.get("access-control-allow-origin")).toBeNull();
});

test("CTRL-042: a refused request changes nothing", async () => {
  const sandbox = testSandbox();
  const headers = { origin: "https://evil.example", "content-type": "text/plain" };
  await sandbox.request("POST", "/_sandbox/worlds/default/reset", { headers });
  const deleted = await sandbox.request("POST", "/_sandbox/worlds", { headers, body: { id: "evil" } });
  expect(outcome(deleted)).toBe("403 CROSS_SITE_REFUSED");
  expect((await sandbox.control.getHealth()).worlds).toBe(1);
});

test.each(["http://localhost", "http://localhost:3000", "http://localhost:5173"])(
  "CTRL-042: a page of %s is welcome, preflight included",
  async (origin) => {
    const sandbox = testSandbox();
    const welcome = await health(sandbox, { origin, "sec-fetch-site": "cross-site" });
    expect(welcome.status).toBe(200);
    expect(welcome.headers.get("access-control-allow-origin")).toBe(origin);
    const preflight = await sandbox.request("OPTIONS", "/_sandbox/worlds", {
      headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type" },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe(origin);
  },
);

test.each(["evil.example", "evil.example:4010", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1:4010"])(
  "CTRL-043: the Host %s is refused with 403 FOREIGN_HOST_REFUSED",
  async (host) => {
    expect(outcome(await health(testSandbox(), { host }))).toBe("403 FOREIGN_HOST_REFUSED");
  },
);

test.each(["localhost", "LOCALHOST:4010", "127.0.0.1:4010", "127.0.0.1", "[::1]:4010", "[::1]"])(
  "CTRL-043, CTRL-045: the Host %s is fine, without a token",
  async (host) => {
    expect((await health(testSandbox(), { host })).status).toBe(200);
  },
);

const token = "a-token-of-a-test";

test.each([
  ["none", {}],
  ["another", { authorization: "Bearer another" }],
  ["the right one in a wrong scheme", { authorization: `Basic ${token}` }],
  ["the right one without a scheme", { authorization: token }],
  ["a longer one", { authorization: `Bearer ${token}x` }],
  ["none, from a local page", { origin: "http://localhost:3000" }],
])("CTRL-044: with a token set, %s is refused with 401 CONTROL_TOKEN_REQUIRED", async (_what, headers) => {
  const sandbox = testSandbox({ controlToken: token });
  expect(outcome(await health(sandbox, headers))).toBe("401 CONTROL_TOKEN_REQUIRED");
  const created = await sandbox.request("POST", "/_sandbox/worlds", { headers, body: {} });
  expect(outcome(created)).toBe("401 CONTROL_TOKEN_REQUIRED");
  expect((await sandbox.control.getHealth()).worlds).toBe(1);
});

test("CTRL-044: the right token opens the control API, under whichever name the machine has", async () => {
  const sandbox = testSandbox({ controlToken: token });
  const answer = await health(sandbox, { authorization: `Bearer ${token}`, host: "sandbox.internal:4010" });
  expect(answer.status).toBe(200);
});

test("the Calls API asks for no token and takes any Host", async () => {
  const sandbox = testSandbox({ controlToken: token });
  const headers = { "x-api-key": "ps_sandbox_evo", host: "sandbox.internal" };
  expect((await sandbox.request("GET", "/v1/calls", { headers })).status).toBe(200);
});
