import { describe, expect, test } from "vitest";
import { desk, type Side } from "./side.ts";

/** The life of a call that a person placed. */
export function inbound(side: Side): void {
  describe("an inbound call", () => {
    test("CALL-002, CALL-025: rings from its first instant", async () => {
      const { sandbox, ring, call } = desk(side);
      const { status } = await sandbox.control.createInboundCall({ to: side.business, from: "+5511988887778" });
      expect(status).toBe("RINGING");
      expect(await call(await ring())).toMatchObject({
        direction: "INBOUND",
        status: "RINGING",
        startedAt: "2026-01-01T00:00:00.000Z",
        connectedAt: null,
        endedAt: null,
      });
    });

    test("CALL-020, CALL-021, CALL-053: is ACCEPTED when the business accepts", async () => {
      const { sandbox, ring, accept, call } = desk(side);
      const id = await ring();
      await sandbox.advance("PT2S");
      expect(await accept(id)).toMatchObject({ status: 200, body: { success: true, id, status: "ACCEPTED" } });
      expect(await call(id)).toMatchObject({
        status: "ACCEPTED",
        startedAt: "2026-01-01T00:00:00.000Z",
        connectedAt: "2026-01-01T00:00:02.000Z",
        updatedAt: "2026-01-01T00:00:02.000Z",
      });
    });

    test("CALL-020, CALL-022: is REJECTED when the business declines", async () => {
      const { api, ring, call } = desk(side);
      const id = await ring();
      const answer = await api("POST", `/calls/${id}/reject`);
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({ success: true, id, status: "REJECTED" });
      expect(await call(id)).toMatchObject({ status: "REJECTED", connectedAt: null, durationSeconds: null });
    });

    test("CALL-020, CALL-023, CALL-050: is COMPLETED with its duration when the business hangs up", async () => {
      const { sandbox, api, ring, accept, call } = desk(side);
      const id = await ring();
      await accept(id);
      await sandbox.advance("PT12.5S");
      const answer = await api("POST", `/calls/${id}/terminate`);
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({ success: true, id, status: "COMPLETED" });
      expect(await call(id)).toMatchObject({ status: "COMPLETED", durationSeconds: 12 });
    });

    test("CALL-039: is COMPLETED with its duration when the person hangs up", async () => {
      const { sandbox, ring, accept, call, person } = desk(side, { mode: "manual" });
      const id = await ring();
      await accept(id);
      await sandbox.advance("PT7S");
      await person(id, "hang-up");
      expect(await call(id)).toMatchObject({ status: "COMPLETED", durationSeconds: 7 });
    });

    test("CALL-041: terminated before it was answered, it is COMPLETED without a duration", async () => {
      const { api, ring, call } = desk(side);
      const id = await ring();
      expect((await api("POST", `/calls/${id}/terminate`)).body).toEqual({ success: true, id, status: "COMPLETED" });
      expect(await call(id)).toMatchObject({ status: "COMPLETED", connectedAt: null, durationSeconds: null });
    });

    test("CALL-043, CALL-046: is MISSED when nobody answers for 60 s", async () => {
      const { sandbox, ring, call } = desk(side);
      const id = await ring();
      await sandbox.advance("PT59.999S");
      expect(await call(id)).toMatchObject({ status: "RINGING", endedAt: null });
      await sandbox.advance("PT0.001S");
      expect(await call(id)).toMatchObject({
        status: "MISSED",
        connectedAt: null,
        endedAt: "2026-01-01T00:01:00.000Z",
        durationSeconds: null,
      });
    });

    test("CALL-044: is MISSED when the caller gives up", async () => {
      const { sandbox, ring, call, person } = desk(side, { mode: "manual" });
      const id = await ring();
      await sandbox.advance("PT3S");
      await person(id, "hang-up");
      expect(await call(id)).toMatchObject({
        status: "MISSED",
        endedAt: "2026-01-01T00:00:03.000Z",
        connectedAt: null,
      });
    });

    test("CALL-047: rings as long as its number is set to, in either direction", async () => {
      const { sandbox, ring, start, call } = desk(side, { mode: "manual" });
      await sandbox.control.updateNumber({ id: side.business, limits: { ringTimeoutSeconds: 10 } });
      const ids = [await ring("+5511988887778"), await start()];
      await sandbox.advance("PT9.999S");
      for (const id of ids) expect((await call(id)).endedAt).toBeNull();
      await sandbox.advance("PT0.001S");
      const ended = await Promise.all(ids.map(call));
      expect(ended.map(({ status }) => status)).toEqual(["MISSED", "COMPLETED"]);
      for (const { endedAt } of ended) expect(endedAt).toBe("2026-01-01T00:00:10.000Z");
    });
  });
}
