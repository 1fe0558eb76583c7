import { expect, test } from "vitest";
import { Recording } from "../../mock/media/inspect/recording.ts";
import { Shelf } from "../../mock/media/inspect/shelf.ts";
import { Side } from "../../mock/media/inspect/side.ts";

const sampleRate = 16_000;

/** An ended call whose two sides were recorded for so many seconds. */
function recorded(seconds: number) {
  const side = () => {
    const made = new Side(sampleRate, 3_600);
    if (seconds > 0) made.recording.add(0, new Int16Array(seconds * sampleRate).fill(1_000), false);
    return made;
  };
  return { client: side(), person: side() };
}

test("recordings of ended calls take up to 64 MiB; then the oldest go", () => {
  const shelf = new Shelf();
  const forgotten: number[] = [];
  // Two sides of 500 s at 16 kHz are 32 MB.
  for (const [index, call] of [recorded(500), recorded(500), recorded(0), recorded(500)].entries())
    shelf.add(call, () => forgotten.push(index));
  expect(forgotten).toEqual([0]);
});

test("a thousand ended calls can be asked for, however short", () => {
  const shelf = new Shelf();
  const forgotten: number[] = [];
  for (let index = 0; index < 1_002; index++) shelf.add(recorded(0), () => forgotten.push(index));
  expect(forgotten).toEqual([0, 1]);
});

test("what was taken off makes room", () => {
  const shelf = new Shelf();
  const forgotten: string[] = [];
  const first = recorded(500);
  shelf.add(first, () => forgotten.push("first"));
  shelf.add(recorded(500), () => forgotten.push("second"));
  shelf.remove(first);
  shelf.add(recorded(500), () => forgotten.push("third"));
  expect(forgotten).toEqual(["first"]);
});

test("a recording ends where its room ends, keeps no silence, and is silent where nothing was said", () => {
  const recording = new Recording(100);
  const frame = (value: number) => new Int16Array(30).fill(value);
  recording.add(0, frame(500), false);
  recording.add(30, frame(0), true);
  recording.add(60, frame(700), false);
  recording.add(90, frame(900), false);
  expect([recording.length, recording.bytes]).toEqual([90, 120]);
  expect([...recording.stretch(25, 95)]).toEqual([
    ...frame(500).subarray(25),
    ...frame(0),
    ...frame(700),
    0,
    0,
    0,
    0,
    0,
  ]);
});
