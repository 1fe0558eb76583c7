import { expect, test } from "vitest";
import { testSandbox } from "../support/sandbox.ts";
import { ask, outcome, person } from "./requests.ts";

test("a world is created as it was wanted", async () => {
  const sandbox = testSandbox();
  const wanted = { id: "checkout-tests", seed: "s", mode: "manual", clock: "virtual", now: "2030-01-01", strict: true };
  const { status, body } = await sandbox.request("POST", "/_sandbox/worlds", { body: wanted });
  expect(status).toBe(201);
  const { body: world } = await sandbox.request("GET", "/_sandbox/worlds/checkout-tests");
  expect(world).toMatchObject({
    id: "checkout-tests",
    mode: "manual",
    createdAt: "2030-01-01T00:00:00.000Z",
    clock: { mode: "virtual", now: "2030-01-01T00:00:00.000Z" },
    keys: body.keys,
  });
  const strict = await sandbox.request("POST", "/v1/calls", {
    headers: { "x-api-key": body.keys.evo },
    body: { to: person, surprise: 1 },
  });
  expect(strict.behaviour).toBe("STRICT-002");
});

test("CTRL-013: a world beyond the thousandth is refused with 429 TOO_MANY_WORLDS until one is removed", async () => {
  const sandbox = testSandbox();
  for (let count = 1; count < 1_000; count++) await sandbox.control.createWorld({ id: `w${count}` });
  const create = () => sandbox.request("POST", "/_sandbox/worlds");
  expect(outcome(await create())).toBe("429 TOO_MANY_WORLDS");
  await sandbox.control.deleteWorld({ w: "w500" });
  expect(outcome(await create())).toBe("201");
  expect(outcome(await create())).toBe("429 TOO_MANY_WORLDS");
}, 30_000);

test("CTRL-052: a world whose id exists already is refused with 409 WORLD_ALREADY_EXISTS", async () => {
  const sandbox = testSandbox();
  const create = (id: string) => sandbox.request("POST", "/_sandbox/worlds", { body: { id } });
  expect(outcome(await create("default"))).toBe("409 WORLD_ALREADY_EXISTS");
  expect(outcome(await create("mine"))).toBe("201");
  expect(outcome(await create("mine"))).toBe("409 WORLD_ALREADY_EXISTS");
  await sandbox.control.deleteWorld({ w: "mine" });
  expect(outcome(await create("mine"))).toBe("201");
});

test("CTRL-041: a world's mode changes between scripted and manual by one control call", async () => {
  const sandbox = testSandbox();
  for (const mode of ["manual", "scripted", "manual"]) {
    const { status, body } = await ask(sandbox, "PATCH", "", { mode });
    expect([status, body.mode]).toEqual([200, mode]);
    expect((await sandbox.control.getWorld()).mode).toBe(mode);
  }
});

test("removing a world ends its timers, and what was on its way never happens", async () => {
  const sandbox = testSandbox();
  const { keys } = await sandbox.control.createWorld({ id: "gone", clock: "virtual" });
  const headers = { "x-api-key": keys.evo };
  expect((await sandbox.request("POST", "/v1/calls", { headers, body: { to: person } })).status).toBe(201);
  const removed = await sandbox.request("DELETE", "/_sandbox/worlds/gone");
  expect([removed.status, removed.body]).toEqual([204, null]);
  const again = await sandbox.request("DELETE", "/_sandbox/worlds/gone");
  expect(outcome(again)).toBe("404 WORLD_NOT_FOUND");
  const advanced = await sandbox.request("POST", "/_sandbox/worlds/gone/clock/advance", { body: { by: "PT1S" } });
  expect(outcome(advanced)).toBe("404 WORLD_NOT_FOUND");
});

test("the world default can't be removed", async () => {
  const sandbox = testSandbox();
  const refused = await ask(sandbox, "DELETE", "");
  expect(outcome(refused)).toBe("400 VALIDATION_ERROR");
  expect(refused.body.details.issues[0].path).toBe("w");
  expect((await sandbox.api("evo", "GET", "/calls")).status).toBe(200);
});
