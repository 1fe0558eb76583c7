import { describe, expect, test } from "vitest";
import { answer, type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { act, ask, call, probe, ring, stranger } from "./support.ts";

const reply = (sandbox: TestSandbox, response: "accept" | "reject") =>
  sandbox.control.replyToPermissionRequest({ phone: stranger, response });
const status = async (sandbox: TestSandbox) => (await probe(sandbox, stranger)).body.permission.status;
const manual = () => testSandbox({ mode: "manual" });
const tooLate = { code: "NO_PERMISSION_REQUEST", status: 409 };

describe("how long a request can be answered", () => {
  test("META-PERM-062: a no can still become a yes", async () => {
    const sandbox = manual();
    await ask(sandbox);
    await reply(sandbox, "reject");
    expect(await status(sandbox)).toBe("no_permission");
    await sandbox.advance("P6DT23H");
    await reply(sandbox, "accept");
    expect(await status(sandbox)).toBe("temporary");
  });

  test("META-PERM-063: seven days from its delivery when the person does not react", async () => {
    const sandbox = manual();
    await ask(sandbox);
    await sandbox.advance("P6DT23H59M59.999S");
    const late = manual();
    await ask(late);
    await late.advance("P7D");
    await reply(sandbox, "accept");
    expect(await status(sandbox)).toBe("temporary");
    await expect(reply(late, "accept")).rejects.toMatchObject(tooLate);
    expect(await status(late)).toBe("no_permission");
  });

  test("META-PERM-062, META-PERM-064: seven days from the decision, after which a no stays a no", async () => {
    const sandbox = manual();
    await ask(sandbox);
    await sandbox.advance("P5D");
    await reply(sandbox, "reject");
    await sandbox.advance("P7D");
    await expect(reply(sandbox, "accept")).rejects.toMatchObject(tooLate);
  });

  test("META-PERM-064: a decision is counted from the last one", async () => {
    const sandbox = manual();
    await ask(sandbox);
    await sandbox.advance("P5D");
    await reply(sandbox, "reject");
    await sandbox.advance("P6D");
    await reply(sandbox, "accept");
    await sandbox.advance("P6D");
    await reply(sandbox, "reject");
    expect(await status(sandbox)).toBe("no_permission");
  });

  test("META-PERM-065: once the person has acted on a newer request, every decision is about that one", async () => {
    const sandbox = manual();
    const contexts: (string | null)[] = [];
    sandbox.world.subscribe((event) => {
      if (event.type === "permission.changed") contexts.push(event.context);
    });
    const { body: older } = await ask(sandbox);
    await reply(sandbox, "reject");
    await sandbox.advance("PT24H");
    await sandbox.control.putContact({ phone: stranger, serviceWindow: "open" });
    const { body: newer } = await ask(sandbox);
    await reply(sandbox, "reject");
    await reply(sandbox, "accept");
    expect(contexts).toEqual([older.messageId, newer.messageId, newer.messageId]);
  });
});

describe("the 24-hour service window", () => {
  const refusedOutside = { status: 400, behaviour: "META-PERM-054", body: { code: "META_OUTSIDE_24H_WINDOW" } };

  test("META-PERM-069, META-PERM-054: it is open for the first 24 hours of a world", async () => {
    const sandbox = manual();
    await sandbox.advance("PT23H59M59.999S");
    expect((await ask(sandbox, "+5511988880009")).status).toBe(200);
    await sandbox.advance("PT0.001S");
    expect(await ask(sandbox)).toMatchObject(refusedOutside);
  });

  test("META-PERM-069: a reset opens it again", async () => {
    const sandbox = manual();
    await sandbox.advance("P3D");
    expect(await ask(sandbox)).toMatchObject(refusedOutside);
    await sandbox.control.resetWorld();
    await sandbox.advance("PT23H");
    expect((await ask(sandbox)).status).toBe(200);
  });

  test.each(["answers", "declines", "misses"] as const)(
    "META-PERM-067: a person's call that the business %s opens it for 24 hours",
    async (how) => {
      const sandbox = manual();
      await sandbox.advance("P2D");
      const { id } = await ring(sandbox);
      if (how === "answers") await sandbox.api("meta", "POST", `/calls/${id}/accept`, { sdp: answer });
      if (how === "declines") await sandbox.api("meta", "POST", `/calls/${id}/reject`);
      if (how === "misses") await act(sandbox, id, "hang-up");
      await sandbox.advance("PT23H59M59.999S");
      expect((await ask(sandbox)).status).toBe(200);
      await sandbox.advance("PT0.001S");
      const { numbers } = await sandbox.control.putContact({ phone: stranger });
      expect(numbers[0]?.serviceWindow).toEqual({ status: "closed", closesAt: null });
    },
  );

  test("META-PERM-068: a person who takes a business call opens it, one who does not leaves it closed", async () => {
    const sandbox = manual();
    await sandbox.advance("P2D");
    await sandbox.control.putContact({ phone: stranger, permission: "temporary" });
    const vain = await call(sandbox, stranger);
    await act(sandbox, vain.body.id, "hang-up");
    expect(await ask(sandbox)).toMatchObject(refusedOutside);
    const { body } = await call(sandbox, stranger);
    await act(sandbox, body.id, "answer");
    const { numbers } = await sandbox.control.putContact({ phone: stranger });
    expect(numbers[0]?.serviceWindow).toEqual({ status: "open", closesAt: "2026-01-04T00:00:00.000Z" });
    expect((await ask(sandbox)).status).toBe(200);
  });
});
