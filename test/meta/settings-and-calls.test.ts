import { describe, expect, test } from "vitest";
import { answer, callable, testSandbox } from "../support/sandbox.ts";
import { act, call, read, ring, stranger } from "./support.ts";

// The clock of a test starts on a Thursday at midnight UTC, which is Wednesday, 21:00, in São Paulo.
const call_hours = {
  status: "ENABLED",
  timezone_id: "America/Sao_Paulo",
  weekly_operating_hours: [{ day_of_week: "THURSDAY", open_time: "0900", close_time: "1800" }],
};
const unreachable = { code: "INBOUND_CALL_NOT_POSSIBLE", status: 409 };

describe("what the settings make of calls", () => {
  test("META-SET-047: outside call_hours a person's call never reaches the business, inside it rings", async () => {
    const sandbox = testSandbox();
    await sandbox.api("meta", "PUT", "/calls/settings", { call_hours });
    await expect(ring(sandbox)).rejects.toMatchObject({ ...unreachable, behaviour: "CTRL-021" });
    expect((await sandbox.api("meta", "GET", "/calls")).body.calls).toEqual([]);
    await sandbox.advance("PT12H");
    expect((await ring(sandbox)).status).toBe("RINGING");
  });

  test("META-SET-047: the business may call at any hour", async () => {
    const sandbox = testSandbox();
    await sandbox.api("meta", "PUT", "/calls/settings", { call_hours });
    expect((await call(sandbox)).status).toBe(201);
  });

  test("META-SET-048: switched off, the same hours let every call through", async () => {
    const sandbox = testSandbox();
    await sandbox.api("meta", "PUT", "/calls/settings", { call_hours: { ...call_hours, status: "DISABLED" } });
    expect((await ring(sandbox)).status).toBe("RINGING");
  });

  test("META-SET-049: a hidden call icon stops nobody from calling", async () => {
    const sandbox = testSandbox();
    await sandbox.api("meta", "PUT", "/calls/settings", { call_icon_visibility: "DISABLE_ALL" });
    expect((await ring(sandbox)).status).toBe("RINGING");
    expect((await call(sandbox)).status).toBe(201);
  });

  test("META-SET-050: switching off ends no call, but no new one comes in", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    const { body: outbound } = await call(sandbox);
    const inbound = await ring(sandbox);
    await sandbox.api("meta", "PUT", "/calls/settings", { status: "DISABLED" });
    await expect(ring(sandbox, "+5511988880009")).rejects.toMatchObject({ ...unreachable, behaviour: "CTRL-020" });
    await act(sandbox, outbound.id, "answer");
    expect((await sandbox.api("meta", "POST", `/calls/${inbound.id}/accept`, { sdp: answer })).status).toBe(200);
    await sandbox.advance("PT1M");
    for (const id of [outbound.id, inbound.id]) expect((await read(sandbox, id)).status).toBe("ACCEPTED");
    expect((await sandbox.api("meta", "POST", `/calls/${inbound.id}/terminate`)).body.status).toBe("COMPLETED");
  });

  test("META-SET-051: voicemail is kept and shown, and a missed call stays a missed call", async () => {
    const sandbox = testSandbox();
    const voicemail = {
      status: "ENABLED",
      triggers: ["TIMEOUT", "REJECT"],
      audio: { default: { announcement_media_id: "1234567890", timeout_seconds: 20 } },
    };
    await sandbox.api("meta", "PUT", "/calls/settings", { voicemail });
    expect((await sandbox.api("meta", "GET", "/calls/settings")).body.calling.voicemail).toEqual(voicemail);
    const missed = await ring(sandbox, stranger);
    const declined = await ring(sandbox, callable);
    await sandbox.api("meta", "POST", `/calls/${declined.id}/reject`);
    await sandbox.advance("PT60S");
    expect(await read(sandbox, missed.id)).toMatchObject({ status: "MISSED", connectedAt: null });
    expect(await read(sandbox, declined.id)).toMatchObject({ status: "REJECTED", connectedAt: null });
  });
});
