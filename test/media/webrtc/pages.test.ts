import { expect, onTestFinished, test } from "vitest";
import { listenHttp } from "../../../mock/doors/http.ts";
import { testSandbox } from "../../support/sandbox.ts";

async function page(path: string, init: RequestInit = {}): Promise<Response> {
  const door = await listenHttp(testSandbox(), { host: "127.0.0.1", port: 0, overrideGlobalObjects: false });
  onTestFinished(() => door.close());
  return fetch(`${door.url}${path}`, init);
}

test.each([
  ["/examples/softphone", "text/html; charset=utf-8", "<title>Softphone"],
  ["/examples/softphone/", "text/html; charset=utf-8", "<title>Softphone"],
  ["/examples/softphone/softphone.js", "text/javascript; charset=utf-8", "placeCall"],
  ["/examples/softphone/page.js", "text/javascript; charset=utf-8", "./softphone.js"],
  ["/examples/softphone/softphone.css", "text/css; charset=utf-8", ".card {"],
])("the softphone comes from the sandbox itself: %s", async (path, type, text) => {
  const response = await page(path);
  expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
  expect(await response.text()).toContain(text);
});

test.each([
  ["/examples/softphone/nothing.js", {}],
  ["/examples/softphone/..%2f..%2fpackage.json", {}],
  ["/examples/answer.json", {}],
  ["/examples/softphone/softphone.js", { method: "POST" }],
])("nothing else does: %s", async (path, init) => {
  expect((await page(path, init)).status).toBe(404);
});
