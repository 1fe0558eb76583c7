import { describe, expect, test } from "vitest";
import { testSandbox } from "../support/sandbox.ts";

const start = (to: unknown) => testSandbox().api("evo", "POST", "/calls", { to });

describe("numbers as people write them", () => {
  const written: readonly (readonly [string, string])[] = [
    ["+5511988887777", "5511988887777"],
    ["5511988887777", "5511988887777"],
    ["+55 (11) 98888-7777", "5511988887777"],
    ["55-11-98888-7777", "5511988887777"],
    ["(55)11 988887777", "5511988887777"],
    [" +55 11 98888 7777 ", "5511988887777"],
    ["++5511988887777", "5511988887777"],
    ["+5511988887777\n", "5511988887777"],
    ["12345678", "12345678"],
    ["123456789012345", "123456789012345"],
  ];
  test.each(written)("CALL-011, CALL-012, CALL-060: %j is called as %s", async (to, peerNumber) => {
    const sandbox = testSandbox();
    const { body: started, status } = await sandbox.api("evo", "POST", "/calls", { to });
    expect(status).toBe(201);
    const { body: call } = await sandbox.api("evo", "GET", `/calls/${started.id}`);
    expect(call.peerNumber).toBe(peerNumber);
  });
});

describe("numbers that are none", () => {
  const wrongLength = [
    "",
    " ",
    "+",
    "+()-",
    "1",
    "1234567",
    "1234567890123456",
    "+55 11 98888 7777 0000 00",
    "0511988887777",
  ];
  test.each(wrongLength)("CALL-013: %j has not 8 to 15 digits", async (to) => {
    expect(await start(to)).toMatchObject({
      status: 400,
      behaviour: "CALL-013",
      body: { code: "VALIDATION_ERROR", details: { issues: [{ path: "to" }] } },
    });
  });

  const otherSigns = [
    "phone",
    "+55119888O7777",
    "+5511988887777x1",
    "5511988887777@s.whatsapp.net",
    "tel:+5511988887777",
    "BR.1349139159184731",
    "+55.11.98888.7777",
    "5511988887777,5511988887778",
    "+55/11988887777",
    "٥٥١١٩٨٨٨٨٧٧٧٧",
    "５５１１９８８８８７７７７",
    "+5511988887777\u0000",
    "1e12",
    "-0x5511988887",
    "📞5511988887777",
  ];
  test.each(otherSigns)("CALL-014: %j holds other signs", async (to) => {
    const answer = await start(to);
    expect(answer).toMatchObject({ status: 400, behaviour: "CALL-014", body: { code: "VALIDATION_ERROR" } });
    expect(answer.body.error).toBe(
      `to must be a phone number with its country code, 8 to 15 digits, but was ${JSON.stringify(to)}. For example "+5511999999999".`,
    );
  });

  test.each([[5511988887777], [null], [true], [["+5511988887777"]], [{ number: "+5511988887777" }]])(
    "CALL-015: %j is no string",
    async (to) => {
      expect(await start(to)).toMatchObject({
        status: 400,
        behaviour: "CALL-015",
        body: {
          code: "VALIDATION_ERROR",
          details: { issues: [{ path: "to", message: expect.stringMatching(/^to must be of type string, but was /) }] },
        },
      });
    },
  );

  test("CALL-010: no number at all", async () => {
    expect(await start(undefined)).toMatchObject({
      status: 400,
      behaviour: "CALL-010",
      body: {
        code: "VALIDATION_ERROR",
        details: { issues: [{ path: "to", message: "to is required, and is missing" }] },
      },
    });
  });

  test("CALL-013: a very long number is refused without being repeated in full", async () => {
    const answer = await start("5".repeat(100_000));
    expect(answer).toMatchObject({ status: 400, behaviour: "CALL-013", body: { code: "VALIDATION_ERROR" } });
    expect(answer.body.error.length).toBeLessThan(300);
  });
});
