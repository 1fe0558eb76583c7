import { setupServer } from "msw/node";
import { expect, onTestFinished, test } from "vitest";
import { handlersFor } from "../../mock/doors/msw.ts";
import { keys, testSandbox } from "../support/sandbox.ts";
import { arm } from "./arm.ts";

const headers = { "x-api-key": keys.evo };

test("CTRL-061: through msw a reset is a network error, and half a body breaks off", async () => {
  const sandbox = testSandbox();
  const server = setupServer(...handlersFor(sandbox));
  server.listen();
  onTestFinished(() => server.close());
  const list = () => fetch("https://pilotstatus.com.br/v1/calls", { headers });
  await arm(sandbox, { target: { operation: "listCalls" }, trigger: { next: 1 }, effect: { type: "reset" } });
  await expect(list()).rejects.toThrow(TypeError);
  await arm(sandbox, { target: { operation: "listCalls" }, trigger: { next: 1 }, effect: { type: "half-body" } });
  await expect(list().then((answer) => answer.text())).rejects.toThrow();
  expect((await list()).status).toBe(200);
});
