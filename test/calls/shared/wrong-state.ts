import { describe, expect, test } from "vitest";
import { type Desk, desk, type Side } from "./side.ts";

/** Brings a call into a state. */
const states = {
  "an accepted inbound call": async ({ ring, accept }: Desk) => {
    const id = await ring();
    await accept(id);
    return id;
  },
  "a rejected inbound call": async ({ api, ring }: Desk) => {
    const id = await ring();
    await api("POST", `/calls/${id}/reject`);
    return id;
  },
  "a missed inbound call": async ({ ring, person }: Desk) => {
    const id = await ring();
    await person(id, "hang-up");
    return id;
  },
  "a completed inbound call": async ({ api, ring, accept }: Desk) => {
    const id = await ring();
    await accept(id);
    await api("POST", `/calls/${id}/terminate`);
    return id;
  },
  "a failed outbound call": async ({ start, person }: Desk) => {
    const id = await start();
    await person(id, "fail");
    return id;
  },
  "a rejected outbound call": async ({ start, person }: Desk) => {
    const id = await start();
    await person(id, "reject");
    return id;
  },
  "a completed outbound call": async ({ api, start }: Desk) => {
    const id = await start();
    await api("POST", `/calls/${id}/terminate`);
    return id;
  },
  "an initiated outbound call": ({ start }: Desk) => start(),
  "a ringing outbound call": async ({ start, person }: Desk) => {
    const id = await start();
    await person(id, "ring");
    return id;
  },
  "an accepted outbound call": async ({ start, person }: Desk) => {
    const id = await start();
    await person(id, "answer");
    return id;
  },
} as const;

type StateName = keyof typeof states;

const ended: readonly StateName[] = [
  "a rejected inbound call",
  "a missed inbound call",
  "a completed inbound call",
  "a failed outbound call",
  "a rejected outbound call",
  "a completed outbound call",
];
const outboundLive: readonly StateName[] = [
  "an initiated outbound call",
  "a ringing outbound call",
  "an accepted outbound call",
];

const refusals: readonly (readonly [behaviour: string, action: "accept" | "reject" | "terminate", StateName])[] = [
  ["CALL-027", "accept", "an accepted inbound call"],
  ["CALL-028", "accept", "a rejected inbound call"],
  ["CALL-028", "accept", "a missed inbound call"],
  ["CALL-028", "accept", "a completed inbound call"],
  ...outboundLive.map((state) => ["CALL-029", "accept", state] as const),
  ["CALL-029", "accept", "a completed outbound call"],
  ["CALL-030", "reject", "an accepted inbound call"],
  ["CALL-031", "reject", "a rejected inbound call"],
  ["CALL-031", "reject", "a missed inbound call"],
  ["CALL-031", "reject", "a completed inbound call"],
  ...outboundLive.map((state) => ["CALL-032", "reject", state] as const),
  ["CALL-032", "reject", "a failed outbound call"],
  ...ended.map((state) => ["CALL-033", "terminate", state] as const),
];

/** Actions that a call's state forbids. */
export function wrongState(side: Side): void {
  describe("a call that is not in the state for it", () => {
    test.each(refusals)("%s, CALL-034: %s of %s is refused with what is allowed", async (behaviour, action, state) => {
      const at = desk(side, { mode: "manual" });
      const id = await states[state](at);
      const before = await at.call(id);
      const answer = await at.api("POST", `/calls/${id}/${action}`, action === "accept" ? side.acceptBody : undefined);
      const allowed = before.endedAt === null ? side.differences.actions.live : [];
      expect(answer).toMatchObject({ status: 400, behaviour, body: { code: "INVALID_CALL_STATE" } });
      expect(answer.body.details).toEqual({ status: before.status, allowed });
      expect(await at.call(id)).toEqual(before);
    });

    test("CALL-034: what a ringing inbound call allows is what then works", async () => {
      const at = desk(side, { mode: "manual" });
      const { actions } = side.differences;
      for (const action of actions.ringing) {
        const id = await at.ring();
        const body = {
          accept: side.acceptBody,
          "pre-accept": side.acceptBody,
          play: { audioUrl: "https://example.com/a.ogg" },
        };
        const answer = await at.api("POST", `/calls/${id}/${action}`, new Map(Object.entries(body)).get(action));
        expect([action, answer.status]).toEqual([action, 200]);
        await at.api("POST", `/calls/${id}/terminate`);
      }
    });

    test.each(ended)("CALL-049: %s never changes again", async (state) => {
      const at = desk(side, { mode: "manual" });
      const id = await states[state](at);
      const before = await at.call(id);
      await at.sandbox.advance("PT1M");
      for (const action of ["accept", "reject", "terminate"])
        await at.api("POST", `/calls/${id}/${action}`, action === "accept" ? side.acceptBody : undefined);
      for (const action of ["ring", "answer", "reject", "hang-up", "fail"] as const) {
        await expect(at.person(id, action)).rejects.toMatchObject({ code: "PERSON_CANNOT_DO_THAT" });
      }
      await at.sandbox.advance("PT24H");
      expect(before.endedAt).toBe("2026-01-01T00:00:00.000Z");
      expect(await at.call(id)).toEqual(before);
    });

    test("CALL-001, CALL-065: every status can be reached, and no other", async () => {
      const seen = new Set<string>();
      for (const state of Object.values(states)) {
        const at = desk(side, { mode: "manual" });
        seen.add((await at.call(await state(at))).status);
      }
      expect([...seen].sort()).toEqual([
        "ACCEPTED",
        "COMPLETED",
        "FAILED",
        "INITIATED",
        "MISSED",
        "REJECTED",
        "RINGING",
      ]);
    });
  });
}
