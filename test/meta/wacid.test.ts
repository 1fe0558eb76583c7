import { describe, expect, test } from "vitest";
import { callable, testSandbox } from "../support/sandbox.ts";
import { call, ring } from "./support.ts";

/** Takes a wacid apart by its own layout: two parties, a direction byte between them and 32 characters. */
function decode(externalCallId: string) {
  expect(externalCallId).toMatch(/^wacid\.[A-Za-z0-9+/]+={0,2}$/);
  const bytes = Buffer.from(externalCallId.slice("wacid.".length), "base64");
  let at = 0;
  const take = (...expected: readonly number[]) => {
    for (const byte of expected) expect(bytes[at++]).toBe(byte);
  };
  const text = () => {
    take(0x18);
    const length = bytes[at++] ?? 0;
    at += length;
    return bytes.toString("latin1", at - length, at);
  };
  take(0x1c);
  const first = text();
  take(0x15, 0x02, 0x00);
  const direction = bytes[at++];
  const id = text();
  take(0x1c);
  const second = text();
  take(0x15, 0x02, 0x00, 0x00);
  expect(at).toBe(bytes.length);
  return { first, direction, id, second };
}

describe("META's call id", () => {
  test("META-START-005, META-START-006, META-START-008: an outbound one names both parties and 0x11", async () => {
    const sandbox = testSandbox();
    const { body } = await call(sandbox, callable);
    expect(body.externalCallId).toMatch(/^wacid\./);
    expect(decode(body.externalCallId)).toEqual({
      first: "5511999999999",
      direction: 0x11,
      id: expect.stringMatching(/^[0-9A-F]{32}$/),
      second: "551140000001",
    });
  });

  test("META-START-007, META-START-008: an inbound one has the person first as well, and 0x12", async () => {
    const sandbox = testSandbox();
    const { externalCallId } = await ring(sandbox, callable);
    expect(decode(externalCallId)).toMatchObject({ first: "5511999999999", direction: 0x12, second: "551140000001" });
  });

  test("META-START-006: two calls between the same two have different ids", async () => {
    const sandbox = testSandbox();
    const first = await call(sandbox);
    await sandbox.api("meta", "POST", `/calls/${first.body.id}/terminate`);
    const second = await call(sandbox);
    expect(decode(second.body.externalCallId).id).not.toBe(decode(first.body.externalCallId).id);
  });
});
