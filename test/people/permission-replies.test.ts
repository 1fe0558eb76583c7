import { expect, test } from "vitest";
import type { PermissionReply } from "../../mock/people/script.ts";
import { type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { person } from "./calls.ts";

const ask = async (sandbox: TestSandbox) => {
  const { status } = await sandbox.api("meta", "POST", "/calls/permissions/request", { to: person });
  expect(status).toBe(200);
};

const permissionNow = async (sandbox: TestSandbox) =>
  (await sandbox.api("meta", "GET", `/calls/permissions?to=${encodeURIComponent(person)}`)).body.permission;

test("PEOPLE-033: a person who is asked says yes 1 s later, to a temporary grant", async () => {
  const sandbox = testSandbox();
  await ask(sandbox);
  await sandbox.advance("PT0.999S");
  expect(await permissionNow(sandbox)).toEqual({ status: "no_permission" });
  await sandbox.advance("PT0.001S");
  const sevenDaysOn = Date.parse("2026-01-08T00:00:01.000Z") / 1_000;
  expect(await permissionNow(sandbox)).toEqual({ status: "temporary", expiration_time: sevenDaysOn });
});

const asker = (permission: PermissionReply) =>
  testSandbox({ scripts: [{ name: "mine", about: "A test.", called: [], calling: [], answered: [], permission }] });

test.each([
  ["accept", "temporary"],
  ["accept-always", "permanent"],
  ["ignore", "no_permission"],
] as const)("PEOPLE-034: a script that replies %s leaves the permission %s", async (reply, status) => {
  const sandbox = asker({ afterMs: 5_000, reply });
  await sandbox.control.putContact({ phone: person, script: "mine" });
  await ask(sandbox);
  await sandbox.advance("PT4.999S");
  expect((await permissionNow(sandbox)).status).toBe("no_permission");
  await sandbox.advance("PT1H");
  expect((await permissionNow(sandbox)).status).toBe(status);
});

test("PEOPLE-034: a script that says no takes a permission back", async () => {
  const sandbox = asker({ afterMs: 5_000, reply: "reject" });
  await sandbox.control.putContact({ phone: person, script: "mine", permission: "temporary" });
  await ask(sandbox);
  await sandbox.advance("PT4S");
  expect((await permissionNow(sandbox)).status).toBe("temporary");
  await sandbox.advance("PT1S");
  expect(await permissionNow(sandbox)).toEqual({ status: "no_permission" });
});

test("PEOPLE-034: no reply stays no reply, however long one waits", async () => {
  const sandbox = asker({ afterMs: 0, reply: "ignore" });
  await sandbox.control.putContact({ phone: person, script: "mine" });
  await ask(sandbox);
  expect(sandbox.clock.waiting).toBe(0);
  await sandbox.advance("P30D");
  expect(await permissionNow(sandbox)).toEqual({ status: "no_permission" });
});
