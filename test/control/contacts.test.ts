import { expect, test } from "vitest";
import { offer, type TestSandbox, testSandbox } from "../support/sandbox.ts";
import { ask, dial, evoNumber, metaNumber, outcome, person } from "./requests.ts";

const put = (sandbox: TestSandbox, body: object) => ask(sandbox, "PUT", "/contacts/5511988887777", body);
const reply = (sandbox: TestSandbox, body: object) =>
  ask(sandbox, "POST", "/contacts/5511988887777/permission-reply", body);
const request = async (sandbox: TestSandbox) =>
  outcome(await sandbox.api("meta", "POST", "/calls/permissions/request", { to: person }));
const permission = async (sandbox: TestSandbox) =>
  (await sandbox.api("meta", "GET", "/calls/permissions?to=5511988887777")).body.permission;
const unix = (instant: string) => Date.parse(instant) / 1_000;

test("CTRL-031: of a person about whom nothing was said the world knows the defaults", async () => {
  const sandbox = testSandbox();
  const { status, body } = await put(sandbox, {});
  const [meta, , , , lowTier] = (await sandbox.control.getWorld()).numbers;
  const standing = {
    permission: { status: "none", expirationTime: null },
    serviceWindow: { status: "open", closesAt: "2026-01-02T00:00:00.000Z" },
  };
  expect(status).toBe(200);
  expect(body).toEqual({
    phone: "5511988887777",
    name: null,
    script: null,
    reachable: true,
    numbers: [
      { numberId: meta?.id, ...standing },
      { numberId: lowTier?.id, ...standing },
    ],
  });
});

test("CTRL-031: each part changes only what is sent", async () => {
  const sandbox = testSandbox();
  const parts = [
    { script: "reject" },
    { reachable: false },
    { name: "Ana" },
    { permission: "permanent" },
    { serviceWindow: "closed" },
  ];
  for (const part of parts) expect((await put(sandbox, part)).status).toBe(200);
  const { body } = await put(sandbox, {});
  expect(body).toMatchObject({ script: "reject", reachable: false, name: "Ana" });
  expect(body.numbers).toMatchObject([
    { permission: { status: "permanent" }, serviceWindow: { status: "closed", closesAt: null } },
    { permission: { status: "permanent" }, serviceWindow: { status: "closed", closesAt: null } },
  ]);
  expect((await put(sandbox, { name: null, reachable: true })).body).toMatchObject({
    name: null,
    reachable: true,
    script: "reject",
  });
});

test("CTRL-031: reachable false makes a META call 138001", async () => {
  const sandbox = testSandbox();
  await put(sandbox, { reachable: false, permission: "permanent" });
  const { body } = await sandbox.api("meta", "POST", "/calls", { to: person, sdp: offer, sdpType: "offer" });
  expect(body.details.meta.code).toBe(138001);
});

test("CTRL-032: temporary starts its seven days now", async () => {
  const sandbox = testSandbox();
  await sandbox.advance("P1D");
  const { body } = await put(sandbox, { permission: "temporary" });
  expect(body.numbers[0].permission).toEqual({ status: "temporary", expirationTime: unix("2026-01-09T00:00:00Z") });
  await sandbox.advance("P6DT23H59M59.999S");
  expect((await permission(sandbox)).status).toBe("temporary");
  await sandbox.advance("PT0.001S");
  expect(await permission(sandbox)).toEqual({ status: "no_permission" });
});

test("CTRL-033: open opens the service window for 24 hours from now, closed closes it at once", async () => {
  const sandbox = testSandbox();
  expect((await put(sandbox, { serviceWindow: "closed" })).body.numbers[0].serviceWindow.status).toBe("closed");
  expect(await request(sandbox)).toBe("400 META_OUTSIDE_24H_WINDOW");
  await sandbox.advance("P3D");
  const opened = await put(sandbox, { serviceWindow: "open" });
  expect(opened.body.numbers[0].serviceWindow).toEqual({ status: "open", closesAt: "2026-01-05T00:00:00.000Z" });
  await sandbox.advance("PT23H59M59S");
  expect(await request(sandbox)).toBe("200");
  await sandbox.advance("PT1S");
  expect((await put(sandbox, {})).body.numbers[0].serviceWindow).toEqual({ status: "closed", closesAt: null });
});

