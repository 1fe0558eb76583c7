import { expect, test } from "vitest";
import { testSandbox } from "../support/sandbox.ts";
import { act, call, probe, read } from "./support.ts";

const rows = [
  { entry: "META-ERR-038", code: "138019", answered: false, says: "could not set up the call" },
  { entry: "META-ERR-039", code: "138020", answered: false, says: "could not reach the relay" },
  { entry: "META-ERR-040", code: "138021", answered: true, says: "received no media" },
  { entry: "META-ERR-041", code: "138022", answered: true, says: "could not send media" },
  { entry: "META-ERR-042", code: "138023", answered: true, says: "without any sign of media" },
] as const;

test.each(rows)("$entry, META-START-024: dialling 00$code places a call, which then fails with it", async (row) => {
  const sandbox = testSandbox();
  const to = `+5511900${row.code}`;
  await sandbox.control.putContact({ phone: to, permission: "temporary" });
  const started = await call(sandbox, to);
  expect(started).toMatchObject({ status: 201, body: { status: "INITIATED" } });
  await sandbox.advance("PT10S");
  expect(await read(sandbox, started.body.id)).toMatchObject({
    status: "FAILED",
    errorCode: row.code,
    errorMessage: expect.stringContaining(row.says),
    connectedAt: row.answered ? "2026-01-01T00:00:01.000Z" : null,
    durationSeconds: row.answered ? 1 : null,
  });
});

test.each(rows)("$entry: the call to 00$code is placed without a permission, too", async ({ code }) => {
  const sandbox = testSandbox();
  expect(await call(sandbox, `+5511900${code}`)).toMatchObject({ status: 201, body: { status: "INITIATED" } });
});

test.each(rows)("$entry: a control call ends any call with $code", async ({ code, says }) => {
  const sandbox = testSandbox();
  const { body } = await call(sandbox);
  await act(sandbox, body.id, "fail", code);
  expect(await read(sandbox, body.id)).toMatchObject({
    status: "FAILED",
    errorCode: code,
    errorMessage: expect.stringContaining(says),
  });
});

test.each([138010, 138016])(
  "META-ERR-044: +5511900%i is a number like any other, since Meta never described the code",
  async (code) => {
    const sandbox = testSandbox();
    const to = `+5511900${code}`;
    expect((await call(sandbox, to)).body.code).toBe("META_CALL_PERMISSION_REQUIRED");
    await sandbox.control.putContact({ phone: to, permission: "temporary" });
    expect((await call(sandbox, to)).status).toBe(201);
    expect((await probe(sandbox, to)).body.permission.status).toBe("temporary");
  },
);

test.each(["000100", "000613"])(
  "META-START-009: only codes of six digits are magic, +5511900%s is not",
  async (digits) => {
    const sandbox = testSandbox();
    expect((await call(sandbox, `+5511900${digits}`)).body.code).toBe("META_CALL_PERMISSION_REQUIRED");
  },
);
