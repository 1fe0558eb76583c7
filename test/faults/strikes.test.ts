import { expect, test } from "vitest";
import { offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { arm, dial, strikes } from "./arm.ts";

const slow = { type: "latency", ms: 1 } as const;

test("CTRL-056: always, the next three, every third", async () => {
  const sandbox = testSandbox();
  const of = async (trigger: { always: true } | { next: number } | { every: number }) => {
    await sandbox.control.deleteFaults();
    await arm(sandbox, { target: { operation: "listCalls" }, trigger, effect: slow });
    return (await strikes(sandbox, 7)).map((struck) => (struck ? "x" : "-")).join("");
  };
  expect(await of({ always: true })).toBe("xxxxxxx");
  expect(await of({ next: 3 })).toBe("xxx----");
  expect((await sandbox.control.listFaults()).faults).toMatchObject([{ armed: false, seen: 3, hits: 3 }]);
  expect(await of({ every: 3 })).toBe("--x--x-");
});

test("CTRL-056: a probability strikes that often, in the same places of the same run, and elsewhere with another seed", async () => {
  const run = async (seed: string) => {
    const sandbox = testSandbox({ seed });
    await arm(sandbox, { target: { operation: "listCalls" }, trigger: { probability: 0.25 }, effect: slow });
    return strikes(sandbox, 200);
  };
  const first = await run("a");
  expect(await run("a")).toEqual(first);
  expect(await run("b")).not.toEqual(first);
  const count = first.filter(Boolean).length;
  expect(count).toBeGreaterThan(30);
  expect(count).toBeLessThan(70);
});

test("CTRL-054: a request that is refused before its operation is not struck and doesn't count", async () => {
  const sandbox = testSandbox();
  await arm(sandbox, { target: { operation: "*" }, trigger: { next: 1 }, effect: { type: "status", status: 500 } });
  expect((await sandbox.request("GET", "/v1/calls")).status).toBe(401);
  expect((await sandbox.api("tenant", "GET", "/calls")).status).toBe(403);
  expect((await sandbox.api("evoOffline", "GET", "/calls")).status).toBe(409);
  expect((await sandbox.api("evo", "POST", "/calls", {})).status).toBe(400);
  expect((await sandbox.api("evo", "GET", "/calls?limit=0")).status).toBe(400);
  expect((await sandbox.control.listFaults()).faults).toMatchObject([{ seen: 0, hits: 0 }]);
  expect((await dial(sandbox)).status).toBe(500);
  expect((await dial(sandbox)).status).toBe(201);
});

test("CTRL-055: the first rule that strikes is the only one, and those behind it don't see the request", async () => {
  const sandbox = testSandbox();
  const target = { operation: "listCalls" };
  await arm(sandbox, { target, trigger: { next: 2 }, effect: { type: "status", status: 502 } });
  await arm(sandbox, { target, trigger: { every: 2 }, effect: { type: "status", status: 503 } });
  const statuses: number[] = [];
  for (let count = 0; count < 6; count++) statuses.push((await sandbox.api("evo", "GET", "/calls")).status);
  expect(statuses).toEqual([502, 502, 200, 503, 200, 503]);
  expect((await sandbox.control.listFaults()).faults.map(({ seen }) => seen)).toEqual([2, 4]);
});

/** One request of each kind, with whether it was struck. */
async function tour(sandbox: TestSandbox, callId: string) {
  const person = "+5511988887777";
  const requests = {
    "list evo": () => sandbox.api("evo", "GET", "/calls"),
    "list meta": () => sandbox.api("meta", "GET", "/calls"),
    "numbers evo": () => sandbox.api("evo", "GET", "/numbers"),
    "get call": () => sandbox.api("evo", "GET", `/calls/${callId}`),
    "call person": () => dial(sandbox),
    "call other": () => dial(sandbox, "+5511977776666"),
    "probe person": () => sandbox.api("meta", "GET", `/calls/permissions?to=${encodeURIComponent(person)}`),
    "call person from meta": () => sandbox.api("meta", "POST", "/calls", { to: person, sdp: offer }),
  };
  const struck: string[] = [];
  for (const [name, request] of Object.entries(requests)) {
    if ((await request()).headers.has("x-sandbox-fault")) struck.push(name);
  }
  return struck;
}

test.each<[object, readonly string[]]>([
  [{ operation: "listCalls" }, ["list evo", "list meta"]],
  [{ operation: "startCall", to: "55 11 98888-7777" }, ["call person", "call person from meta"]],
  [{ to: "+5511988887777" }, ["get call", "call person", "probe person", "call person from meta"]],
  [{ number: "+55 11 4000-0001" }, ["list meta", "probe person", "call person from meta"]],
  [{ operation: "listNumbers", number: "551140000002" }, ["numbers evo"]],
  [{ callId: "latest" }, ["get call"]],
])("CTRL-057: a rule about %j strikes %j", async (target, expected) => {
  const sandbox = testSandbox();
  const { id } = (await dial(sandbox)).body;
  await arm(sandbox, { target, effect: slow });
  expect(await tour(sandbox, id)).toEqual(expected);
});

test("CTRL-057: a rule about an operation of one call strikes no other call", async () => {
  const sandbox = testSandbox();
  const { id, externalCallId } = (await dial(sandbox)).body;
  const other = (await dial(sandbox, "+5511977776666")).body.id;
  await arm(sandbox, { target: { operation: "terminateCall", callId: id }, effect: { type: "status", status: 504 } });
  expect((await sandbox.api("evo", "GET", `/calls/${id}`)).status).toBe(200);
  expect((await sandbox.api("evo", "POST", `/calls/${other}/terminate`)).status).toBe(200);
  expect((await sandbox.api("evo", "POST", `/calls/${id}/terminate`)).status).toBe(504);
  expect((await sandbox.api("evo", "POST", `/calls/${externalCallId}/terminate`)).status).toBe(504);
});
