import { describe, expect, test } from "vitest";
import { answer, callable, testSandbox } from "../support/sandbox.ts";
import { act, call, read, ring, stranger } from "./support.ts";

const nothing = { billable: false, payer: null, seconds: 0, pulses: 0, pulseSeconds: 6 };

describe("an answered outbound call", () => {
  test.each([
    ["PT0.001S", 0, 1],
    ["PT5.999S", 5, 1],
    ["PT6S", 6, 1],
    ["PT6.001S", 6, 2],
    ["PT12S", 12, 2],
    ["PT56S", 56, 10],
    ["PT1H", 3_600, 600],
  ])("META-BILL-001, META-BILL-002, META-BILL-003: of %s has %i s and %i pulses", async (length, seconds, pulses) => {
    const sandbox = testSandbox({ mode: "manual" });
    const { body } = await call(sandbox);
    await sandbox.advance("PT30S");
    await act(sandbox, body.id, "answer");
    await sandbox.advance(length);
    await sandbox.api("meta", "POST", `/calls/${body.id}/terminate`);
    await sandbox.advance("PT1H");
    const billing = await sandbox.control.getBilling({ callId: body.id });
    expect(billing).toMatchObject({ callId: body.id, billable: true, payer: "WABA", seconds, pulses, pulseSeconds: 6 });
    expect((await read(sandbox, body.id)).durationSeconds).toBe(seconds);
  });

  test("META-BILL-008: while it is up, what has accrued is shown", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    const { body } = await call(sandbox);
    await act(sandbox, body.id, "answer");
    for (const [by, seconds, pulses] of [
      ["PT7S", 7, 2],
      ["PT20S", 27, 5],
    ] as const) {
      await sandbox.advance(by);
      expect(await sandbox.control.getBilling({ callId: "latest" })).toMatchObject({ billable: true, seconds, pulses });
    }
  });

  test("META-BILL-001: a call that fails after the answer is billed for its time", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    const { body } = await call(sandbox);
    await act(sandbox, body.id, "answer");
    await sandbox.advance("PT9S");
    await act(sandbox, body.id, "fail", "138021");
    expect(await sandbox.control.getBilling({ callId: body.id })).toMatchObject({
      billable: true,
      seconds: 9,
      pulses: 2,
    });
  });
});

describe("calls that cost nothing", () => {
  test.each(["hang-up", "reject", "fail"] as const)("META-BILL-004: nobody answered (%s)", async (end) => {
    const sandbox = testSandbox({ mode: "manual" });
    const { body } = await call(sandbox);
    await act(sandbox, body.id, "ring");
    await sandbox.advance("PT40S");
    await act(sandbox, body.id, end);
    expect(await sandbox.control.getBilling({ callId: body.id })).toMatchObject({
      ...nothing,
      reason: "Nobody answered.",
    });
  });

  test("META-BILL-004, META-BILL-008: nor does one that still rings", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    const { body } = await call(sandbox);
    await sandbox.advance("PT40S");
    expect(await sandbox.control.getBilling({ callId: body.id })).toMatchObject(nothing);
  });

  test("META-BILL-005: an inbound call, answered and long", async () => {
    const sandbox = testSandbox();
    const { id } = await ring(sandbox, stranger);
    await sandbox.api("meta", "POST", `/calls/${id}/accept`, { sdp: answer });
    await sandbox.advance("PT1H");
    expect(await sandbox.control.getBilling({ callId: id })).toMatchObject({
      ...nothing,
      reason: expect.stringContaining("free"),
    });
  });

  test.each(["outbound", "inbound"])("META-BILL-006: an EVO_GO call, %s", async (direction) => {
    const sandbox = testSandbox();
    if (direction === "outbound") await sandbox.api("evo", "POST", "/calls", { to: callable });
    else {
      const { id } = await ring(sandbox, callable, "+551140000002");
      await sandbox.api("evo", "POST", `/calls/${id}/accept`);
    }
    await sandbox.advance("PT10M");
    const billing = await sandbox.control.getBilling({ callId: "latest" });
    expect(billing).toMatchObject({ ...nothing, reason: expect.stringContaining("EVO_GO") });
  });

  test("META-BILL-007: whoever pays, it is the WhatsApp account, and no field speaks of another charge", async () => {
    const sandbox = testSandbox();
    await call(sandbox);
    await sandbox.advance("PT10S");
    const meta = await sandbox.control.getBilling({ callId: "latest" });
    await sandbox.api("evo", "POST", "/calls", { to: callable });
    await sandbox.advance("PT10S");
    const evo = await sandbox.control.getBilling({ callId: "latest" });
    expect([meta.payer, evo.payer]).toEqual(["WABA", null]);
    const fields = ["billable", "callId", "payer", "pulseSeconds", "pulses", "reason", "seconds"];
    for (const billing of [meta, evo]) expect(Object.keys(billing).toSorted()).toEqual(fields);
  });
});
