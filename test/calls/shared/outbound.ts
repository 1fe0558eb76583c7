import { describe, expect, test } from "vitest";
import { desk, type Side } from "./side.ts";

const hangsUp = "+5511900000001";
const declines = "+5511900000002";
const neverAnswers = "+5511900000003";
const outOfReach = "+5511900000004";

/** The life of a call that the business placed. */
export function outbound(side: Side): void {
  describe("an outbound call", () => {
    test("CALL-024, CALL-026, CALL-053, CALL-055: is initiated, rings, and is accepted when the person answers", async () => {
      const { sandbox, start, call } = desk(side);
      const id = await start();
      const seen = [await call(id)];
      for (const step of ["PT0.299S", "PT0.001S", "PT0.699S", "PT0.001S"]) {
        await sandbox.advance(step);
        seen.push(await call(id));
      }
      expect(seen.map(({ status, connectedAt, updatedAt }) => [status, connectedAt, updatedAt.slice(17)])).toEqual([
        ["INITIATED", null, "00.000Z"],
        ["INITIATED", null, "00.000Z"],
        ["RINGING", null, "00.300Z"],
        ["RINGING", null, "00.300Z"],
        ["ACCEPTED", "2026-01-01T00:00:01.000Z", "01.000Z"],
      ]);
    });

    test("CALL-039, CALL-050, CALL-054: ends COMPLETED with its duration when the person hangs up", async () => {
      const { sandbox, start, call } = desk(side);
      const id = await start(hangsUp);
      await sandbox.advance("PT5.999S");
      expect(await call(id)).toMatchObject({ status: "ACCEPTED", endedAt: null, durationSeconds: null });
      await sandbox.advance("PT0.001S");
      expect(await call(id)).toMatchObject({
        status: "COMPLETED",
        connectedAt: "2026-01-01T00:00:01.000Z",
        endedAt: "2026-01-01T00:00:06.000Z",
        updatedAt: "2026-01-01T00:00:06.000Z",
        durationSeconds: 5,
        errorCode: null,
        errorMessage: null,
      });
    });

    test.each([
      ["PT0.999S", 0],
      ["PT1S", 1],
      ["PT3.999S", 3],
      ["PT1H0M0.5S", 3_600],
    ])("CALL-023, CALL-051: answered for %s it lasts %i whole seconds", async (by, seconds) => {
      const { sandbox, api, start, call, person } = desk(side, { mode: "manual" });
      const id = await start();
      await person(id, "answer");
      await sandbox.advance(by);
      expect((await api("POST", `/calls/${id}/terminate`)).body).toEqual({ success: true, id, status: "COMPLETED" });
      expect(await call(id)).toMatchObject({ status: "COMPLETED", durationSeconds: seconds });
    });

    test.each(["PT0.1S", "PT0.5S"])("CALL-040: terminated %s after it was placed, it has no duration", async (by) => {
      const { sandbox, api, start, call } = desk(side);
      const id = await start();
      await sandbox.advance(by);
      expect((await api("POST", `/calls/${id}/terminate`)).body.status).toBe("COMPLETED");
      await sandbox.advance("PT2M");
      expect(await call(id)).toMatchObject({ status: "COMPLETED", connectedAt: null, durationSeconds: null });
    });

    test("CALL-042, CALL-046: ends COMPLETED without a duration after ringing for 60 s", async () => {
      const { sandbox, start, call } = desk(side);
      const id = await start(neverAnswers);
      await sandbox.advance("PT59.999S");
      expect(await call(id)).toMatchObject({ status: "RINGING", endedAt: null });
      await sandbox.advance("PT0.001S");
      expect(await call(id)).toMatchObject({
        status: "COMPLETED",
        connectedAt: null,
        endedAt: "2026-01-01T00:01:00.000Z",
        durationSeconds: null,
      });
    });

    test("CALL-045: ends REJECTED when the person declines", async () => {
      const { sandbox, start, call } = desk(side);
      const id = await start(declines);
      await sandbox.advance("PT1S");
      expect(await call(id)).toMatchObject({
        status: "REJECTED",
        connectedAt: null,
        endedAt: "2026-01-01T00:00:01.000Z",
        durationSeconds: null,
        errorCode: null,
      });
    });

    test("CALL-062, CALL-063, CALL-064: ends FAILED, and says why, when it can't be set up", async () => {
      const { sandbox, start, call } = desk(side);
      const id = await start(outOfReach);
      expect(await call(id)).toMatchObject({ errorCode: null, errorMessage: null });
      await sandbox.advance("PT1S");
      expect(await call(id)).toMatchObject({
        status: "FAILED",
        connectedAt: null,
        endedAt: "2026-01-01T00:00:01.000Z",
        durationSeconds: null,
        errorCode: side.differences.unreachable.errorCode,
        errorMessage: expect.stringMatching(/^[A-Z].*\.$/),
      });
    });

    test("CALL-048: lasts as long as nobody hangs up", async () => {
      const { sandbox, api, start, call, person } = desk(side, { mode: "manual" });
      const id = await start();
      await person(id, "answer");
      await sandbox.advance("P30D");
      expect(await call(id)).toMatchObject({ status: "ACCEPTED" });
      await api("POST", `/calls/${id}/terminate`);
      expect((await call(id)).durationSeconds).toBe(30 * 24 * 3_600);
    });
  });
}
