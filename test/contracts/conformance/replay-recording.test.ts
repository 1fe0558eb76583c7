import { describe, expect, it, onTestFinished } from "vitest";
import { placeFor } from "../../../contracts/conformance/replay/place.ts";
import { type Replayed, replayRecording } from "../../../contracts/conformance/replay/replay-recording.ts";
import { replayConclusion, replayedLines } from "../../../contracts/conformance/report/replay.ts";
import type { TargetDescription } from "../../../contracts/conformance/targets/description.ts";
import type { Recording } from "../../../contracts/recording/index.ts";
import { listenHttp } from "../../../mock/doors/http.ts";
import { testSandbox } from "../../support/sandbox.ts";
import { recorded, talk } from "../recording/record.ts";

/** A sandbox behind an address. */
async function served() {
  const sandbox = testSandbox({ webrtc: false });
  const door = await listenHttp(sandbox, { host: "127.0.0.1", port: 0, overrideGlobalObjects: false });
  onTestFinished(() => door.close());
  const { url } = door;
  const description = { kind: "sandbox", url, controlUrl: url, controlToken: null, secrets: null, timeoutMs: 10_000 };
  return { sandbox, url, description: description as TargetDescription };
}

async function replayed(recording: Recording, on: TargetDescription): Promise<readonly Replayed[]> {
  const place = await placeFor(on);
  return replayRecording(recording, place, () => undefined).finally(place.leave);
}

/** What clients asked on their own; what a person did is in no request. */
async function ownRequests(): Promise<Recording> {
  const { recording } = await recorded((ask, sandbox) => talk(ask, sandbox));
  return { exchanges: recording.exchanges.filter(({ request }) => !request.target.includes("wacid")) };
}

const outcomes = (results: readonly Replayed[]) => new Set(results.map(({ outcome }) => outcome));

describe("a replay", () => {
  it("CONF-022: on a sandbox has a world of its own, and may call whom the recording shows to have been called", async () => {
    const { sandbox, description } = await served();
    const recording = await ownRequests();
    const results = await replayed(recording, description);
    const started = results.filter(({ request }) => request === "POST /v1/calls");
    expect(started.length).toBeGreaterThan(0);
    expect(outcomes(started)).toEqual(new Set(["same"]));
    // The world that everybody uses has heard nothing of it.
    expect((await sandbox.api("meta", "GET", "/calls")).body.calls).toEqual([]);
    expect((await sandbox.api("evo", "GET", "/calls")).body.calls).toEqual([]);
  });

  it("CONF-021: names an answer of another status, and an unlike field only in passing", async () => {
    const { description } = await served();
    const { exchanges } = await ownRequests();
    const [first] = exchanges;
    if (first === undefined) throw new Error("Nothing was recorded.");
    const other = { ...first, response: { ...first.response, status: 202 } };
    const [differs] = await replayed({ exchanges: [other] }, description);
    expect(differs).toMatchObject({ outcome: "differs", differences: [{ kind: "status", recorded: "202" }] });
    const body = JSON.stringify({ ...JSON.parse(first.response.body ?? ""), more: 1 });
    const [same] = await replayed({ exchanges: [{ ...first, response: { ...first.response, body } }] }, description);
    expect(same).toMatchObject({ outcome: "same", differences: [{ kind: "missing", path: "more" }] });
  });

  it("CONF-023: sends a live service nothing that may ring, cost or change, unless that is allowed", async () => {
    const { sandbox, url } = await served();
    const keys = { meta: "ps_sandbox_meta", evo: "ps_sandbox_evo" };
    const live = { kind: "live", url, keys, requestsPerSecond: 1_000, timeoutMs: 10_000 } as const;
    const recording = await ownRequests();
    const results = await replayed(recording, { ...live, allowCalls: null, allowChanges: false });
    const posted = results.filter(({ request }) => request.startsWith("POST "));
    expect(outcomes(posted)).toEqual(new Set(["skipped"]));
    // What was left out is told in its place.
    expect(results.map(({ number }) => number)).toEqual(results.map(({ number }) => number).toSorted((a, b) => a - b));
    expect((await sandbox.api("evo", "GET", "/calls")).body.calls).toEqual([]);
    await replayed(recording, { ...live, allowCalls: "5511977776666", allowChanges: false });
    const { calls } = (await sandbox.api("evo", "GET", "/calls")).body;
    expect(new Set(calls.map(({ peerNumber }: { peerNumber: string }) => peerNumber))).toEqual(
      new Set(["5511977776666"]),
    );
  });
});

it("CONF-023: never acts on a call by an id that the recording has from elsewhere", async () => {
  const { sandbox, url } = await served();
  const call = (await sandbox.api("evo", "POST", "/calls", { to: "+5511977776666" })).body;
  const { exchanges } = await ownRequests();
  const ends = exchanges.find(({ request }) => request.target.endsWith("/terminate"));
  if (ends === undefined) throw new Error("No terminate was recorded.");
  const target = `/v1/calls/${call.id}/terminate`;
  const keys = { evo: "ps_sandbox_evo" };
  const live = { kind: "live", url, keys, requestsPerSecond: 1_000, timeoutMs: 10_000 } as const;
  const recording = { exchanges: [{ ...ends, request: { ...ends.request, target } }] };
  const [result] = await replayed(recording, { ...live, allowCalls: "5511977776666", allowChanges: true });
  expect(result).toMatchObject({ outcome: "skipped", reason: "names a call that no request of this replay has made" });
  expect((await sandbox.api("evo", "GET", `/calls/${call.id}`)).body.endedAt).toBeNull();
});

it("is told line by line, and summed up", () => {
  const differs: Replayed = {
    number: 1,
    request: "GET /v1/calls",
    outcome: "differs",
    reason: null,
    differences: [{ kind: "type", path: "calls[].status", recorded: "string", received: "number" }],
  };
  const skipped: Replayed = { ...differs, outcome: "skipped", reason: "would ring", differences: [] };
  expect(replayedLines(differs)).toBe("DIFF  GET /v1/calls\n        calls[].status type: recorded string, now number");
  expect(replayedLines(skipped)).toBe("skip  GET /v1/calls (would ring)");
  expect(replayConclusion([differs, skipped], ["DELETE /v1/webhooks/wh_1 was answered 500"])).toContain(
    "Not taken back: DELETE",
  );
  expect(replayConclusion([differs, skipped], [])).toContain(
    "0 answers are the same in kind, 1 differ, 0 failed, 1 skipped",
  );
});
