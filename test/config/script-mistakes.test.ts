import { expect, test } from "vitest";
import { builtIn, duration, errorOf, expectMistake } from "./support.ts";

const actions = "ring, answer, reject, hang-up, fail, speak, send-dtmf";
const fields = "about, extends, called, calling, answered, permission";
const digits = "1 to 64 of the keys 0-9, *, #, A-D, in quotes";

// ▸ marks the place that must be named.
test.each([
  ["scripts: ▸[x]", "scripts must be a map from the name of a script to what the person does, but was a list."],
  [
    "scripts:\n  ok: {}\n  ▸my script: {}",
    'The name "my script" under scripts must be 1 to 64 letters, digits, - and _, the first a letter or a digit. Rename it.',
  ],
  ["scripts:\n  x: ▸[]", "scripts.x must be a map with the parts of a script, but was a list."],
  ["scripts:\n  y: {}\n  ▸x:\n", "scripts.x must be a map with the parts of a script, but was nothing."],
])("PEOPLE-025: in %j it is said that %s", expectMistake);

test.each([
  ["{ called: [], ▸awnsered: [] }", `has no field "awnsered". Did you mean answered? It can have ${fields}.`],
  ["{ ▸zzz: 1 }", `has no field "zzz". It can have ${fields}.`],
  ['{ about: ▸"" }', '.about must be one sentence of 1 to 200 characters, but was "".'],
  ["{ called: ▸{ do: ring } }", ".called must be a list of steps, such as [{ after: 1s, do: answer }], but was a map."],
  [
    "{ permission: { reply: ▸accept_always } }",
    '.permission.reply must be one of accept, accept-always, reject, ignore, but was "accept_always". Did you mean accept-always?',
  ],
  ["{ permission: { after: ▸soon } }", `.permission.after must be ${duration}, but was "soon".`],
  ["{ permission: { after: ▸P53W } }", '.permission.after must be at most 365d, but was "P53W".'],
  [
    "{ extends: ▸anwser }",
    `.extends must be the name of a script, but there is none called "anwser". Did you mean answer? There are ${builtIn}.`,
  ],
  ["{ extends: ▸x }", `.extends must be the name of a script, but there is none called "x". There are ${builtIn}.`],
])("PEOPLE-025: of the script %s it is said that it %s", (script, message) => {
  expectMistake(`# Mine\n\nscripts:\n  x: ${script}\n`, `scripts.x${message.startsWith(".") ? "" : " "}${message}`);
});

test.each([
  ["▸ring", ' must be a map such as { after: 1s, do: answer }, but was "ring".'],
  ["▸{ after: 1s }", ` lacks do. Add it: one of ${actions}.`],
  ["{ after: 1s, do: ▸awnser }", `.do must be one of ${actions}, but was "awnser". Did you mean answer?`],
  ["{ do: ring, ▸wait: 1s }", ' has no field "wait". It can have after, do, code, pattern, digits.'],
  ["{ do: ring, after: ▸5 }", `.after must be ${duration}, but was 5. Write 5s for seconds.`],
  ["{ do: ring, after: ▸5sec }", `.after must be ${duration}, but was "5sec".`],
  ["{ do: ring, ▸after: }", `.after must be ${duration}, but was nothing.`],
  ["{ do: ring, after: ▸366d }", '.after must be at most 365d, but was "366d".'],
  ["▸{ do: speak }", " lacks pattern. Add it: what is said, such as turns, monologue, echo or silence."],
  ["▸{ do: send-dtmf }", ` lacks digits. Add it: ${digits}.`],
  ["{ do: send-dtmf, digits: ▸12 }", `.digits must be ${digits}, but was 12. Put it in quotes: "12".`],
  ["{ do: send-dtmf, digits: ▸12E }", `.digits must be ${digits}, but was "12E".`],
  ['{ do: ring, ▸code: "138020" }', ".code must stand beside do: fail only, but beside it is do: ring. Remove it."],
  ["{ do: fail, ▸pattern: turns }", ".pattern must stand beside do: speak only, but beside it is do: fail. Remove it."],
  ['{ do: ring, ▸digits: "1" }', ".digits must stand beside do: send-dtmf only, but beside it is do: ring. Remove it."],
  [
    "{ do: fail, code: ▸nope }",
    '.code must be the error code of a failed call, such as 138020 or UNREACHABLE, but was "nope".',
  ],
])("PEOPLE-025: of the step %s it is said that it%s", (step, message) => {
  expectMistake(`scripts:\n  x:\n    answered:\n      - ${step}\n`, `scripts.x.answered[0]${message}`);
});

test("PEOPLE-025: scripts that extend each other in a circle are named, and those that only lead there are not", () => {
  const text = "scripts:\n  a: { extends: b }\n  b: { extends: a }\n  c: { extends: a }";
  expect(errorOf(text).mistakes).toEqual([
    {
      line: 2,
      column: 17,
      message: "scripts.a.extends goes in a circle: a extends b extends a. Have one of them extend a built-in script.",
    },
    {
      line: 3,
      column: 17,
      message: "scripts.b.extends goes in a circle: b extends a extends b. Have one of them extend a built-in script.",
    },
  ]);
});

test("a parameter of an unknown act is not a second mistake", () => {
  const told = errorOf('scripts: { x: { called: [{ do: presss, digits: "1" }] } }').mistakes;
  expect(told.map(({ message }) => message)).toEqual([expect.stringMatching(/^scripts\.x\.called\[0\]\.do must be/)]);
});
