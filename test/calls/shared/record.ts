import { describe, expect, test } from "vitest";
import { desk, person, type Side } from "./side.ts";

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** What `GET /v1/calls/{callId}` shows of a call. */
export function record(side: Side): void {
  describe("one call as it is read", () => {
    test("CALL-GET-001, CALL-GET-002, CALL-GET-003: has its sixteen fields, null where there is no value", async () => {
      const { start, call } = desk(side, { mode: "manual" });
      const id = await start();
      expect(await call(id)).toEqual({
        id,
        externalCallId: expect.stringMatching(side.differences.externalCallId),
        direction: "OUTBOUND",
        status: "INITIATED",
        peerNumber: "5511988887777",
        fromNumber: side.business,
        conversationId: expect.stringMatching(/^conv_/),
        bizOpaqueCallbackData: null,
        startedAt: "2026-01-01T00:00:00.000Z",
        connectedAt: null,
        endedAt: null,
        durationSeconds: null,
        errorCode: null,
        errorMessage: null,
        createdAt: "2026-01-01T00:00:00.000Z",
        updatedAt: "2026-01-01T00:00:00.000Z",
      });
    });

    test("CALL-057, CALL-GET-001: still has them when it is over, with every time in UTC to the millisecond", async () => {
      const { sandbox, start, call } = desk(side);
      const id = await start("+5511900000001", { bizOpaqueCallbackData: "order-42" });
      await sandbox.advance("PT10S");
      const over = await call(id);
      expect(Object.keys(over)).toHaveLength(16);
      expect(Object.values(over).filter((value) => value === null)).toHaveLength(2);
      for (const name of ["startedAt", "connectedAt", "endedAt", "createdAt", "updatedAt"])
        expect(over[name]).toMatch(instant);
    });

    test.each(["0", "false", "TRUE", "yes", "2", "11", "", "%31%20", "sdp"])(
      "CALL-GET-006: includeSdp=%s counts as absent",
      async (value) => {
        const { api, ring } = desk(side);
        const answer = await api("GET", `/calls/${await ring()}?includeSdp=${value}`);
        expect(answer.status).toBe(200);
        expect(Object.keys(answer.body)).toHaveLength(16);
      },
    );

    test("CALL-055, CALL-054: updatedAt follows the last change, endedAt the end", async () => {
      const { sandbox, api, start, call, person: acts } = desk(side, { mode: "manual" });
      const id = await start(person);
      const seen = [];
      for (const change of [
        () => acts(id, "ring"),
        () => acts(id, "answer"),
        () => api("POST", `/calls/${id}/terminate`),
      ]) {
        await sandbox.advance("PT1S");
        await change();
        const { updatedAt, endedAt } = await call(id);
        seen.push([updatedAt, endedAt]);
      }
      expect(seen).toEqual([
        ["2026-01-01T00:00:01.000Z", null],
        ["2026-01-01T00:00:02.000Z", null],
        ["2026-01-01T00:00:03.000Z", "2026-01-01T00:00:03.000Z"],
      ]);
    });
  });
}
