import { expect, test } from "vitest";
import { Recording } from "../../mock/media/inspect/recording.ts";
import { RecordingRoom } from "../../mock/media/inspect/recording-room.ts";
import { unrecorded } from "../../mock/media/inspect/report.ts";
import { Shelf } from "../../mock/media/inspect/shelf.ts";
import { Side } from "../../mock/media/inspect/side.ts";

const sampleRate = 16_000;
const room = new RecordingRoom();

/** An ended call whose two sides were recorded for so many seconds. */
function recorded(seconds: number) {
  const side = () => {
    const made = new Side(sampleRate, 3_600, room);
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

/** What is kept together takes so much, however little of it is sound. */
const block = 32_768;

test("a recording ends where its time ends, and is silent where nothing was said", () => {
  const recording = new Recording(100, room);
  const frame = (value: number) => new Int16Array(30).fill(value);
  recording.add(0, frame(500), false);
  recording.add(30, frame(0), true);
  recording.add(60, frame(700), false);
  recording.add(90, frame(900), false);
  expect([recording.length, recording.bytes]).toEqual([90, block]);
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

test("a recording gives back what was said wherever it lies, and long silence takes no room", () => {
  const recording = new Recording(1_000_000, room);
  const tone = Int16Array.from({ length: 40_000 }, (_, index) => index % 3_000);
  for (let at = 0; at < 100_000; at += 1_000) {
    const speaks = at >= 30_000 && at < 70_000;
    recording.add(at, speaks ? tone.slice(at - 30_000, at - 29_000) : new Int16Array(1_000), !speaks);
  }
  expect(recording.stretch(30_000, 70_000)).toEqual(tone);
  expect(recording.stretch(31_500, 50_001)).toEqual(tone.subarray(1_500, 20_001));
  expect(recording.stretch(70_000, 100_000)).toEqual(new Int16Array(30_000));
  // Blocks of 16,384 samples: 30,000 to 70,000 touches four of them.
  expect([recording.length, recording.bytes]).toEqual([100_000, 4 * block]);
});

test("MEDIA-WS-042: when the shared room is full a call goes on unrecorded and says so, until another gives room back", () => {
  const small = new RecordingRoom(block + 200);
  const [first, second] = [new Side(sampleRate, 60, small), new Side(sampleRate, 60, small)];
  const frame = new Int16Array(60).fill(1_000);
  first.heard(frame, 0, 1);
  second.heard(frame, 0, 2);
  second.heard(new Int16Array(60), 60, 3);
  second.heard(frame, 120, 4);
  expect([first, second].map(({ frames, recording }) => [frames, recording.bytes])).toEqual([
    [1, block],
    [3, 0],
  ]);
  expect(unrecorded({ client: first, person: second })).toMatchObject([{ name: "recordingFull", firstAt: 2 }]);
  first.recording.release();
  expect(unrecorded({ client: first, person: first })).toEqual([]);
  second.heard(frame, 180, 5);
  expect([second.recording.bytes, second.recording.length]).toEqual([block, 240]);
});

test("MEDIA-WS-042: what the shelf forgets, or never kept, gives its room back", () => {
  const shelf = new Shelf();
  const half = 2 ** 29;
  expect([shelf.room.take(half), shelf.room.take(half), shelf.room.take(2)]).toEqual([true, true, false]);
  shelf.room.giveBack(block + 200);
  const side = () => new Side(sampleRate, 60, shelf.room);
  const open = { client: side(), person: side() };
  open.client.heard(Int16Array.of(1_000, 1_000), 0, 1);
  expect(shelf.room.take(201)).toBe(false);
  shelf.remove(open);
  expect(shelf.room.take(block + 200)).toBe(true);
});
