import { connect } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { keys } from "../support/sandbox.ts";
import { port0, serving } from "./cli-process.ts";

vi.setConfig({ testTimeout: 60_000 });
const evo = { headers: { "x-api-key": keys.evo } };

/** A request whose body is on its way; `finish` sends the rest and gives the whole answer. */
async function begunRequest(apiUrl: string) {
  const socket = connect(Number(new URL(apiUrl).port), "127.0.0.1");
  onTestFinished(() => {
    socket.destroy();
  });
  let answer = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    answer += text;
  });
  const closed = new Promise<string>((resolve) => socket.on("close", () => resolve(answer)));
  const body = '{"to":"+5511900000001"}';
  const head = ["POST /v1/calls HTTP/1.1", "host: localhost", `x-api-key: ${keys.evo}`, "expect: 100-continue"];
  const described = [`content-type: application/json`, `content-length: ${body.length}`];
  socket.write(`${[...head, ...described].join("\r\n")}\r\n\r\n`);
  // The server has begun to serve the request when it asks for the body.
  await new Promise<void>((resolve) => socket.once("data", () => resolve()));
  return {
    finish: () => {
      socket.write(body);
      return closed;
    },
  };
}

test.each(["SIGTERM", "SIGINT"] as const)(
  "WORLD-030: %s lets an open request finish and ends the process with 0",
  async (signal) => {
    const { child, ended, ready, stderr } = await serving(port0);
    const { finish } = await begunRequest(ready.apiUrl);
    child.kill(signal);
    const isClosed = async () =>
      fetch(`${ready.apiUrl}/v1/calls`, evo).then(
        () => false,
        () => true,
      );
    while (!(await isClosed())) await new Promise((resolve) => setTimeout(resolve, 5));
    const answer = await finish();
    expect(answer).toContain("HTTP/1.1 201 Created");
    expect(answer).toContain('"status":"INITIATED"');
    expect(await ended).toBe(0);
    expect(stderr()).toBe("");
  },
);

test("WORLD-030: an idle sandbox with calls that are up ends at once", async () => {
  const { child, ended, ready } = await serving([...port0, "--quiet"]);
  const headers = { ...evo.headers, "content-type": "application/json" };
  await fetch(`${ready.apiUrl}/v1/calls`, { method: "POST", headers, body: '{"to":"+5511988887777"}' });
  const before = performance.now();
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(performance.now() - before).toBeLessThan(5_000);
});
