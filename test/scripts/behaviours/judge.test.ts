import { describe, expect, test } from "vitest";
import { judge } from "../../../scripts/behaviours/judge.ts";
import { readLedger } from "../../../scripts/behaviours/ledger.ts";

const good = `
- { id: CALL-001, certainty: documented, proof: proven }
- { id: CALL-002, certainty: assumed, proof: open }
- { id: META-SDP-001, certainty: assumed, proof: proven }
`;
const passing = (...titles: string[]) => ({ titles, passed: true });
const failing = (...titles: string[]) => ({ titles, passed: false });
const bothProven = passing("CALL-001, META-SDP-001: both at once");

describe("the ledger against the tests", () => {
  test.each([
    ["all proven entries are named by a passing test", [bothProven], {}],
    [
      "the id stands in an outer title",
      [passing("META-SDP-001: rules", "one"), passing("calls (CALL-001)", "two")],
      {},
    ],
    ["an open entry has a passing test", [bothProven, passing("CALL-002: x")], { readyToMark: ["CALL-002"] }],
    ["an open entry has a failing test", [bothProven, failing("CALL-002: x")], {}],
    ["no test names a proven entry", [passing("CALL-001: x")], { provenWithoutTest: ["META-SDP-001"] }],
    ["only a failing test names it", [bothProven, failing("CALL-001: y")], { provenWithoutTest: ["CALL-001"] }],
    ["a longer id is another id", [passing("CALL-0012 META-SDP-001")], { provenWithoutTest: ["CALL-001"] }],
    ["a title starts with a misspelt area", [bothProven, passing("CAL-001: x")], { unknownIds: ["CAL-001"] }],
    ["an unknown number of a known area", [bothProven, passing("says CALL-099")], { unknownIds: ["CALL-099"] }],
    ["a word that only looks like an id", [bothProven, passing("signs with SHA-256")], {}],
  ])("%s", (_title, tests, want) => {
    const verdict = judge(readLedger(good, "ledger"), tests);
    const found = {
      readyToMark: verdict.readyToMark,
      provenWithoutTest: verdict.provenWithoutTest,
      unknownIds: verdict.unknownIds.map(({ id }) => id),
    };
    expect(found).toEqual({ readyToMark: [], provenWithoutTest: [], unknownIds: [], ...want });
    expect(verdict.ok).toBe(found.provenWithoutTest.length + found.unknownIds.length === 0);
  });

  test("an id that stands twice is a failure", () => {
    const twice = `${good}- { id: CALL-002, certainty: inferred, proof: open }\n`;
    expect(judge(readLedger(twice, "ledger"), [bothProven])).toMatchObject({ ok: false, duplicates: ["CALL-002"] });
  });

  test("each area is counted", () => {
    expect(judge(readLedger(good, "ledger"), [bothProven])).toMatchObject({
      areas: [
        { area: "CALL", total: 2, proven: 1, open: 1, assumed: 1 },
        { area: "META-SDP", total: 1, proven: 1, open: 0, assumed: 1 },
      ],
      total: { total: 3, proven: 2, open: 1, assumed: 2 },
    });
  });
});

describe("a ledger that is not well formed", () => {
  test.each([
    ["not a list", "id: CALL-001", "must be a list"],
    ["an entry that is no map", "- CALL-001", "entry 1: it must be a map"],
    ["no id", "- { certainty: assumed, proof: open }", "its id undefined is not AREA-NNN"],
    ["an id in small letters", "- { id: call-001, certainty: assumed, proof: open }", "its id call-001"],
    ["an unknown certainty", "- { id: CALL-001, certainty: sure, proof: open }", "CALL-001: certainty is sure"],
    ["no proof", "- { id: CALL-001, certainty: assumed }", "CALL-001: proof is missing"],
    ["an unknown proof", "- { id: CALL-001, certainty: assumed, proof: yes }", "CALL-001: proof is yes"],
  ])("%s", (_title, text, message) => {
    expect(() => readLedger(text, "ledger")).toThrow(message);
  });
});
