import { describe, expect, test } from "vitest";
import { answer, type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { act, ask, change, connectedCall, otherStranger, probe, ring, stranger } from "./support.ts";

const openWindow = (sandbox: TestSandbox) => sandbox.control.putContact({ phone: stranger, serviceWindow: "open" });

/** Refused by Meta, with the entry behind it. */
const refusal = (code: number, name: string, behaviour: string) => ({
  status: 400,
  behaviour,
  body: { code: name, details: { meta: { code } } },
});
const limitReached = (behaviour: string) => refusal(138009, "META_CALL_PERMISSION_REQUEST_LIMIT", behaviour);

describe("how often a person can be asked", () => {
  test("META-PERM-050: a second time after 24 hours, not before", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    expect((await ask(sandbox)).status).toBe(200);
    await sandbox.advance("PT23H59M59.999S");
    expect(await ask(sandbox)).toMatchObject(limitReached("META-PERM-050"));
    await openWindow(sandbox);
    await sandbox.advance("PT0.001S");
    expect((await ask(sandbox)).status).toBe(200);
  });

  test("META-PERM-051: a third time seven days after the first, not before", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    await ask(sandbox);
    await sandbox.advance("P2D");
    await openWindow(sandbox);
    await ask(sandbox);
    await sandbox.advance("P4DT23H59M59.999S");
    expect(await ask(sandbox)).toMatchObject(limitReached("META-PERM-051"));
    await openWindow(sandbox);
    await sandbox.advance("PT0.001S");
    expect((await ask(sandbox)).status).toBe(200);
  });

  test.each(["outbound", "inbound"])("META-PERM-052: a connected %s call sets both limits back", async (direction) => {
    const sandbox = testSandbox();
    await ask(sandbox);
    await sandbox.advance("PT24H");
    await openWindow(sandbox);
    await ask(sandbox);
    await sandbox.advance("PT2S");
    expect(await ask(sandbox)).toMatchObject(limitReached("META-PERM-050"));
    if (direction === "outbound") await connectedCall(sandbox, stranger);
    else await sandbox.api("meta", "POST", `/calls/${(await ring(sandbox)).id}/accept`, { sdp: answer });
    expect((await probe(sandbox, stranger)).body.actions[1]).toMatchObject({
      can_perform_action: true,
      limits: [{ current_usage: 0 }, { current_usage: 0 }],
    });
    expect((await ask(sandbox)).status).toBe(200);
  });

  test("META-PERM-052: a call that did not connect sets nothing back", async () => {
    const sandbox = testSandbox();
    await ask(sandbox);
    const { id } = await ring(sandbox);
    await act(sandbox, id, "hang-up");
    expect(await ask(sandbox)).toMatchObject(limitReached("META-PERM-050"));
  });

  test("META-PERM-053: another person can still be asked", async () => {
    const sandbox = testSandbox();
    await ask(sandbox);
    expect((await ask(sandbox)).status).toBe(400);
    expect((await ask(sandbox, otherStranger)).status).toBe(200);
  });

  test("META-PERM-061: refused requests count toward neither limit", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    await sandbox.control.putContact({ phone: stranger, serviceWindow: "closed" });
    for (let nth = 0; nth < 3; nth++) expect((await ask(sandbox)).body.code).toBe("META_OUTSIDE_24H_WINDOW");
    await openWindow(sandbox);
    expect((await ask(sandbox)).status).toBe(200);
    for (let nth = 0; nth < 3; nth++) expect(await ask(sandbox)).toMatchObject(limitReached("META-PERM-050"));
    expect((await probe(sandbox, stranger)).body.actions[1].limits).toMatchObject([
      { current_usage: 1 },
      { current_usage: 1 },
    ]);
  });

  test("META-PERM-074: the limits can be set per number", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    await change(sandbox, { limits: { permissionRequestsPer24h: 2, permissionRequestsPer7d: 3 } });
    const answers = [await ask(sandbox), await ask(sandbox), await ask(sandbox)];
    expect(answers.map(({ behaviour }) => behaviour)).toEqual([null, null, "META-PERM-050"]);
    await sandbox.advance("PT24H");
    await openWindow(sandbox);
    const later = [await ask(sandbox), await ask(sandbox)];
    expect(later.map(({ behaviour }) => behaviour)).toEqual([null, "META-PERM-051"]);
  });

  test("META-PERM-075: a public test number may ask 25 times a day and 100 times a week", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    await change(sandbox, { testNumber: true, allowList: [stranger] });
    for (let day = 0; day < 4; day++) {
      await openWindow(sandbox);
      for (let nth = 0; nth < 25; nth++) expect((await ask(sandbox)).status).toBe(200);
      expect(await ask(sandbox)).toMatchObject(limitReached("META-PERM-050"));
      await sandbox.advance("PT24H");
    }
    await openWindow(sandbox);
    expect(await ask(sandbox)).toMatchObject(limitReached("META-PERM-051"));
  });

  test("META-PERM-075: what was set by hand stays, and an ordinary number has the usual limits again", async () => {
    const sandbox = testSandbox();
    const { limits } = await sandbox.control.updateNumber({
      id: "+551140000001",
      testNumber: true,
      limits: { permissionRequestsPer24h: 3 },
    });
    expect(limits).toMatchObject({
      permissionRequestsPer24h: 3,
      permissionRequestsPer7d: 100,
      revokeAfterUnanswered: 10,
    });
    const { limits: usual } = await sandbox.control.updateNumber({ id: "+551140000001", testNumber: false });
    expect(usual).toMatchObject({ permissionRequestsPer24h: 1, permissionRequestsPer7d: 2, revokeAfterUnanswered: 4 });
  });
});
