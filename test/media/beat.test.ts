import { expect, onTestFinished, test, vi } from "vitest";
import { Beat } from "../../mock/media/realtime/beat.ts";
import { WorldClock } from "../../mock/world/clock.ts";

/** A beat on a clock that runs with a machine whose time the test sets. */
function beating(frameMs: number) {
  const machine = { time: 0 };
  const clock = new WorldClock({ mode: "real", now: 0, machineTime: () => machine.time });
  const frames: { frame: number; lateMs: number }[] = [];
  const seen = { jumps: 0 };
  const waiting: (() => void)[] = [];
  const beat = new Beat({
    clock,
    from: 0,
    frameMs,
    beat: (frame, lateMs) => {
      frames.push({ frame, lateMs });
      for (const tell of waiting.splice(0)) tell();
    },
    jumped: () => {
      seen.jumps++;
      for (const tell of waiting.splice(0)) tell();
    },
  });
  onTestFinished(() => {
    beat.stop();
    clock.close();
  });
  return { machine, frames, seen, next: () => new Promise<void>((resolve) => waiting.push(resolve)) };
}

test("MEDIA-WS-038: after a late frame the next one is due at its own time, and what was missed is made up", async () => {
  const { machine, frames, next } = beating(20);
  machine.time = 27;
  await next();
  expect(frames).toEqual([{ frame: 0, lateMs: 7 }]);
  machine.time = 107;
  await next();
  expect(frames.slice(1)).toEqual([1, 2, 3, 4].map((frame) => ({ frame, lateMs: 107 - (frame + 1) * 20 })));
});

test("a machine that slept for an hour goes on with the present", async () => {
  const { machine, frames, seen, next } = beating(20);
  machine.time = 3_600_010;
  await next();
  expect([seen.jumps, frames]).toEqual([1, []]);
  machine.time = 3_600_030;
  await next();
  expect(frames).toEqual([{ frame: 180_000, lateMs: 10 }]);
});

test("on a real clock calls whose frames end within 10 ms wake together, and each keeps its even rhythm", () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  let machine = 0;
  const clock = new WorldClock({ mode: "real", now: 0, machineTime: () => machine });
  const log: [name: string, at: number, lateMs: number][] = [];
  const beat = (name: string, from: number) =>
    new Beat({
      clock,
      from,
      frameMs: 20,
      beat: (_, lateMs) => log.push([name, machine, lateMs]),
      jumped: () => undefined,
    });
  const beats = [beat("one", 3), beat("other", 8), beat("third", 14)];
  for (; machine < 60; machine++) vi.advanceTimersByTime(1);
  expect(log).toEqual([
    ["one", 30, 0],
    ["other", 30, 0],
    ["third", 40, 0],
    ["one", 50, 0],
    ["other", 50, 0],
  ]);
  for (const each of beats) each.stop();
  clock.close();
});
