import { describe, expect, test } from "vitest";
import { keys } from "../../support/sandbox.ts";
import { desk, person, type Side } from "./side.ts";

const ulid = "[0-9A-HJKMNP-TV-Z]{26}";

/** What a call is from its first instant on: ids, numbers, instants. */
export function starting(side: Side): void {
  describe("a new call", () => {
    test("CALL-003, CALL-016: is answered with 201, both its ids and INITIATED", async () => {
      const { sandbox, api } = desk(side);
      await side.permit(sandbox, person);
      const started = await api("POST", "/calls", { to: person, ...side.startBody });
      expect(started.status).toBe(201);
      expect(started.body).toEqual({
        id: expect.stringMatching(new RegExp(`^call_${ulid}$`)),
        externalCallId: expect.stringMatching(side.differences.externalCallId),
        status: "INITIATED",
      });
    });

    test("CALL-004, CALL-005, CALL-006: is found by either id, and answers with its own", async () => {
      const { api, ring, accept, call } = desk(side, { mode: "manual" });
      for (const name of ["id", "externalCallId"] as const) {
        const { id, externalCallId } = await call(await ring());
        const ref = { id, externalCallId }[name];
        expect((await api("GET", `/calls/${encodeURIComponent(ref)}`)).body.id).toBe(id);
        expect((await accept(encodeURIComponent(ref))).body).toEqual({ success: true, id, status: "ACCEPTED" });
        const ended = await api("POST", `/calls/${encodeURIComponent(ref)}/terminate`);
        expect(ended.body).toEqual({ success: true, id, status: "COMPLETED" });
      }
    });

    test("CALL-009: is never merged with another, whatever the headers say", async () => {
      const { sandbox, api, start, call } = desk(side, { mode: "manual" });
      const first = await call(await start());
      await api("POST", `/calls/${first.id}/terminate`);
      const again = await sandbox.request("POST", "/v1/calls", {
        headers: { "x-api-key": keys[side.key], "idempotency-key": "1", "x-request-id": "1" },
        body: { to: person, ...side.startBody },
      });
      await api("POST", `/calls/${again.body.id}/terminate`);
      const third = await call(await start("+5511988887778"));
      expect(new Set([first.id, again.body.id, third.id]).size).toBe(3);
      expect(new Set([first.externalCallId, again.body.externalCallId, third.externalCallId]).size).toBe(3);
      expect((await api("GET", "/calls")).body.calls).toHaveLength(3);
    });

    test("CALL-017: keeps the callback data that came with it, and shows null without", async () => {
      const { start, call } = desk(side, { mode: "manual" });
      expect((await call(await start(person, { bizOpaqueCallbackData: "order-42 ✓" }))).bizOpaqueCallbackData).toBe(
        "order-42 ✓",
      );
      expect((await call(await start("+5511988887778"))).bizOpaqueCallbackData).toBeNull();
      expect(
        (await call(await start("+5511988887779", { bizOpaqueCallbackData: null }))).bizOpaqueCallbackData,
      ).toBeNull();
    });

    test("CALL-018, CALL-019: takes 512 characters of callback data, and no more", async () => {
      const { api, start, call } = desk(side);
      const whole = "x".repeat(512);
      expect((await call(await start(person, { bizOpaqueCallbackData: whole }))).bizOpaqueCallbackData).toBe(whole);
      const refused = await api("POST", "/calls", {
        to: person,
        ...side.startBody,
        bizOpaqueCallbackData: `${whole}x`,
      });
      expect(refused).toMatchObject({
        status: 400,
        behaviour: "CALL-018",
        body: { code: "VALIDATION_ERROR", details: { issues: [{ path: "bizOpaqueCallbackData" }] } },
      });
    });

    test("CALL-002, CALL-058, CALL-059, CALL-060: names caller and person in either direction, digits only", async () => {
      const { ring, start, call } = desk(side, { mode: "manual" });
      expect(await call(await start("+55 (11) 98888-7777"))).toMatchObject({
        direction: "OUTBOUND",
        fromNumber: side.business,
        peerNumber: "5511988887777",
      });
      expect(await call(await ring("+55 (11) 98888-7778"))).toMatchObject({
        direction: "INBOUND",
        fromNumber: "5511988887778",
        peerNumber: "5511988887778",
      });
    });

    test("CALL-061: belongs to the conversation of its number and person", async () => {
      const { ring, start, call, api } = desk(side, { mode: "manual" });
      const outbound = await call(await start());
      await api("POST", `/calls/${outbound.id}/terminate`);
      const inbound = await call(await ring());
      const stranger = await call(await ring("+5511988887778"));
      expect(outbound.conversationId).toMatch(new RegExp(`^conv_${ulid}$`));
      expect(inbound.conversationId).toBe(outbound.conversationId);
      expect(stranger.conversationId).not.toBe(outbound.conversationId);
    });

    test("CALL-052, CALL-056, CALL-057: starts now, and was created at an instant of its own", async () => {
      const { sandbox, ring, call } = desk(side, { mode: "manual" });
      await sandbox.advance("PT1.5S");
      const calls = [];
      for (const last of [1, 2, 3]) calls.push(await call(await ring(`+551198888777${last}`)));
      expect(calls.map(({ startedAt }) => startedAt)).toEqual(Array(3).fill("2026-01-01T00:00:01.500Z"));
      expect(calls.map(({ createdAt }) => createdAt)).toEqual([
        "2026-01-01T00:00:01.500Z",
        "2026-01-01T00:00:01.501Z",
        "2026-01-01T00:00:01.502Z",
      ]);
    });
  });

  describe("a call id that opens nothing", () => {
    const requests = (id: string) =>
      [
        ["GET", `/calls/${id}`],
        ["POST", `/calls/${id}/accept`],
        ["POST", `/calls/${id}/reject`],
        ["POST", `/calls/${id}/terminate`],
      ] as const;

    test("CALL-007, CALL-008: an unknown call and another number's call are refused alike", async () => {
      const { sandbox, ring, call } = desk(side, { mode: "manual" });
      const neighbour = await sandbox.control.addNumber({ provider: side.provider, number: "+5511400000099" });
      const { id, externalCallId } = await call(await ring());
      for (const ref of ["call_01KDVDNA00K420B4J8EJP6G1FK", "wacid.HBgN", id, encodeURIComponent(externalCallId)]) {
        for (const [method, path] of requests(ref)) {
          const answer = await sandbox.request(method, `/v1${path}`, {
            headers: { "x-api-key": neighbour.key },
            ...(path.endsWith("accept") && side.acceptBody !== undefined ? { body: side.acceptBody } : {}),
          });
          expect(answer).toMatchObject({ status: 404, behaviour: "CALL-007", body: { code: "CALL_NOT_FOUND" } });
          expect(answer.body.error).toBe(
            `This number has no call ${JSON.stringify(decodeURIComponent(ref))}. Use the id or externalCallId of one of its own calls; GET /v1/calls lists them.`,
          );
        }
      }
      expect(await call(id)).toMatchObject({ status: "RINGING" });
    });
  });
}
