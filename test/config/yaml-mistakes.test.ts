import { expect, test } from "vitest";
import { builtIn, duration, errorOf, expectMistake } from "./support.ts";

const check = "Check the indentation, and put texts with special characters into quotes.";

// ▸ marks the place that must be named.
test.each([
  ["scripts:\n  x:\n▸\tcalled: []", "Lines are indented by a tab. Indent them by spaces."],
  ["scripts:\n  x: {}\n  ▸x: {}", "This name stands twice in its map. Keep one of them."],
  ["scripts: {}\n▸---\nnumbers: []", "A second document begins here. Keep one, without a line of ---."],
  ["scripts: ▸!script {}", "YAML knows no such tag here. Remove it, or put the text into quotes."],
  [
    "scripts:\n  x:\n    called: ▸*late",
    "*late refers to an anchor &late, and there is none before it. Add one, or put the text into quotes.",
  ],
  [
    "numbers: [1\n▸keys: {}",
    `This is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]. ${check}`,
  ],
])("PEOPLE-025, WORLD-031: what YAML can't read is named with its place: %j", expectMistake);

test("lines are counted with every line end, and after a byte order mark", () => {
  const told = errorOf("\uFEFFscripts:\r\n  x:\r\n    zzz: 1\r\n").mistakes;
  expect(told).toMatchObject([{ line: 3, column: 5 }]);
});

test("a mistake behind an alias is named where the value stands", () => {
  const told = errorOf("scripts:\n  x:\n    called: &late [{ do: rin }]\n  y:\n    called: *late").mistakes;
  expect(told).toMatchObject([
    { line: 3, column: 26, message: expect.stringMatching(/^scripts\.x\.called\[0\]\.do must be/) },
    { line: 3, column: 26, message: expect.stringMatching(/^scripts\.y\.called\[0\]\.do must be/) },
  ]);
});

test("a file that unfolds into millions of values, or goes too deep, is refused", () => {
  const list = (name: string) => `[${Array(9).fill(`*${name}`).join(", ")}]`;
  const bomb = ["a: &a [x]", `b: &b ${list("a")}`, `c: &c ${list("b")}`, `d: &d ${list("c")}`, `e: ${list("d")}`];
  expect(errorOf(bomb.join("\n")).mistakes).toEqual([
    { line: 1, column: 1, message: expect.stringMatching(/^The file can't be read: Excessive alias count/) },
  ]);
  expect(errorOf(`scripts: ${"[".repeat(20_000)}`).mistakes).toHaveLength(1);
});

test("PEOPLE-025, WORLD-031: several mistakes are told at once, in the order of the file", () => {
  const text = "contacts: { +5511987654321: { name: 5 } }\nscripts: { x: { extends: y, called: [{ after: 1 }] } }";
  expect(errorOf(text).message).toBe(
    [
      "sandbox.yaml has 4 mistakes:",
      '  sandbox.yaml:1:37 contacts["5511987654321"].name must be a name of at most 128 characters, but was 5.',
      `  sandbox.yaml:2:26 scripts.x.extends must be the name of a script, but there is none called "y". There are ${builtIn}.`,
      "  sandbox.yaml:2:38 scripts.x.called[0] lacks do. Add it: one of ring, answer, reject, hang-up, fail, speak, send-dtmf.",
      `  sandbox.yaml:2:47 scripts.x.called[0].after must be ${duration}, but was 1. Write 1s for seconds.`,
    ].join("\n"),
  );
});

test("of many mistakes the first ten are told, and how many more there are", () => {
  const error = errorOf(`numbers:\n${"  - 5\n".repeat(13)}`);
  expect(error.mistakes.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(error.message).toMatch(/^sandbox\.yaml has 13 mistakes:\n/);
  expect(error.message).toMatch(/\n {2}… and 3 more\.$/);
});
