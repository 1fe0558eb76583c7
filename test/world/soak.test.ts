import { expect, test } from "vitest";
import { keys, testSandbox } from "../support/sandbox.ts";

const people = [
  "+5511900000001",
  "+5511900000002",
  "+5511900000003",
  "+5511900000004",
  "+5511900000006",
  "+5511988887777",
];
const calls = 10_000;

test("ten thousand calls leave no timers, no live calls and no tokens behind", async () => {
  const sandbox = testSandbox({ validateResponses: false });
  const headers = { "x-api-key": keys.evo };
  for (let count = 0; count < calls; count++) {
    const to = people[count % people.length];
    const { status, body } = await sandbox.request("POST", "/v1/calls", { headers, body: { to } });
    if (status !== 201) throw new Error(`call ${count}: ${status}`);
    if (count % 4 === 0) await sandbox.request("POST", `/v1/calls/${body.id}/realtime-session`, { headers });
    if (count % 100 === 99) await sandbox.advance("PT1S");
  }
  await sandbox.advance("PT2M");
  const { state } = sandbox.world;
  expect(state.calls.size).toBe(calls);
  for (const { callId: id } of [...state.live.values()])
    await sandbox.request("POST", `/v1/calls/${id}/terminate`, { headers });
  expect(sandbox.clock.waiting).toBe(0);
  expect(state.live.size).toBe(0);
  expect(state.tokens.size).toBe(0);
  const statuses = Map.groupBy(state.calls.all(), ({ status }) => status);
  expect(Object.fromEntries([...statuses].map(([status, { length }]) => [status, length]))).toEqual({
    COMPLETED: 6_666,
    REJECTED: 1_667,
    FAILED: 1_667,
  });
}, 60_000);
