import { expect, test } from "vitest";
import { ConnectionReset } from "../../mock/faults/connection.ts";
import { keys, testSandbox } from "../support/sandbox.ts";
import { arm, callsIn, dial } from "./arm.ts";

const headers = { "x-api-key": keys.evo };

test("CTRL-061: in process a reset rejects the fetch as a lost connection does", async () => {
  const sandbox = testSandbox();
  await arm(sandbox, { target: { operation: "listCalls" }, effect: { type: "reset" } });
  for (const origin of [{}, { origin: "http://localhost:5173" }]) {
    const lost = sandbox.app.fetch(new Request("http://sandbox.test/v1/calls", { headers: { ...headers, ...origin } }));
    const error = await Promise.resolve(lost).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toBeInstanceOf(ConnectionReset);
    expect(error).toMatchObject({ code: "ECONNRESET", message: expect.stringContaining("fault_1") });
  }
});

test("CTRL-062: in process half a body fails in the middle, after the operation", async () => {
  const sandbox = testSandbox();
  await arm(sandbox, { target: { operation: "startCall" }, effect: { type: "half-body" } });
  const answer = await sandbox.app.request("/v1/calls", {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ to: "+5511988887777" }),
  });
  expect([answer.status, answer.headers.get("x-sandbox-fault")]).toEqual([201, "fault_1"]);
  const decoder = new TextDecoder();
  let received = "";
  const read = async () => {
    for await (const piece of answer.body ?? []) received += decoder.decode(piece, { stream: true });
  };
  await expect(read()).rejects.toThrow("terminated");
  expect(received).toHaveLength(Math.floor(Number(answer.headers.get("content-length")) / 2));
  expect(received).toContain('{"id":"call_');
  expect(callsIn(sandbox)).toBe(1);
});

test("CTRL-063: on a virtual clock nobody waits, world time stands still, and the timeline says so", async () => {
  const sandbox = testSandbox();
  const before = sandbox.clock.now();
  await arm(sandbox, { target: { operation: "startCall" }, effect: { type: "latency", ms: 600_000 } });
  await arm(sandbox, { target: { operation: "getCall" }, effect: { type: "drip", everyMs: 60_000, bytes: 1 } });
  const started = await dial(sandbox);
  expect([started.status, started.headers.get("x-sandbox-fault")]).toEqual([201, "fault_1"]);
  const read = await sandbox.api("evo", "GET", `/calls/${started.body.id}`);
  expect([read.body.id, read.headers.get("x-sandbox-fault")]).toEqual([started.body.id, "fault_2"]);
  expect(sandbox.clock.now()).toBe(before);
  const { entries } = await sandbox.control.getTimeline({ callId: started.body.id });
  expect(entries.filter(({ kind }) => kind === "fault").map(({ name, detail }) => ({ name, ...detail }))).toEqual([
    { name: "latency", rule: "fault_1", operation: "startCall", ms: 600_000, waited: false },
    { name: "drip", rule: "fault_2", operation: "getCall", everyMs: 60_000, bytes: 1, waited: false },
  ]);
});

test("CTRL-065: the timeline has the strike between the request and what the request led to", async () => {
  const sandbox = testSandbox();
  await arm(sandbox, { target: { operation: "startCall" }, effect: { type: "half-body" } });
  await sandbox.app.request("/v1/calls", {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ to: "+5511988887777" }),
  });
  const { entries } = await sandbox.control.getTimeline({ callId: "latest" });
  expect(entries.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "request startCall",
    "fault half-body",
    "transition INITIATED",
  ]);
});

test("CTRL-065: the log says what left, and which rule did it", async () => {
  const sandbox = testSandbox();
  const { id } = (await dial(sandbox)).body;
  const target = { operation: "getCall" };
  const ask = () => Promise.resolve(sandbox.app.request(`/v1/calls/${id}`, { headers }));
  await arm(sandbox, { target, trigger: { next: 1 }, effect: { type: "refusal", code: 613 } });
  await arm(sandbox, { target, trigger: { next: 1 }, effect: { type: "half-body" } });
  await arm(sandbox, { target, trigger: { next: 1 }, effect: { type: "reset" } });
  await ask();
  await ask();
  await expect(ask()).rejects.toThrow();
  const { requests } = await sandbox.control.listRequests({ callId: id });
  expect(requests.map(({ status, fault, behaviour }) => ({ status, fault, behaviour }))).toEqual([
    { status: null, fault: "fault_3", behaviour: "ERR-008" },
    { status: 200, fault: "fault_2", behaviour: null },
    { status: 429, fault: "fault_1", behaviour: "ERR-008" },
    { status: 201, fault: null, behaviour: null },
  ]);
  expect(requests[0]?.responseBody).toBeNull();
  expect(requests[1]?.responseBody).toMatch(/^\{"id":"call_[^}]*$/);
  const { entries } = await sandbox.control.getTimeline({ callId: id });
  const faults = entries.filter(({ kind }) => kind === "fault").map(({ name, detail }) => [name, detail["rule"]]);
  expect(faults).toEqual([
    ["refusal", "fault_1"],
    ["half-body", "fault_2"],
    ["reset", "fault_3"],
  ]);
});
