import { expect, test } from "vitest";
import { readConfig } from "../../mock/config/index.ts";
import { builtInScripts } from "../../mock/people/built-in-scripts.ts";

const read = (text: string) => readConfig(text, "sandbox.yaml");
const script = (text: string) => read(text).scripts[0];
const answer = builtInScripts.get("answer");

test("a whole script is read step by step", () => {
  const text = `
scripts:
  shy:
    about: Answers late.
    called: [{ after: 300ms, do: ring }, { after: 1s, do: answer }]
    calling: [{ after: 2m, do: hang-up }]
    answered:
      - { do: speak, pattern: turns }
      - { after: 5s, do: send-dtmf, digits: "12#" }
      - { do: fail, code: "138020" }
    permission: { after: 1h, reply: accept-always }
`;
  expect(script(text)).toEqual({
    name: "shy",
    about: "Answers late.",
    called: [
      { afterMs: 300, action: { do: "ring" } },
      { afterMs: 1_000, action: { do: "answer" } },
    ],
    calling: [{ afterMs: 120_000, action: { do: "hang-up" } }],
    answered: [
      { afterMs: 0, action: { do: "speak", pattern: "turns" } },
      { afterMs: 5_000, action: { do: "send-dtmf", digits: "12#" } },
      { afterMs: 0, action: { do: "fail", code: "138020" } },
    ],
    permission: { afterMs: 3_600_000, reply: "accept-always" },
  });
});

test.each([
  ["0s", 0],
  ["300ms", 300],
  ["1.5s", 1_500],
  ["2m", 120_000],
  ["1h", 3_600_000],
  ["2d", 172_800_000],
  ["PT0.25S", 250],
  ["PT1M30S", 90_000],
  ["P1DT1H", 90_000_000],
  ["P1W", 604_800_000],
])("the duration %s is %i milliseconds", (text, milliseconds) => {
  const [step] = script(`scripts: { x: { called: [{ after: ${text}, do: ring }] } }`)?.called ?? [];
  expect(step).toEqual({ afterMs: milliseconds, action: { do: "ring" } });
});

test.each(["5", "5 s", "-1s", "1y", "P1M", "P", "PT", "PT5", "1s30", "s", ".5s"])("%o is no duration", (text) => {
  expect(() => read(`scripts: { x: { permission: { after: "${text}" } } }`)).toThrow(
    "must be a duration such as 300ms",
  );
});

test("what a script leaves out is as in the built-in answer", () => {
  expect(script("scripts: { x: {} }")).toEqual({ ...answer, name: "x", about: "A script of your own, like answer." });
  expect(script("scripts: { x: { permission: { reply: ignore } } }")?.permission).toEqual({
    afterMs: 1_000,
    reply: "ignore",
  });
  expect(script("scripts: { x: { called: [] } }")?.called).toEqual([]);
});

test("a script may extend one that stands below it, and that one a built-in one", () => {
  const { scripts } = read(`
scripts:
  first: { extends: second, called: [{ do: ring }] }
  second: { extends: hang-up, permission: { reply: reject } }
`);
  const hangUp = builtInScripts.get("hang-up");
  expect(scripts.map(({ name }) => name)).toEqual(["first", "second"]);
  expect(scripts[0]).toMatchObject({
    called: [{ afterMs: 0, action: { do: "ring" } }],
    answered: hangUp?.answered,
    permission: { afterMs: 1_000, reply: "reject" },
  });
  expect(scripts[1]).toMatchObject({ called: hangUp?.called, answered: hangUp?.answered });
});

test("a script that takes a built-in one's place and extends its name starts from the built-in one", () => {
  const reject = builtInScripts.get("reject");
  expect(script("scripts: { reject: { extends: reject, calling: [] } }")).toMatchObject({
    name: "reject",
    called: reject?.called,
    calling: [],
  });
});

test("the built-in answer stays what others start from, also when the file replaces it", () => {
  const { scripts } = read("scripts: { answer: { called: [] }, x: {}, y: { extends: answer } }");
  expect(scripts.map(({ called }) => called.length)).toEqual([0, 2, 0]);
});

test("an error code may do without quotes, and fail without a code", () => {
  const steps = script("scripts: { x: { answered: [{ do: fail, code: 138020 }, { do: fail }] } }")?.answered;
  expect(steps?.map(({ action }) => action)).toEqual([
    { do: "fail", code: "138020" },
    { do: "fail", code: null },
  ]);
});

test("phone numbers are read in every usual spelling, as names too", () => {
  const { numbers, keys, contacts } = read(`
numbers:
  - { provider: META, number: +551140000101, allowList: [5511987650001, "+55 (11) 98765-0002"] }
  - { provider: EVO_GO, number: +55 (11) 4000-0102, connected: false, key: ps_x }
keys: { ps_y: +551140000101, ps_z: "55 11 4000-0001", ps_t: tenant, ps_u: unbound }
contacts:
  +5511987650001: { name: Ana }
  +55 11 98765-0002: { script: null }
  "5511987650003": { reachable: false }
`);
  expect(numbers).toEqual([
    { provider: "META", number: "551140000101", allowList: ["5511987650001", "5511987650002"] },
    { provider: "EVO_GO", number: "551140000102", connected: false, key: "ps_x" },
  ]);
  expect(keys).toEqual([
    { key: "ps_y", number: "551140000101" },
    { key: "ps_z", number: "551140000001" },
    { key: "ps_t", scope: "tenant" },
    { key: "ps_u", scope: "unbound" },
  ]);
  expect(contacts).toEqual([
    { phone: "5511987650001", name: "Ana" },
    { phone: "5511987650002", script: null },
    { phone: "5511987650003", reachable: false },
  ]);
});

test.each([
  ["an empty file", ""],
  ["comments alone", "# nothing yet\n"],
  ["empty sections", "scripts:\nnumbers:\nkeys:\ncontacts:\n"],
  ["JSON", '{ "scripts": {}, "numbers": [] }'],
])("%s asks for nothing", (_, text) => {
  expect(read(text)).toEqual({ scripts: [], numbers: [], keys: [], contacts: [], webhooks: [] });
});

test("steps can be shared by anchors", () => {
  const { scripts } = read("scripts: { x: { called: &late [{ after: 8s, do: answer }] }, y: { called: *late } }");
  expect(scripts[1]?.called).toEqual([{ afterMs: 8_000, action: { do: "answer" } }]);
});
