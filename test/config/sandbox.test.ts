import { expect, test } from "vitest";
import { readConfig } from "../../mock/config/index.ts";
import { createSandbox } from "../../mock/sandbox.ts";
import type { SandboxOptions } from "../../mock/sandbox-options.ts";
import { course, dial } from "../people/calls.ts";
import { keys, testSandbox } from "../support/sandbox.ts";

test("WORLD-033: webhooks of the file subscribe every number, and a reset keeps them", async () => {
  const sandbox = sandboxOf("webhooks: ['http://127.0.0.1:9/hook']");
  const subscribed = async () => (await sandbox.api("tenant", "GET", "/webhooks")).body;
  expect(await subscribed()).toHaveLength(5);
  expect(await subscribed()).toContainEqual(expect.objectContaining({ url: "http://127.0.0.1:9/hook", events: ["*"] }));
  await sandbox.control.resetWorld();
  expect(await subscribed()).toHaveLength(5);
});

test("WORLD-033: a webhook that is no address is named with its place", () => {
  expect(() => readConfig("webhooks:\n  - localhost:3000", "sandbox.yaml")).toThrow(
    /sandbox\.yaml:2:5 webhooks\[0\] must be an http:\/\/ or https:\/\/ address/,
  );
});

const sandboxOf = (text: string) => testSandbox(readConfig(text, "sandbox.yaml"));
type Sandboxed = ReturnType<typeof sandboxOf>;

const text = `
scripts:
  quick: { called: [{ after: 100ms, do: answer }], answered: [{ after: 2s, do: hang-up }] }
numbers:
  - { provider: META, number: +55 11 4000-0100, key: ps_orders, name: Orders, limits: { ringTimeoutSeconds: 20 } }
  - { provider: EVO_GO, number: +55 11 4000-0200, script: quick }
keys:
  ps_app: +55 11 4000-0002
  ps_team: tenant
  ps_stray: unbound
contacts:
  +55 11 98765-0001: { name: Ana, script: quick, permission: permanent }
  +5511999999999: { permission: none }
`;

/** Who answers to a key, by the numbers that it may list. */
async function numbersOf(sandbox: Sandboxed, key: string): Promise<unknown> {
  const { status, body } = await sandbox.request("GET", "/v1/numbers", { headers: { "x-api-key": key } });
  return status === 200 ? body.map(({ number }: { number: string }) => number) : body.code;
}

async function expectTheFile(sandbox: Sandboxed) {
  expect(await numbersOf(sandbox, "ps_orders")).toEqual(["551140000100"]);
  expect(await numbersOf(sandbox, "ps_app")).toEqual(["551140000002"]);
  expect(await numbersOf(sandbox, keys.evo)).toEqual(["551140000002"]);
  expect(await numbersOf(sandbox, "ps_team")).toEqual(await numbersOf(sandbox, keys.tenant));
  const { numbers } = await sandbox.control.getWorld();
  expect(numbers.slice(5)).toMatchObject([
    { provider: "META", number: "551140000100", name: "Orders", limits: { ringTimeoutSeconds: 20 } },
    {
      provider: "EVO_GO",
      number: "551140000200",
      script: "quick",
      key: expect.stringMatching(/^ps_default_[0-9a-f]+$/),
    },
  ]);
  const permissions = async (phone: string) =>
    (await sandbox.control.putContact({ phone })).numbers.map(({ permission }) => permission.status);
  expect(await permissions("5511987650001")).toEqual(["permanent", "permanent", "permanent"]);
  expect(await permissions("5511999999999")).toEqual(["none", "none", "none"]);
}

test("WORLD-031: numbers, keys, contacts and scripts of a file are in the world default, and there again after a reset", async () => {
  const sandbox = sandboxOf(text);
  await expectTheFile(sandbox);
  await sandbox.control.addNumber({ provider: "META", number: "551140000300" });
  await sandbox.control.putContact({ phone: "5511987650001", permission: "none", name: "Nobody" });
  await sandbox.control.putContact({ phone: "5511999999999", permission: "permanent" });
  await sandbox.control.resetWorld();
  expect((await sandbox.control.getWorld()).numbers).toHaveLength(7);
  await expectTheFile(sandbox);
  expect((await sandbox.control.putContact({ phone: "5511987650001" })).name).toBe("Ana");
});

test("WORLD-031: a contact follows the script of the file", async () => {
  const sandbox = sandboxOf(text);
  await dial(sandbox, "evo", "+5511987650001");
  await sandbox.advance("PT5S");
  expect(await course(sandbox)).toEqual(["0 INITIATED", "0.1 RINGING", "0.1 ACCEPTED", "2.1 COMPLETED"]);
});

