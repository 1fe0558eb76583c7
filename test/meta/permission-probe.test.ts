import { describe, expect, test } from "vitest";
import { callable, testSandbox } from "../support/sandbox.ts";
import { act, ask, call, change, connectedCall, probe, stranger, unansweredCall } from "./support.ts";

const unix = (iso: string) => Date.parse(iso) / 1_000;

describe("the probe's answer", () => {
  test("META-PERM-022, META-PERM-026, META-PERM-027, META-PERM-030: it has permission and two actions, and nothing else", async () => {
    const sandbox = testSandbox();
    expect(await probe(sandbox)).toMatchObject({ status: 200 });
    expect((await probe(sandbox)).body).toEqual({
      permission: { status: "temporary", expiration_time: 1767830400 },
      actions: [
        {
          action_name: "start_call",
          can_perform_action: true,
          limits: [{ time_period: "PT24H", max_allowed: 100, current_usage: 0 }],
        },
        {
          action_name: "send_call_permission_request",
          can_perform_action: true,
          limits: [
            { time_period: "PT24H", max_allowed: 1, current_usage: 0 },
            { time_period: "P7D", max_allowed: 2, current_usage: 0 },
          ],
        },
      ],
    });
  });

  test.each([
    ["none", { status: "no_permission" }],
    ["temporary", { status: "temporary", expiration_time: unix("2026-01-08T00:00:00Z") }],
    ["permanent", { status: "permanent" }],
  ] as const)("META-PERM-023, META-PERM-025: %s", async (permission, shown) => {
    const sandbox = testSandbox();
    await sandbox.control.putContact({ phone: stranger, permission });
    expect((await probe(sandbox, stranger)).body.permission).toEqual(shown);
  });

  test("META-PERM-024: the expiration is in whole seconds, also when the grant was between two", async () => {
    const sandbox = testSandbox();
    await sandbox.advance("PT0.999S");
    await sandbox.control.putContact({ phone: stranger, permission: "temporary" });
    expect((await probe(sandbox, stranger)).body.permission.expiration_time).toBe(unix("2026-01-08T00:00:00Z"));
  });
});

describe("start_call on the probe", () => {
  const startCall = async (sandbox: ReturnType<typeof testSandbox>, to: string = callable) =>
    (await probe(sandbox, to)).body.actions[0];

  test("META-PERM-028: it counts the calls that were picked up", async () => {
    const sandbox = testSandbox();
    await unansweredCall(sandbox);
    expect((await startCall(sandbox)).limits[0].current_usage).toBe(0);
    await connectedCall(sandbox);
    expect((await startCall(sandbox)).limits[0].current_usage).toBe(1);
    const { body } = await call(sandbox);
    expect((await startCall(sandbox)).limits[0].current_usage).toBe(1);
    await act(sandbox, body.id, "answer");
    expect((await startCall(sandbox)).limits[0].current_usage).toBe(2);
  });

  test.each([5, 10, 1_000])(
    "META-PERM-029: max_allowed is %i when the number is set so",
    async (connectedCallsPer24h) => {
      const sandbox = testSandbox();
      await change(sandbox, { limits: { connectedCallsPer24h } });
      expect((await startCall(sandbox)).limits[0].max_allowed).toBe(connectedCallsPer24h);
    },
  );

  test("META-PERM-031, META-PERM-033: used up, it can't be performed and says until when", async () => {
    const sandbox = testSandbox();
    await change(sandbox, { limits: { connectedCallsPer24h: 2 } });
    await connectedCall(sandbox);
    await sandbox.advance("PT1H");
    expect(await startCall(sandbox)).toEqual({
      action_name: "start_call",
      can_perform_action: true,
      limits: [{ time_period: "PT24H", max_allowed: 2, current_usage: 1 }],
    });
    await connectedCall(sandbox);
    expect(await startCall(sandbox)).toEqual({
      action_name: "start_call",
      can_perform_action: false,
      limits: [
        {
          time_period: "PT24H",
          max_allowed: 2,
          current_usage: 2,
          limit_expiration_time: unix("2026-01-02T00:00:00Z"),
        },
      ],
    });
    await sandbox.advance("PT23H");
    expect(await startCall(sandbox)).toMatchObject({ can_perform_action: true, limits: [{ current_usage: 1 }] });
  });

  test("META-PERM-032, META-PERM-033: it can be performed only with a permission, whatever was used", async () => {
    const sandbox = testSandbox();
    const limits = [{ time_period: "PT24H", max_allowed: 100, current_usage: 0 }];
    expect(await startCall(sandbox, stranger)).toEqual({
      action_name: "start_call",
      can_perform_action: false,
      limits,
    });
    await sandbox.control.putContact({ phone: stranger, permission: "permanent" });
    expect(await startCall(sandbox, stranger)).toEqual({ action_name: "start_call", can_perform_action: true, limits });
  });
});

describe("send_call_permission_request on the probe", () => {
  const request = async (sandbox: ReturnType<typeof testSandbox>, to: string = stranger) =>
    (await probe(sandbox, to)).body.actions[1];

  test.each([
    ["none", true],
    ["temporary", true],
    ["permanent", false],
  ] as const)("META-PERM-034: with the permission %s it can be performed: %s", async (permission, possible) => {
    const sandbox = testSandbox();
    await sandbox.control.putContact({ phone: stranger, permission });
    expect((await request(sandbox)).can_perform_action).toBe(possible);
  });

  test("META-PERM-035, META-PERM-031: not while the day's or the week's limit is used up", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    await ask(sandbox);
    expect(await request(sandbox)).toMatchObject({
      can_perform_action: false,
      limits: [
        { current_usage: 1, limit_expiration_time: unix("2026-01-02T00:00:00Z") },
        { time_period: "P7D", max_allowed: 2, current_usage: 1 },
      ],
    });
    expect((await request(sandbox)).limits[1]).not.toHaveProperty("limit_expiration_time");
    await sandbox.advance("PT24H");
    expect(await request(sandbox)).toMatchObject({
      can_perform_action: true,
      limits: [{ current_usage: 0 }, { current_usage: 1 }],
    });
    await sandbox.control.putContact({ phone: stranger, serviceWindow: "open" });
    await ask(sandbox);
    await sandbox.advance("P2D");
    expect(await request(sandbox)).toEqual({
      action_name: "send_call_permission_request",
      can_perform_action: false,
      limits: [
        { time_period: "PT24H", max_allowed: 1, current_usage: 0 },
        { time_period: "P7D", max_allowed: 2, current_usage: 2, limit_expiration_time: unix("2026-01-08T00:00:00Z") },
      ],
    });
  });
});
