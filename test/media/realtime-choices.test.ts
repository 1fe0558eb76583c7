import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { optionNames, parseRealtimeChoice, RealtimeFormError } from "../../mock/doors/cli/realtime-flag.ts";
import { realtimeDefaults, realtimeMistake } from "../../mock/realtime-options.ts";

/** The rows of the table in docs/realtime.md: name → default and the other values. */
const table = new Map(
  [
    ...readFileSync(new URL("../../docs/realtime.md", import.meta.url), "utf8").matchAll(/^\| `(\w+)` \| ([^|]*) \|/gm),
  ].map(([, name = "", values = ""]) => [name, values.split(", ")] as const),
);

test.each([
  ["frameMs=20", { frameMs: 20 }],
  [" callEnd = abrupt ", { callEnd: "abrupt" }],
  ["hangUpOnTalkClose=true", { hangUpOnTalkClose: true }],
  ["idleSeconds=0.5", { idleSeconds: 0.5 }],
  ["badToken=4001", { badToken: 4001 }],
])("--realtime %j is read as %j", (text, choice) => {
  expect(parseRealtimeChoice(text)).toEqual(choice);
});

test.each([
  ["frameMs=30", "frameMs must be one of 20, 40, 60, 100."],
  ["hangUpOnTalkClose=1", "hangUpOnTalkClose must be one of true, false."],
  ["pingSeconds=often", "pingSeconds must be a number from 0."],
  ["pingSeconds=-1", "pingSeconds must be a number from 0."],
  ["frame=20", "There is no option frame. The names: sampleRate, frameMs,"],
  ["__proto__=1", "There is no option __proto__."],
  ["frameMs", "It is name=value, as in frameMs=20."],
  ["=20", "It is name=value"],
  ["", "It is name=value"],
])("--realtime %j is refused with what is accepted", (text, message) => {
  expect(() => parseRealtimeChoice(text)).toThrow(RealtimeFormError);
  expect(() => parseRealtimeChoice(text)).toThrow(message);
});

test("docs/realtime.md has a row for every option, with its default first and only values that are accepted", () => {
  expect([...table.keys()]).toEqual(optionNames);
  for (const [name, [first = "", ...others]] of table) {
    expect([name, first]).toEqual([name, `**${new Map(Object.entries(realtimeDefaults)).get(name)}**`]);
    for (const value of others.filter((text) => text !== "a number from 0")) parseRealtimeChoice(`${name}=${value}`);
  }
});

test("docs/realtime.md leaves no accepted value out", () => {
  for (const [name, values] of table) {
    const expected = realtimeMistake({ [name]: "no such value" })?.expected ?? "";
    const accepted = expected
      .replace(/^one of /, "")
      .replaceAll('"', "")
      .split(", ");
    expect([
      name,
      values
        .map((value) => value.replaceAll("*", ""))
        .filter((value) => !/^\d+$|^Infinity$/.test(value) || expected.startsWith("one of"))
        .toSorted(),
    ]).toEqual([name, accepted.toSorted()]);
  }
});
