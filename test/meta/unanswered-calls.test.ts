import { describe, expect, test } from "vitest";
import { callable, type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { act, call, change, connectedCall, probe, ring, stranger, timeline, unansweredCall } from "./support.ts";

const status = async (sandbox: TestSandbox, to: string = callable) => (await probe(sandbox, to)).body.permission.status;

/** Calls so often in vain, and tells the timelines of the calls after which the person was asked to reconsider. */
async function inVain(sandbox: TestSandbox, times: number, one = unansweredCall): Promise<readonly number[]> {
  const asked: number[] = [];
  for (let nth = 1; nth <= times; nth++) {
    const id = await one(sandbox);
    if ((await timeline(sandbox, id)).includes("person askedToReconsider")) asked.push(nth);
  }
  return asked;
}

async function declinedCall(sandbox: TestSandbox): Promise<string> {
  const { body } = await call(sandbox);
  await act(sandbox, body.id, "reject");
  return body.id;
}

async function cancelledCall(sandbox: TestSandbox): Promise<string> {
  const { body } = await call(sandbox);
  await sandbox.api("meta", "POST", `/calls/${body.id}/terminate`);
  return body.id;
}

async function failedCall(sandbox: TestSandbox): Promise<string> {
  const { body } = await call(sandbox);
  await act(sandbox, body.id, "fail");
  return body.id;
}

async function timedOutCall(sandbox: TestSandbox): Promise<string> {
  const { body } = await call(sandbox);
  await sandbox.advance("PT60S");
  return body.id;
}

describe("calls in a row that nobody answered", () => {
  test("META-PERM-015: the fourth takes the permission away, the third does not", async () => {
    const sandbox = testSandbox();
    await inVain(sandbox, 3);
    expect(await status(sandbox)).toBe("temporary");
    await inVain(sandbox, 1);
    expect(await status(sandbox)).toBe("no_permission");
    expect((await call(sandbox)).body.code).toBe("META_CALL_PERMISSION_REQUIRED");
  });

  test.each([
    ["META-PERM-016", "declined", declinedCall],
    ["META-PERM-017", "ended by the business", cancelledCall],
    ["META-PERM-015", "left ringing until the time-out", timedOutCall],
  ] as const)("%s: calls that are %s count", async (_entry, _how, one) => {
    const sandbox = testSandbox({ mode: "manual" });
    await inVain(sandbox, 3, one);
    expect(await status(sandbox)).toBe("temporary");
    await inVain(sandbox, 1, one);
    expect(await status(sandbox)).toBe("no_permission");
  });

  test("META-PERM-016, META-PERM-017: the kinds count together", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    for (const one of [declinedCall, cancelledCall, timedOutCall, unansweredCall]) await one(sandbox);
    expect(await status(sandbox)).toBe("no_permission");
  });

  test("META-PERM-018: FAILED calls do not count", async () => {
    const sandbox = testSandbox();
    await inVain(sandbox, 3);
    await inVain(sandbox, 5, failedCall);
    expect(await status(sandbox)).toBe("temporary");
    await inVain(sandbox, 1);
    expect(await status(sandbox)).toBe("no_permission");
  });

  test("META-PERM-019: an answered call sets the count back", async () => {
    const sandbox = testSandbox();
    await inVain(sandbox, 3);
    await connectedCall(sandbox);
    await inVain(sandbox, 3);
    expect(await status(sandbox)).toBe("temporary");
    await inVain(sandbox, 1);
    expect(await status(sandbox)).toBe("no_permission");
  });

  test("META-PERM-020: the second asks the person to reconsider, in the timeline, and the permission survives", async () => {
    const sandbox = testSandbox();
    expect(await inVain(sandbox, 2)).toEqual([2]);
    expect(await status(sandbox)).toBe("temporary");
    expect(await inVain(sandbox, 2)).toEqual([]);
  });

  test("META-PERM-021: a permanent permission is taken away as well", async () => {
    const sandbox = testSandbox();
    await sandbox.control.putContact({ phone: callable, permission: "permanent" });
    await inVain(sandbox, 4);
    expect(await status(sandbox)).toBe("no_permission");
  });

  test("META-PERM-015: calls of the person that the business misses do not count", async () => {
    const sandbox = testSandbox();
    await inVain(sandbox, 3);
    const { id } = await ring(sandbox, stranger);
    await act(sandbox, id, "hang-up");
    expect(await status(sandbox)).toBe("temporary");
    expect(await status(sandbox, stranger)).toBe("temporary");
  });
});

describe("how many calls take the permission away", () => {
  test.each([1, 2, 3, 7])("META-PERM-074: %i, when the number is set so", async (revokeAfterUnanswered) => {
    const sandbox = testSandbox();
    await change(sandbox, { limits: { revokeAfterUnanswered } });
    await inVain(sandbox, revokeAfterUnanswered - 1);
    expect(await status(sandbox)).toBe("temporary");
    await inVain(sandbox, 1);
    expect(await status(sandbox)).toBe("no_permission");
  });

  test("META-PERM-075: ten on a public test number, which asks to reconsider after five", async () => {
    const sandbox = testSandbox();
    await change(sandbox, { testNumber: true, allowList: [callable] });
    expect(await inVain(sandbox, 9)).toEqual([5]);
    expect(await status(sandbox)).toBe("temporary");
    await inVain(sandbox, 1);
    expect(await status(sandbox)).toBe("no_permission");
  });
});
