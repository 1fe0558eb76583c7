import { describe, expect, test } from "vitest";
import { idsOf, list } from "./listing.ts";
import { desk, type Side } from "./side.ts";

/** What `limit` and `before` take, and how each wrong value is refused. */
export function listingParameters(side: Side): void {
  describe("the list's parameters", () => {
    const refusedLimits: readonly (readonly [string, string])[] = [
      ["CALL-LIST-005", "limit=0"],
      ["CALL-LIST-005", "limit=-1"],
      ["CALL-LIST-005", "limit=-100"],
      ["CALL-LIST-006", "limit=101"],
      ["CALL-LIST-006", "limit=999999999999999"],
      ["CALL-LIST-007", "limit=9999999999999999999999"],
      ["CALL-LIST-007", "limit=abc"],
      ["CALL-LIST-007", "limit=1.5"],
      ["CALL-LIST-007", "limit=1.0"],
      ["CALL-LIST-007", "limit=1e1"],
      ["CALL-LIST-007", "limit=0x10"],
      ["CALL-LIST-007", "limit=%2B5"],
      ["CALL-LIST-007", "limit=+5"],
      ["CALL-LIST-007", "limit=5%20"],
      ["CALL-LIST-007", "limit=NaN"],
      ["CALL-LIST-007", "limit=Infinity"],
      ["CALL-LIST-007", "limit=٥"],
      ["CALL-LIST-007", "limit=5,6"],
      ["CALL-LIST-007", "limit=null"],
      ["CALL-LIST-008", "limit="],
      ["CALL-LIST-008", "limit"],
      ["CALL-LIST-009", "limit=5&limit=6"],
      ["CALL-LIST-009", "limit=5&limit=5"],
    ];
    test.each(refusedLimits)("%s: %s is refused", async (behaviour, query) => {
      const answer = await desk(side).api("GET", `/calls?${query}`);
      expect(answer).toMatchObject({ status: 400, behaviour, body: { code: "INVALID_LIMIT" } });
      expect(answer.body.error).toContain("from 1 to 100");
    });

    /** Of three calls, at 00:00:00, 00:00:01 and 00:00:02 on 2026-01-01, how many are earlier. */
    const cursors: readonly (readonly [string, number])[] = [
      ["2026-01-01", 0],
      ["2026-01-02", 3],
      ["2026-01-01T00:00", 0],
      ["2026-01-01T00:00:01", 1],
      ["2026-01-01T00:00:01Z", 1],
      ["2026-01-01t00:00:01z", 1],
      ["2026-01-01 00:00:01Z", 1],
      ["2026-01-01T00:00:01.001Z", 2],
      ["2026-01-01T00:00:01,5Z", 2],
      ["2026-01-01T00:00:01.000999999Z", 1],
      ["2026-01-01T01:00:02%2B01:00", 2],
      ["2026-01-01T01:00:02%2B0100", 2],
      ["2026-01-01T01:00:02%2B01", 2],
      ["2025-12-31T21:00:02-03:00", 2],
      ["1970-01-01", 0],
      ["9999-12-31T23:59:59.999Z", 3],
      ["2024-02-29", 0],
    ];
    test.each(cursors)("CALL-LIST-011, CALL-LIST-012: before=%s leaves %i of three calls", async (before, count) => {
      const at = desk(side, { mode: "manual" });
      const ids: string[] = [];
      for (const from of ["+5511988880001", "+5511988880002", "+5511988880003"]) {
        ids.push(await at.ring(from));
        await at.sandbox.advance("PT1S");
      }
      expect(idsOf(await list(at, `?before=${before}`))).toEqual(ids.slice(0, count).reverse());
    });

    const refusedCursors: readonly (readonly [string, string])[] = [
      ["CALL-LIST-013", "before=yesterday"],
      ["CALL-LIST-013", "before=1767225600000"],
      ["CALL-LIST-013", "before=01/02/2026"],
      ["CALL-LIST-013", "before=2026"],
      ["CALL-LIST-013", "before=2026-01"],
      ["CALL-LIST-013", "before=2026-1-1"],
      ["CALL-LIST-013", "before=20260101"],
      ["CALL-LIST-013", "before=2026-W01-1"],
      ["CALL-LIST-013", "before=2026-01-01T"],
      ["CALL-LIST-013", "before=2026-01-01T00"],
      ["CALL-LIST-013", "before=2026-01-01T00:00:00.Z"],
      ["CALL-LIST-013", "before=2026-01-01T00:00:00Zulu"],
      ["CALL-LIST-013", "before=%2B002026-01-01"],
      ["CALL-LIST-013", "before=Thu, 01 Jan 2026 00:00:00 GMT"],
      ["CALL-LIST-013", "before=call_01KDVDNA00K420B4J8EJP6G1FK"],
      ["CALL-LIST-013", `before=2026-01-01${"0".repeat(5_000)}`],
      ["CALL-LIST-014", "before=2026-02-30"],
      ["CALL-LIST-014", "before=2026-02-29"],
      ["CALL-LIST-014", "before=2026-13-01"],
      ["CALL-LIST-014", "before=2026-00-10"],
      ["CALL-LIST-014", "before=2026-01-32"],
      ["CALL-LIST-014", "before=2026-01-01T25:00:00Z"],
      ["CALL-LIST-014", "before=2026-01-01T00:60:00Z"],
      ["CALL-LIST-015", "before="],
      ["CALL-LIST-015", "before"],
      ["CALL-LIST-016", "before=2026-01-01&before=2026-01-02"],
      ["CALL-LIST-016", "before=2026-01-01&before=2026-01-01"],
    ];
    test.each(refusedCursors)("%s: %s is refused", async (behaviour, query) => {
      const answer = await desk(side).api("GET", `/calls?${query}`);
      expect(answer).toMatchObject({ status: 400, behaviour, body: { code: "INVALID_BEFORE" } });
      expect(answer.body.error.length).toBeLessThan(400);
    });
  });
}
