import { expect, test } from "vitest";
import type { ReceivedResponse, SentRequest } from "../../../contracts/exchange/exchange.ts";
import {
  CarriedValues,
  type Recording,
  type ReplayResult,
  replay,
  shapeDifferences,
} from "../../../contracts/recording/index.ts";
import { callable, keys, type TestSandbox, testSandbox } from "../../support/sandbox.ts";
import { recorded, talk } from "./record.ts";

/** Sends to a sandbox in this process; `before` is what a person or time does before a request. */
function sender(sandbox: TestSandbox, before: (request: SentRequest) => Promise<unknown> = async () => {}) {
  return async (request: SentRequest): Promise<ReceivedResponse> => {
    await before(request);
    const { method, target, headers, body } = request;
    const response = await sandbox.app.request(target, { method, headers, ...(body === null ? {} : { body }) });
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  };
}

async function collected(replayed: AsyncIterable<ReplayResult>): Promise<ReplayResult[]> {
  const all: ReplayResult[] = [];
  for await (const result of replayed) all.push(result);
  return all;
}

async function results(recording: Recording, sandbox: TestSandbox): Promise<ReplayResult[]> {
  const send = sender(sandbox, ({ target }) =>
    target.includes("/calls/call_") ? sandbox.control.advanceClock({ by: "PT3S" }) : Promise.resolve(),
  );
  const { exchanges } = recording;
  const standIn =
    /\d{13}/.exec(exchanges.find(({ request }) => request.body?.includes("sdp"))?.request.body ?? "")?.[0] ?? "";
  const options = { keys: { redacted: keys.evo, "redacted-2": keys.meta }, phones: { [standIn]: callable.slice(1) } };
  return collected(replay(recording, { send, ...options }));
}

test("PROXY-020: a recording replayed against another sandbox differs nowhere, and carries the new ids forward", async () => {
  const { recording } = await recorded((ask, sandbox) => talk(ask, sandbox));
  // What a person did is in no request: the replay knows of no inbound call.
  const own = recording.exchanges.filter(({ request }) => !request.target.includes("wacid"));
  const replayed = await results({ exchanges: own }, testSandbox({ seed: "another", webrtc: false }));
  expect(replayed.filter(({ differences, failure }) => differences.length > 0 || failure !== null)).toEqual([]);
  const [started, read] = replayed;
  const { id } = JSON.parse(started?.received?.body ?? "");
  expect(read?.sent.target).toBe(`/v1/calls/${id}`);
  expect(read?.recorded.request.target).not.toBe(read?.sent.target);
});

test("PROXY-020: a stand-in that nobody replaced is refused as such, and named as a difference", async () => {
  const { recording } = await recorded(async (ask) => void (await ask(keys.evo, "GET", "/calls")));
  const sandbox = testSandbox();
  const [result] = await collected(replay(recording, { send: sender(sandbox), keys: {} }));
  expect(result?.differences).toMatchObject([{ kind: "status", recorded: "200", received: "401" }, { kind: "code" }]);
});

test("PROXY-020: a request that could not be sent is a failure, and the replay goes on", async () => {
  const { recording } = await recorded(async (ask) => {
    await ask(keys.evo, "GET", "/calls");
    await ask(keys.meta, "GET", "/calls");
  });
  const send = () => Promise.reject(new Error("no route"));
  const all = await collected(replay(recording, { send, keys: {} }));
  expect(all.map(({ failure }) => failure)).toEqual(["no route", "no route"]);
});

const answer = (body: unknown, status = 200): ReceivedResponse => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

test.each<[string, unknown, unknown, object[]]>([
  [
    "other ids, instants and counts",
    { id: "call_1", at: "a", n: 1, list: [1] },
    { id: "call_2", at: "b", n: 2, list: [1, 2] },
    [],
  ],
  ["null where there was a value", { endedAt: null, calls: [] }, { endedAt: "2026-01-01", calls: [{ id: 1 }] }, []],
  ["a field that is gone", { a: 1, b: 1 }, { a: 1 }, [{ kind: "missing", path: "b" }]],
  [
    "a field that is new",
    { calls: [{ a: 1 }] },
    {
      calls: [
        { a: 1, b: 2 },
        { a: 1, b: 2 },
      ],
    },
    [{ kind: "added", path: "calls[].b" }],
  ],
  [
    "another type",
    { a: { b: 1 } },
    { a: { b: "1" } },
    [{ kind: "type", path: "a.b", recorded: "number", received: "string" }],
  ],
  ["another code", { code: "A" }, { code: "B", more: 1 }, [{ kind: "code", recorded: "A", received: "B" }]],
])("PROXY-021: answers are compared by shape: %s", (_, was, is, differences) => {
  const found = shapeDifferences(answer(was), answer(is));
  expect(found).toHaveLength(differences.length);
  expect(found).toMatchObject(differences);
});

test("PROXY-021: the status and the content type are compared as well", () => {
  expect(shapeDifferences(answer({}), answer({}, 201))).toMatchObject([{ kind: "status" }]);
  const page = { ...answer({}), headers: { "content-type": "text/html; charset=utf-8" } };
  expect(shapeDifferences(answer({}), page)).toMatchObject([{ kind: "content-type", received: "text/html" }]);
});

test("PROXY-022: what an answer gives anew is put in wherever the recorded value comes back, and nothing else is", () => {
  const values = new CarriedValues({ "9990000000001": "5511999999999" });
  const [old, fresh] = ["wacid.cmVkYWN0ZWQgMQ==", "wacid.HBgN+/A="];
  values.learn({ externalCallId: old, status: "RINGING" }, { externalCallId: fresh, status: "ENABLED" });
  values.learn({ calls: [{ externalCallId: old }] }, { calls: [{ externalCallId: "wacid.AAAA" }] });
  expect(values.inTarget(`/v1/calls/${encodeURIComponent(old)}/accept`)).toBe(
    `/v1/calls/${encodeURIComponent(fresh)}/accept`,
  );
  expect(values.inTarget(`/v1/calls/${old}`)).toBe(`/v1/calls/${encodeURIComponent(fresh)}`);
  expect(values.inBody(`{"id":"${old}","status":"RINGING","to":"+9990000000001"}`)).toBe(
    `{"id":"${fresh}","status":"RINGING","to":"+5511999999999"}`,
  );
});
