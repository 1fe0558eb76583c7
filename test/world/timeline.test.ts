import { expect, test } from "vitest";
import { Timeline, timelinesKept } from "../../mock/world/timeline.ts";
import { numberOf, recordedWorld, start } from "../property/support/world.ts";

function listening() {
  const { world } = recordedWorld({ mode: "manual" });
  const timeline = new Timeline();
  const stop = timeline.attach(world);
  const numberId = numberOf(world, 2).id;
  const place = () => {
    world.dispatch({ type: "startCall", numberId, to: "5511988887777", sdp: null, bizOpaqueCallbackData: null });
    return world.state.calls.latest()?.id ?? "";
  };
  const end = (callRef: string) => world.dispatch({ type: "terminateCall", numberId, callRef });
  return { world, timeline, stop, place, end };
}

test("a timeline tells each transition with its instant, in causal order", async () => {
  const { world, timeline, place, end } = listening();
  const callId = place();
  await world.clock.advance(500);
  world.dispatch({ type: "actAsPerson", callId, action: { do: "answer" }, step: null });
  end(callId);
  expect(timeline.of(callId).map(({ name, at, detail }) => [name, at - start, detail["by"]])).toEqual([
    ["INITIATED", 0, "business"],
    ["RINGING", 500, "person"],
    ["ACCEPTED", 500, "person"],
    ["COMPLETED", 500, "business"],
  ]);
});

test("a place that was reserved before something happened comes before it", () => {
  const { timeline, place } = listening();
  const seq = timeline.reserve();
  const callId = place();
  timeline.add(callId, { at: start, kind: "request", name: "startCall", detail: {} }, seq);
  expect(timeline.of(callId).map(({ name }) => name)).toEqual(["startCall", "INITIATED"]);
});

test("WORLD-020: the last thousand ended calls keep their timelines, and calls that are up always do", () => {
  const { timeline, place, end } = listening();
  const up = place();
  const ended = Array.from({ length: timelinesKept + 1 }, () => {
    const callId = place();
    end(callId);
    return callId;
  });
  expect(timelinesKept).toBe(1_000);
  expect(timeline.of(ended[0] ?? "")).toEqual([]);
  expect(timeline.of(ended[1] ?? "").map(({ name }) => name)).toEqual(["INITIATED", "COMPLETED"]);
  expect(timeline.of(up).map(({ name }) => name)).toEqual(["INITIATED"]);
});

test("WORLD-035: of many entries that say the same the first and the last are kept, and the others are counted", () => {
  const { timeline, place, end } = listening();
  const callId = place();
  const polled = (from: number, to: number) => {
    for (let poll = from; poll < to; poll++) {
      timeline.add(callId, { at: start + poll, kind: "request", name: "getCall", detail: { poll } });
      // Another name and another kind count for themselves.
      if (poll % 500 === 0) timeline.add(callId, { at: start + poll, kind: "request", name: "listCalls", detail: {} });
    }
  };
  const polls = () => timeline.of(callId).filter(({ name }) => name === "getCall" || name === "leftOut");
  polled(0, 200);
  expect(polls().map(({ detail }) => detail["poll"])).toEqual(Array.from({ length: 200 }, (_, poll) => poll));
  polled(200, 700);
  expect(polls()[100]).toMatchObject({ at: start + 100, kind: "request", detail: { name: "getCall", count: 500 } });
  polled(700, 10_000);
  end(callId);
  const entries = timeline.of(callId);
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map(({ seq }) => seq).toSorted((a, b) => a - b));
  expect(polls().map(({ name, detail }) => (name === "leftOut" ? detail : detail["poll"]))).toEqual([
    ...Array.from({ length: 100 }, (_, poll) => poll),
    { name: "getCall", count: 9_800 },
    ...Array.from({ length: 100 }, (_, poll) => 9_900 + poll),
  ]);
  expect(entries.filter(({ name }) => name === "listCalls")).toHaveLength(20);
  expect([entries[0]?.name, entries.at(-1)?.name]).toEqual(["INITIATED", "COMPLETED"]);
});

test("what is added to a timeline that has gone, or never was, is dropped", () => {
  const { world, timeline, stop, place } = listening();
  const callId = place();
  world.dispatch({ type: "resetWorld" });
  timeline.add(callId, { at: start, kind: "request", name: "getCall", detail: {} });
  expect(timeline.of(callId)).toEqual([]);
  stop();
  expect(timeline.of(place())).toEqual([]);
});
