import { describe, expect, test } from "vitest";
import { callable, type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { ask, call, change, otherStranger, probe, stranger } from "./support.ts";

const status = async (sandbox: TestSandbox, to: string = stranger) => (await probe(sandbox, to)).body.permission.status;

/** Refused by Meta, with the entry behind it. */
const refusal = (code: number, name: string, behaviour: string) => ({
  status: 400,
  behaviour,
  body: { code: name, details: { meta: { code } } },
});

describe("a permission request", () => {
  test("META-PERM-045: it answers with a message id and nothing else", async () => {
    const { status: answered, body } = await ask(testSandbox());
    expect(answered).toBe(200);
    expect(body).toEqual({ messageId: expect.stringMatching(/^wamid\.[A-Za-z0-9+/]+=*$/) });
  });

  test.each([undefined, {}, { text: "May we call?" }, { to: null }, { to: 5511988880001 }])(
    "META-PERM-046: the body %j has no to",
    async (body) => {
      const refused = await testSandbox().api("meta", "POST", "/calls/permissions/request", body);
      expect(refused).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" } });
    },
  );

  test.each([{}, { text: "May we call you about your order?" }, { text: "" }])(
    "META-PERM-047: text can be left out or given: %j",
    async (more) => {
      const body = { to: stranger, ...more };
      expect((await testSandbox().api("meta", "POST", "/calls/permissions/request", body)).status).toBe(200);
    },
  );

  test.each([1, {}, [], true, null])("META-PERM-048: the text %j is refused", async (text) => {
    const refused = await testSandbox().api("meta", "POST", "/calls/permissions/request", { to: stranger, text });
    expect(refused).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" } });
    expect(refused.body.details.issues).toContainEqual(expect.objectContaining({ path: "text" }));
  });

  test("META-PERM-049, META-PERM-066: nothing changes until the person says yes, 1 s later", async () => {
    const sandbox = testSandbox();
    await ask(sandbox);
    await sandbox.advance("PT0.999S");
    expect(await status(sandbox)).toBe("no_permission");
    expect((await call(sandbox, stranger)).body.code).toBe("META_CALL_PERMISSION_REQUIRED");
    await sandbox.advance("PT0.001S");
    expect((await probe(sandbox, stranger)).body.permission).toEqual({
      status: "temporary",
      expiration_time: 1767830401,
    });
  });

  test("META-PERM-066: in a manual world nobody says anything", async () => {
    const sandbox = testSandbox({ mode: "manual" });
    await ask(sandbox);
    await sandbox.advance("P6D");
    expect(await status(sandbox)).toBe("no_permission");
  });

  test.each([
    ["accept-always", "permanent"],
    ["reject", "no_permission"],
    ["ignore", "no_permission"],
  ] as const)("META-PERM-066: a person whose script says %s ends with %s", async (reply, expected) => {
    const script = {
      name: "asked",
      about: "Decides.",
      called: [],
      calling: [],
      answered: [],
      permission: { afterMs: 50, reply },
    };
    const sandbox = testSandbox({ scripts: [script] });
    await sandbox.control.putContact({ phone: stranger, script: "asked" });
    await ask(sandbox);
    await sandbox.advance("PT2S");
    expect(await status(sandbox)).toBe(expected);
  });
});

describe("whom a number cannot ask", () => {
  test.each<[string, string, (sandbox: TestSandbox) => Promise<unknown>, number, string]>([
    [
      "META-PERM-054",
      "whose service window is closed",
      (s) => s.control.putContact({ phone: stranger, serviceWindow: "closed" }),
      131047,
      "META_OUTSIDE_24H_WINDOW",
    ],
    [
      "META-PERM-055",
      "who has said yes for good",
      (s) => s.control.putContact({ phone: stranger, permission: "permanent" }),
      138017,
      "META_CALL_PERMISSION_ALREADY_PERMANENT",
    ],
    [
      "META-PERM-056",
      "while calling is switched off",
      (s) => s.api("meta", "PUT", "/calls/settings", { status: "DISABLED" }),
      138000,
      "META_CALLING_NOT_ENABLED",
    ],
    ["META-PERM-057", "while it is paused", (s) => change(s, { restricted: true }), 138014, "META_CALLING_PAUSED"],
    [
      "META-PERM-058",
      "who is not on WhatsApp",
      (s) => s.control.putContact({ phone: stranger, reachable: false }),
      138001,
      "META_RECEIVER_UNCALLABLE",
    ],
    [
      "META-PERM-059",
      "outside a test number's allow list",
      (s) => change(s, { testNumber: true, allowList: [callable] }),
      131030,
      "META_RECIPIENT_NOT_ALLOWED",
    ],
  ])("%s: somebody %s", async (entry, _who, prepare, code, name) => {
    const sandbox = testSandbox();
    await prepare(sandbox);
    expect(await ask(sandbox)).toMatchObject(refusal(code, name, entry));
  });

  test("META-PERM-060: a stranger can be asked, and only a magic number speaks of a missing conversation", async () => {
    const sandbox = testSandbox();
    expect((await ask(sandbox)).status).toBe(200);
    await sandbox.control.putContact({ phone: otherStranger, serviceWindow: "closed" });
    expect((await ask(sandbox, otherStranger)).body.code).toBe("META_OUTSIDE_24H_WINDOW");
    expect((await call(sandbox, "+5511900138011")).body.code).toBe("META_CALL_PERMISSION_NO_CONVERSATION");
  });
});
