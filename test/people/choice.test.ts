import { expect, test } from "vitest";
import { testSandbox } from "../support/sandbox.ts";
import { dial, person, ring, scriptOf } from "./calls.ts";

const business = "551140000002";
const magic = "+5511900000006";

test("PEOPLE-024: without any word the script is answer", async () => {
  const sandbox = testSandbox();
  expect(await scriptOf(sandbox, await dial(sandbox, "evo", person))).toBe("answer");
});

test("PEOPLE-024: the business number's default wins over answer", async () => {
  const sandbox = testSandbox();
  await sandbox.control.updateNumber({ id: business, script: "busy" });
  expect(await scriptOf(sandbox, await dial(sandbox, "evo", person))).toBe("busy");
});

test("PEOPLE-024: the number dialled wins over the business number's default", async () => {
  const sandbox = testSandbox();
  await sandbox.control.updateNumber({ id: business, script: "busy" });
  expect(await scriptOf(sandbox, await dial(sandbox, "evo", magic))).toBe("silent");
});

test("PEOPLE-024: the contact wins over the number dialled, until its script is null again", async () => {
  const sandbox = testSandbox();
  await sandbox.control.putContact({ phone: magic, script: "reject" });
  expect(await scriptOf(sandbox, await dial(sandbox, "evo", magic))).toBe("reject");
  await sandbox.control.putContact({ phone: magic, script: null });
  expect(await scriptOf(sandbox, await dial(sandbox, "evo", magic))).toBe("silent");
});

test("PEOPLE-024: the control call wins over the contact", async () => {
  const sandbox = testSandbox();
  await sandbox.control.putContact({ phone: magic, script: "reject" });
  expect(await scriptOf(sandbox, await ring(sandbox, "evo", magic, "talkative"))).toBe("talkative");
  expect(await scriptOf(sandbox, await ring(sandbox, "evo", magic))).toBe("reject");
});

test.each([
  ["an inbound call", "POST", "/inbound-calls", { to: business, from: person }],
  ["a contact", "PUT", "/contacts/5511988887777", {}],
  ["a number", "PATCH", `/numbers/${business}`, {}],
  ["a new number", "POST", "/numbers", { provider: "META", number: "+551140009999" }],
])("PEOPLE-026: %s with a script that nobody defined is refused with the names that exist", async (...row) => {
  const [, method, path, body] = row;
  const sandbox = testSandbox();
  const refused = await sandbox.request(method, `/_sandbox/worlds/default${path}`, {
    body: { ...body, script: "answers" },
  });
  expect(refused.status).toBe(400);
  expect(refused.body.code).toBe("VALIDATION_ERROR");
  expect(refused.behaviour).toBe("PEOPLE-026");
  expect(refused.body.details.issues).toEqual([
    {
      path: "script",
      message: expect.stringContaining(
        "answer, hang-up, reject, no-answer, busy, unreachable, silent, echo, talkative",
      ),
    },
  ]);
});
