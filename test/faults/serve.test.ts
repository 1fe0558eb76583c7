import { expect, test } from "vitest";
import { cli, serving } from "../doors/cli-process.ts";

test("CTRL-067: serve --fault arms its rules and names them in the start line", async () => {
  const rule = '{"target":{"operation":"listCalls"},"trigger":{"every":2},"effect":{"type":"reset"}}';
  const args = ["--port", "0", "--fault", "listCalls:META_CALL_LIMIT:next=1", "--fault", rule];
  const sandbox = await serving(args);
  await expect.poll(() => sandbox.stdout()).toMatch(/^calls-sandbox .*, 2 fault rules armed$/m);
  expect(sandbox.stdout()).toMatch(/^ {2}fault_1 +listCalls: refusal META_CALL_LIMIT, next 1$/m);
  expect(sandbox.stdout()).toMatch(/^ {2}fault_2 +listCalls: reset, every 2$/m);
  const list = () => fetch(`${sandbox.ready.apiUrl}/v1/calls`, { headers: { "x-api-key": "ps_sandbox_meta" } });
  const refused = await list();
  expect([refused.status, refused.headers.get("x-sandbox-fault")]).toEqual([400, "fault_1"]);
  expect((await list()).status).toBe(200);
  await expect(list()).rejects.toThrow("fetch failed");
  expect((await list()).status).toBe(200);
}, 40_000);

test.each([
  ["startCall", "target:effect"],
  ["startCall:lose", "effect.type is lose, which only happens to webhooks"],
  ["startCall:138021", "ends calls"],
  ['{"target":{"operation":"startCall"}}', "effect is required"],
])(
  "CTRL-067: serve --fault %j ends with 2 and says why",
  async (rule, reason) => {
    const started = cli(["serve", "--port", "0", "--fault", rule]);
    expect(await started.ended).toBe(2);
    expect(started.stderr()).toContain(reason);
  },
  40_000,
);

test("CTRL-067: the help shows how rules are written", async () => {
  const started = cli(["serve", "--help"]);
  expect(await started.ended).toBe(0);
  expect(started.stdout()).toContain("startCall:META_CALL_LIMIT:next=3");
  expect(started.stdout()).toContain("--fault <rule>");
}, 40_000);
