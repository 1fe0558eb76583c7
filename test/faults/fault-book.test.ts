import { expect, test } from "vitest";
import { FaultBook, type Incident } from "../../mock/faults/fault-book.ts";
import { readRule } from "../../mock/faults/read-rule.ts";
import type { FaultBody, FaultRule } from "../../mock/faults/rule.ts";

const about = { callId: "call_1", numberId: "num_1", to: "5511988887777" };
const hook = (name: string): Incident<"webhook"> => ({ kind: "webhook", name, ...about });

function book(seed = "seed"): FaultBook {
  return new FaultBook({ source: { seed, worldId: "w" }, now: () => 1_000 });
}

function rule(body: FaultBody): FaultRule {
  const read = readRule(body);
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
  return read.rule;
}

test("a book without rules is not armed, nor is one whose rules are spent or gone", () => {
  const faults = book();
  expect(faults.isArmed).toBe(false);
  const { id } = faults.add(rule({ target: { event: "*" }, effect: { type: "lose" } }));
  expect(faults.isArmed).toBe(true);
  expect(faults.remove(id)).toBe(true);
  expect(faults.isArmed).toBe(false);
  faults.add(rule({ target: { event: "*" }, trigger: { next: 1 }, effect: { type: "lose" } }));
  expect(faults.strike(hook("call.ended"))?.effect).toEqual({ type: "lose" });
  expect(faults.isArmed).toBe(false);
  expect(faults.strike(hook("call.ended"))).toBeNull();
  expect(faults.remove("fault_9")).toBe(false);
});

test("CTRL-057: webhooks are struck by event, media by the way the sound goes", () => {
  const faults = book();
  faults.add(rule({ target: { event: "call.ended" }, effect: { type: "duplicate" } }));
  faults.add(rule({ target: { media: "realtime", to: "+5511988887777" }, effect: { type: "early-close" } }));
  expect(faults.strike(hook("call.ringing"))).toBeNull();
  expect(faults.strike(hook("call.ended"))).toEqual({ id: "fault_1", hit: 1, effect: { type: "duplicate" } });
  expect(faults.strike({ kind: "media", name: "webrtc", ...about })).toBeNull();
  expect(faults.strike({ kind: "media", name: "realtime", ...about, to: "5511900000000" })).toBeNull();
  expect(faults.strike({ kind: "media", name: "realtime", ...about })?.effect).toEqual({
    type: "early-close",
    afterMs: 0,
  });
});

test("CTRL-055: a rule whose effect can't happen at this moment doesn't see the incident", () => {
  const faults = book();
  faults.add(rule({ target: { media: "*" }, trigger: { next: 1 }, effect: { type: "refuse-upgrade" } }));
  faults.add(rule({ target: { media: "*" }, effect: { type: "stall", ms: 500 } }));
  const media = { kind: "media", name: "realtime", ...about } as const;
  expect(faults.strike({ ...media, only: ["stall", "drop"] })).toMatchObject({ id: "fault_2", hit: 1 });
  expect(faults.list().map(({ seen }) => seen)).toEqual([0, 1]);
  expect(faults.strike({ ...media, only: ["refuse-upgrade"] })).toMatchObject({
    id: "fault_1",
    effect: { type: "refuse-upgrade", status: 503 },
  });
});

test.each<[FaultBody["effect"], object]>([
  [
    { type: "stall", ms: 500 },
    { afterMs: 0, ms: 500 },
  ],
  [{ type: "drop" }, { share: 0.1 }],
  [{ type: "garble", share: 0.5 }, { share: 0.5 }],
  [{ type: "jitter", ms: 80 }, { ms: 80 }],
  [{ type: "early-close", afterMs: 900 }, { afterMs: 900 }],
  [{ type: "refuse-upgrade", status: 502 }, { status: 502 }],
])("the media effect %j is stored with its defaults", (effect, expected) => {
  expect(rule({ target: { media: "*" }, effect }).effect).toEqual({ type: effect.type, ...expected });
});

test("CTRL-056: two books with one seed strike alike, hit for hit", () => {
  const run = (seed: string) => {
    const faults = book(seed);
    faults.add(rule({ target: { event: "*" }, trigger: { probability: 0.3 }, effect: { type: "lose" } }));
    faults.add(rule({ target: { event: "*" }, trigger: { every: 4 }, effect: { type: "delay", ms: 5 } }));
    return Array.from({ length: 100 }, () => faults.strike(hook("call.ended")));
  };
  expect(run("a")).toEqual(run("a"));
  expect(run("a")).not.toEqual(run("b"));
});
