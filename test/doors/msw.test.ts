import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { listenHttp } from "../../mock/doors/http.ts";
import { handlersFor } from "../../mock/doors/msw.ts";
import { keys, testSandbox } from "../support/sandbox.ts";

const real = "https://pilotstatus.com.br";

/** What the sandbox does not answer must not reach the real service from a test. */
const elsewhere = http.all(`${real}/*`, () => new HttpResponse(null, { status: 418 }));

/** Lets this process's requests go to a sandbox instead of the network. */
function intercept(base?: string) {
  const sandbox = testSandbox();
  const server = setupServer(...handlersFor(sandbox, base), elsewhere);
  server.listen();
  onTestFinished(() => server.close());
  return sandbox;
}

/** A short life of a call, with refusals of several kinds, as a client sees it from outside. */
async function scenario(origin: string, advance: () => Promise<void>): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  const ask = async (method: string, path: string, body?: string, key: string | null = keys.evo) => {
    const response = await fetch(origin + path, {
      method,
      headers: {
        ...(key === null ? {} : { "x-api-key": key }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const names = ["content-type", "allow", "x-sandbox-behaviour"];
    seen.push([response.status, names.map((name) => response.headers.get(name)), text]);
    return JSON.parse(text);
  };
  const { id } = await ask("POST", "/v1/calls", JSON.stringify({ to: "+5511900000001", bizOpaqueCallbackData: "ü ✓" }));
  await ask("GET", `/api/v1/calls/${id}?includeSdp=1`);
  await advance();
  await ask("GET", "/v1/calls?limit=5");
  await ask("POST", `/v1/calls/${id}/terminate`);
  await ask("GET", "/v1/calls?limit=0");
  await ask("GET", "/v1/calls", undefined, null);
  await ask("GET", "/v1/calls/settings");
  await ask("DELETE", "/v1/calls");
  await ask("GET", "/v1/nothing");
  await ask("POST", "/v1/calls", "{");
  await ask("POST", "/v1/calls", JSON.stringify({ to: "nobody" }));
  await ask("GET", "/v1/numbers");
  return seen;
}

describe("the msw door", () => {
  test("ROUTE-021: gives byte for byte the answers of the HTTP door", async () => {
    const behindPort = testSandbox();
    const door = await listenHttp(behindPort, { host: "127.0.0.1", port: 0, overrideGlobalObjects: false });
    const overHttp = await scenario(door.url, () => behindPort.advance("PT10S"));
    await door.close();
    const intercepted = intercept();
    const overMsw = await scenario(real, () => intercepted.advance("PT10S"));
    expect(overMsw).toEqual(overHttp);
    expect(overMsw).toHaveLength(12);
  });

  test("ROUTE-021: answers under /v1 and /api/v1 of the real address, unknown paths included", async () => {
    intercept();
    for (const prefix of ["/v1", "/api/v1"]) {
      const list = await fetch(`${real}${prefix}/calls`, { headers: { "x-api-key": keys.meta } });
      expect(await list.json()).toEqual({ calls: [] });
      const nowhere = await fetch(`${real}${prefix}/nowhere`);
      expect(nowhere.status).toBe(404);
      expect(await nowhere.json()).toMatchObject({ code: "ROUTE_NOT_FOUND" });
    }
  });

  test.each(["https://calls.example", "https://calls.example/", "http://localhost:9999"])(
    "ROUTE-022: answers for %s when it is given that, and no longer for the real address",
    async (base) => {
      intercept(base);
      const list = await fetch(new URL("/v1/calls", base), { headers: { "x-api-key": keys.evo } });
      expect(await list.json()).toEqual({ calls: [] });
      expect((await fetch(`${real}/v1/calls`)).status).toBe(418);
    },
  );
});