test("WORLD-031: people of a number with a script of the file follow it", async () => {
  const sandbox = sandboxOf(text);
  const added = (await sandbox.control.getWorld()).numbers.find(({ number }) => number === "551140000200");
  const headers = { "x-api-key": added?.key ?? "" };
  await sandbox.request("POST", "/v1/calls", { headers, body: { to: "+5511988887777" } });
  await sandbox.advance("PT5S");
  expect(await course(sandbox)).toEqual(["0 INITIATED", "0.1 RINGING", "0.1 ACCEPTED", "2.1 COMPLETED"]);
});

test("WORLD-031: other worlds know the file's scripts, and nothing else of it", async () => {
  const sandbox = sandboxOf(text);
  await sandbox.control.createWorld({ id: "other" });
  expect((await sandbox.control.getWorld({ w: "other" })).numbers).toHaveLength(5);
  const ana = await sandbox.control.putContact({ w: "other", phone: "5511987650001" });
  expect(ana).toMatchObject({ name: null, script: null });
  const told = await sandbox.control.putContact({ w: "other", phone: "5511987650001", script: "quick" });
  expect(told.script).toBe("quick");
});

test("a key without a number is refused as every such key", async () => {
  const sandbox = sandboxOf(text);
  const calls = (key: string) => sandbox.request("GET", "/v1/calls", { headers: { "x-api-key": key } });
  expect((await calls("ps_stray")).body.code).toBe("NUMBER_NOT_FOUND");
  expect((await calls("ps_team")).body.code).toBe("TENANT_SCOPE_NOT_ALLOWED");
});

test("a world whose keys a file has given away can't be created", async () => {
  const sandbox = sandboxOf("keys: { ps_shop_evo: tenant }");
  const refused = await sandbox.request("POST", "/_sandbox/worlds", { body: { id: "shop" } });
  expect(refused).toMatchObject({ status: 409, body: { code: "WORLD_ALREADY_EXISTS" } });
});

test("PEOPLE-027: a script with a built-in name takes its place, for the numbers that dial it too", async () => {
  const sandbox = sandboxOf("scripts: { reject: { extends: reject, called: [{ after: 3s, do: reject }] } }");
  await dial(sandbox, "evo", "+5511900000002");
  await sandbox.advance("PT1M");
  expect(await course(sandbox)).toEqual(["0 INITIATED", "3 RINGING", "3 REJECTED"]);
});

test("PEOPLE-027: a script named answer takes the place of everybody's", async () => {
  const sandbox = sandboxOf("scripts: { answer: { answered: [{ after: 1m, do: hang-up }] } }");
  await dial(sandbox, "evo", "+5511988887777");
  await sandbox.advance("PT2M");
  expect(await course(sandbox)).toEqual(["0 INITIATED", "0.3 RINGING", "1 ACCEPTED", "61 COMPLETED"]);
});

test("PEOPLE-026: the names that exist, when an undefined script is refused, include the file's own", async () => {
  const sandbox = sandboxOf(text);
  const refused = await sandbox.request("PUT", "/_sandbox/worlds/default/contacts/5511987650009", {
    body: { script: "quik" },
  });
  expect(refused).toMatchObject({ status: 400, behaviour: "PEOPLE-026", body: { code: "VALIDATION_ERROR" } });
  expect(refused.body.error).toMatch(
    /^script must be one of answer, hang-up, .*, fail-138023, quick, but was "quik"\./,
  );
});

test.each<[SandboxOptions, string]>([
  [
    { contacts: [{ phone: "5511987650001", script: "quik" }] },
    "The option contacts[0].script must be one of answer, hang-up,",
  ],
  [
    { numbers: [{ provider: "META", number: "551140000100", script: "x" }] },
    "The option numbers[0].script must be one of",
  ],
  [
    { numbers: [{ provider: "META", number: "12" }] },
    "The option numbers must be a list of numbers, each with provider",
  ],
  [{ keys: [{ key: "team", scope: "tenant" }] }, "The option keys must be a list of keys, each with key (ps_…)"],
  [{ contacts: [{ phone: "Ana" }] }, "The option contacts must be a list of contacts, each with phone"],
  [{ numbers: [{ provider: "META", number: "+55 11 4000-0001" }] }, "+551140000001 belongs to this world already."],
  [{ keys: [{ key: keys.meta, scope: "tenant" }] }, "The key ps_sandbox_meta belongs to this world already."],
  [{ keys: [{ key: "ps_a", number: "551140000999" }] }, "The key ps_a is for +551140000999, which is no number"],
])("createSandbox refuses %j by name", (options, message) => {
  expect(() => createSandbox(options)).toThrow(message);
});