test("CTRL-034: a yes to a request that was never sent is refused with 409 NO_PERMISSION_REQUEST", async () => {
  const sandbox = testSandbox({ mode: "manual" });
  expect(outcome(await reply(sandbox, { response: "accept" }))).toBe("409 NO_PERMISSION_REQUEST");
  expect(outcome(await reply(sandbox, { response: "accept", permanent: false }))).toBe("409 NO_PERMISSION_REQUEST");
  expect(await permission(sandbox)).toEqual({ status: "no_permission" });
});

test("CTRL-034: a yes to a request that has expired is refused likewise", async () => {
  const sandbox = testSandbox({ mode: "manual" });
  expect(await request(sandbox)).toBe("200");
  await sandbox.advance("P8D");
  expect(outcome(await reply(sandbox, { response: "accept" }))).toBe("409 NO_PERMISSION_REQUEST");
});

test("CTRL-034, CTRL-035: a yes for always needs no request, and lasts", async () => {
  const sandbox = testSandbox({ mode: "manual" });
  const { status, body } = await reply(sandbox, { response: "accept", permanent: true });
  expect(status).toBe(200);
  expect(body.numbers[0].permission).toEqual({ status: "permanent", expirationTime: null });
  await sandbox.advance("P365D");
  expect(await permission(sandbox)).toEqual({ status: "permanent" });
});

test("CTRL-035: a yes for always answers a request as well", async () => {
  const sandbox = testSandbox({ mode: "manual" });
  await request(sandbox);
  expect((await reply(sandbox, { response: "accept", permanent: true })).status).toBe(200);
  expect(await permission(sandbox)).toEqual({ status: "permanent" });
});

test.each(["temporary", "permanent"])(
  "CTRL-034, CTRL-036: a no takes a %s permission back, asked or not",
  async (granted) => {
    const sandbox = testSandbox({ mode: "manual" });
    await put(sandbox, { permission: granted });
    expect((await permission(sandbox)).status).toBe(granted);
    expect((await reply(sandbox, { response: "reject" })).status).toBe(200);
    expect(await permission(sandbox)).toEqual({ status: "no_permission" });
  },
);

test("a plain yes to a request is temporary", async () => {
  const sandbox = testSandbox({ mode: "manual" });
  await request(sandbox);
  await sandbox.advance("PT1H");
  const { body } = await reply(sandbox, { response: "accept" });
  expect(body.numbers[0].permission).toEqual({ status: "temporary", expirationTime: unix("2026-01-08T01:00:00Z") });
  expect(body.numbers[1].permission.status).toBe("none");
});

test("a reply is to the number that it names, and only META numbers can be named", async () => {
  const sandbox = testSandbox({ mode: "manual" });
  const named = (number: string) => reply(sandbox, { response: "accept", permanent: true, number });
  expect((await named("551140000005")).body.numbers.map((at: { permission: object }) => at.permission)).toMatchObject([
    { status: "none" },
    { status: "permanent" },
  ]);
  expect((await named(metaNumber)).body.numbers[0].permission.status).toBe("permanent");
  for (const number of [evoNumber, "551140000004"]) expect(outcome(await named(number))).toBe("404 NUMBER_NOT_FOUND");
});

test("a contact may be written in any way that a phone number is written", async () => {
  const sandbox = testSandbox();
  const written = await ask(sandbox, "PUT", "/contacts/+55%20(11)%2098888-7777", { script: "reject" });
  expect([written.status, written.body.phone]).toEqual([200, "5511988887777"]);
  await dial(sandbox, "evo");
  await sandbox.advance("PT1S");
  expect((await sandbox.api("evo", "GET", "/calls")).body.calls[0].status).toBe("REJECTED");
});
