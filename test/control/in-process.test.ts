import { expect, test } from "vitest";
import { ControlRefused } from "../../mock/control/control.ts";
import { controlOperations } from "../../spec/generated/operations.ts";
import { testSandbox } from "../support/sandbox.ts";
import { evoNumber, person } from "./requests.ts";

test("every operation of the control API is a method", () => {
  const { control } = testSandbox();
  expect(Object.keys(control).sort()).toEqual(Object.keys(controlOperations).sort());
});

test("a method answers what the control API answers", async () => {
  const sandbox = testSandbox();
  await sandbox.control.createWorld({ id: "other" });
  for (const w of ["default", "other"]) {
    const { body } = await sandbox.request("GET", `/_sandbox/worlds/${w}`);
    expect(await sandbox.control.getWorld({ w })).toMatchObject({ ...body, clock: { mode: body.clock.mode } });
  }
  expect(await sandbox.control.getWorld()).toMatchObject({ id: "default" });
});

test("path, query and body go into one object", async () => {
  const { control } = testSandbox();
  const { keys } = await control.createWorld({ id: "other", clock: "virtual" });
  expect(keys.evo).toBe("ps_other_evo");
  const call = await control.createInboundCall({ w: "other", to: evoNumber, from: person });
  const acted = await control.actAsPerson({ w: "other", callId: "latest", action: "hang-up" });
  expect(acted).toMatchObject({ id: call.id, status: "MISSED" });
  expect((await control.listRequests({ w: "other", limit: 1 })).requests).toEqual([]);
});

const refusal = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "it was not refused",
    (error: unknown) => error,
  );

test("a refused method throws ControlRefused with the code, status, ledger entry and details of the refusal", async () => {
  const { control } = testSandbox();
  await control.createInboundCall({ to: evoNumber, from: person });
  const error = await refusal(control.actAsPerson({ callId: "latest", action: "answer" }));
  expect(error).toBeInstanceOf(ControlRefused);
  expect(error).toMatchObject({
    name: "ControlRefused",
    code: "PERSON_CANNOT_DO_THAT",
    status: 409,
    behaviour: "CTRL-025",
    details: { status: "RINGING", allowed: ["hang-up", "fail"] },
    message: expect.stringContaining("INBOUND and RINGING"),
  });
});

test("CTRL-003, CTRL-004, CTRL-005: what doesn't exist is refused in the process as over HTTP", async () => {
  const { control } = testSandbox();
  const codes = [
    await refusal(control.getWorld({ w: "nowhere" })),
    await refusal(control.updateNumber({ id: "nothing", name: "x" })),
    await refusal(control.getTimeline({ callId: "nothing" })),
  ];
  expect(codes).toMatchObject([
    { code: "WORLD_NOT_FOUND", status: 404 },
    { code: "NUMBER_NOT_FOUND", status: 404 },
    { code: "CALL_NOT_FOUND", status: 404 },
  ]);
});

test("CTRL-008: bodies are checked in the process as over HTTP", async () => {
  const { control } = testSandbox();
  const unchecked: object = { phone: person, permission: "always", colour: "red" };
  const error = await refusal(control.putContact(unchecked as Parameters<typeof control.putContact>[0]));
  expect(error).toMatchObject({ code: "VALIDATION_ERROR", status: 400, behaviour: "CTRL-008" });
  expect(await control.putContact({ phone: person })).toMatchObject({ script: null });
});

test("the guard is for HTTP only: a token doesn't stand in the way of the process itself", async () => {
  const { control } = testSandbox({ controlToken: "secret" });
  expect((await control.getHealth()).worlds).toBe(1);
});
