import { describe, expect, test } from "vitest";
import type { Answer } from "../../support/sandbox.ts";
import { desk, type Side } from "./side.ts";

const outcomes = (answers: readonly Answer[]) => answers.map(({ body }) => body.code ?? body.status).sort();

/** Two requests at once for one call: the app takes both before either is answered. */
export function races(side: Side): void {
  describe("two requests at once", () => {
    test("CALL-035: of two accepts exactly one wins", async () => {
      const { ring, accept, call } = desk(side);
      const id = await ring();
      const answers = await Promise.all([accept(id), accept(id)]);
      expect(outcomes(answers)).toEqual(["ACCEPTED", "INVALID_CALL_STATE"]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
      expect((await call(id)).status).toBe("ACCEPTED");
    });

    test.each(["accept first", "reject first"])(
      "CALL-036: of an accept and a reject exactly one wins, %s",
      async (order) => {
        const { api, ring, accept, call } = desk(side);
        const id = await ring();
        const both = [() => accept(id), () => api("POST", `/calls/${id}/reject`)];
        if (order === "reject first") both.reverse();
        const answers = await Promise.all(both.map((ask) => ask()));
        const won = answers.filter(({ status }) => status === 200);
        const lost = answers.filter(({ body }) => body.code === "INVALID_CALL_STATE");
        expect([won.length, lost.length]).toEqual([1, 1]);
        const { status } = await call(id);
        expect(won[0]?.body.status).toBe(status);
        expect(lost[0]?.body.details.status).toBe(status);
      },
    );

    test("CALL-037: of two terminates exactly one wins", async () => {
      const { api, ring, accept, call } = desk(side);
      const id = await ring();
      await accept(id);
      const answers = await Promise.all([1, 2].map(() => api("POST", `/calls/${id}/terminate`)));
      expect(outcomes(answers)).toEqual(["COMPLETED", "INVALID_CALL_STATE"]);
      expect(await call(id)).toMatchObject({ status: "COMPLETED", durationSeconds: 0 });
    });

    test.each(["accept first", "terminate first"])(
      "CALL-038: an accept never revives a call that a terminate ended, %s",
      async (order) => {
        const { api, ring, accept, call } = desk(side);
        const id = await ring();
        const accepting = () => accept(id);
        const ending = () => api("POST", `/calls/${id}/terminate`);
        const answers = await Promise.all(
          (order === "accept first" ? [accepting, ending] : [ending, accepting]).map((ask) => ask()),
        );
        const accepted = answers.find(({ body }) => body.status === "ACCEPTED");
        const after = await call(id);
        expect(after.status).toBe("COMPLETED");
        if (accepted === undefined) {
          expect(outcomes(answers)).toEqual(["COMPLETED", "INVALID_CALL_STATE"]);
          expect(after).toMatchObject({ connectedAt: null, durationSeconds: null });
        } else {
          expect(outcomes(answers)).toEqual(["ACCEPTED", "COMPLETED"]);
          expect(after).toMatchObject({ connectedAt: "2026-01-01T00:00:00.000Z", durationSeconds: 0 });
        }
      },
    );

    test("CALL-035, CALL-037: of twenty requests for one call, one accept and one terminate win", async () => {
      const { api, ring, accept, call } = desk(side);
      const id = await ring();
      const accepts = await Promise.all(Array.from({ length: 10 }, () => accept(id)));
      const ends = await Promise.all(Array.from({ length: 10 }, () => api("POST", `/calls/${id}/terminate`)));
      for (const answers of [accepts, ends]) {
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
        expect(answers.filter(({ body }) => body.code === "INVALID_CALL_STATE")).toHaveLength(9);
      }
      expect((await call(id)).status).toBe("COMPLETED");
    });
  });
}
