import { describe, expect, it } from "vitest";
import { loadCases, ownCases } from "../../../contracts/conformance/case-files.ts";
import { coverageOf, readUnseen } from "../../../contracts/conformance/coverage.ts";
import { readLedger } from "../../../contracts/conformance/ledger.ts";

describe("coverage of the ledger", () => {
  it("CONF-016: is whole: every entry has a case, or a reason why none can show it", async () => {
    const covered = coverageOf(await readLedger(), await loadCases([ownCases()]), await readUnseen());
    expect(covered).toMatchObject({ missing: [], contradicted: [], unknown: [] });
    expect(covered.shown.length + covered.unseen.size).toBe(covered.total);
  });

  it("CONF-016: names what is neither shown nor excused, and excuses that are none", () => {
    const entry = (id: string) => ({ id, area: id.slice(0, -4), behaviour: "", source: "", certainty: "" });
    const shows = {
      id: "f: a [META]",
      file: "f",
      topic: "T",
      title: "a",
      provider: "META" as const,
      behaviours: ["CALL-001"],
      world: {},
      steps: [],
    };
    const unseen = [
      { reason: "r", behaviours: ["CALL-001", "CALL-900"], area: null },
      { reason: "own", behaviours: [], area: "CTRL" },
    ];
    const ledger = ["CALL-001", "CALL-002", "CTRL-001"].map(entry);
    expect(coverageOf(ledger, [shows], unseen)).toEqual({
      total: 3,
      shown: ["CALL-001"],
      unseen: new Map([["CTRL-001", "own"]]),
      missing: ["CALL-002"],
      contradicted: ["CALL-001"],
      unknown: ["CALL-900"],
    });
  });
});
