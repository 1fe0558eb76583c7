import { expect, test } from "vitest";
import { testSandbox } from "../support/sandbox.ts";

test("WORLD-019: a world keeps its last 1,000 requests, newest first", async () => {
  const sandbox = testSandbox();
  for (let count = 0; count < 1_005; count++) await sandbox.api("evo", "GET", `/calls?limit=${(count % 100) + 1}`);
  const { requests } = await sandbox.control.listRequests({ limit: 1_000 });
  expect(requests).toHaveLength(1_000);
  expect(requests[0]).toMatchObject({ id: "req_1004", path: "/v1/calls?limit=5" });
  expect(requests.at(-1)).toMatchObject({ id: "req_5", path: "/v1/calls?limit=6" });
});

test("WORLD-020: a world keeps the timelines of its last 1,000 ended calls, and of every call that is up", async () => {
  const sandbox = testSandbox({ mode: "manual" });
  const start = async () => String((await sandbox.api("evo", "POST", "/calls", { to: "+5511988887777" })).body.id);
  const up = await start();
  const ended: string[] = [];
  for (let count = 0; count < 1_001; count++) {
    const id = await start();
    await sandbox.api("evo", "POST", `/calls/${id}/terminate`);
    ended.push(id);
  }
  const names = async (callId = "") => (await sandbox.control.getTimeline({ callId })).entries.map(({ name }) => name);
  expect(await names(ended[0])).toEqual([]);
  for (const callId of [ended[1], ended.at(-1)])
    expect(await names(callId)).toEqual(["startCall", "INITIATED", "terminateCall", "COMPLETED"]);
  expect(await names(up)).toEqual(["startCall", "INITIATED"]);
}, 30_000);
