import { expect, test } from "vitest";
import { cli, serving, until } from "../doors/cli-process.ts";
import { receiver, secrets } from "./receiver.ts";

const call = (apiUrl: string, to: string) =>
  fetch(`${apiUrl}/v1/calls`, {
    method: "POST",
    headers: { "x-api-key": "ps_sandbox_evo", "content-type": "application/json" },
    body: JSON.stringify({ to }),
  });

test("HOOK-SUB-052, HOOK-SUB-020, HOOK-SUB-028: serve --webhook posts every event, prints a line for each, and tells the secrets", async () => {
  const [one, two] = [await receiver(), await receiver(() => 503)];
  const args = ["--port", "0", "--webhook", one.url, "--webhook", two.url, "--webhook-retries", "200ms"];
  const sandbox = await serving(args);
  expect(sandbox.ready).toMatchObject(secrets);
  expect((await call(sandbox.ready.apiUrl, "+5511900000002")).status).toBe(201);
  await until("the end", sandbox, () => sandbox.stdout().includes("call.ended"));
  await until("the last retry", sandbox, () => /call\.ringing -> .* \(attempt 2\), given up/.test(sandbox.stdout()));
  expect(one.names()).toEqual(["call.ringing", "call.ended"]);
  expect(one.received.every(({ verified }) => verified)).toBe(true);
  expect(sandbox.stdout()).toContain(secrets.webhookSecret);
  expect(sandbox.stdout()).toContain(secrets.appSecret);
  expect(sandbox.stdout()).toMatch(new RegExp(`^webhook call\\.ringing -> ${one.url}  200 in \\d+ ms$`, "m"));
  expect(sandbox.stdout()).toMatch(
    new RegExp(`^webhook call\\.ringing -> ${two.url}  503 in \\d+ ms, again in 0\\.2 s$`, "m"),
  );
}, 40_000);

test("HOOK-SUB-052: another world's numbers are subscribed as well", async () => {
  const hook = await receiver();
  const sandbox = await serving(["--port", "0", "--webhook", hook.url]);
  const created = await fetch(`${sandbox.ready.apiUrl}/_sandbox/worlds`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ id: "mine" }),
  });
  const { keys } = (await created.json()) as { keys: { meta: string } };
  const listed = await fetch(`${sandbox.ready.apiUrl}/v1/webhooks`, { headers: { "x-api-key": keys.meta } });
  expect(await listed.json()).toMatchObject([{ url: hook.url, events: ["*"] }]);
}, 40_000);

test.each([
  [["--webhook", "localhost:3000"], "http:// or https:// addresses"],
  [["--webhook-retries", "soon"], "A wait is a number with its unit"],
  [["--webhook-timeout", "0s"], "webhookTimeoutMs"],
])(
  "HOOK-SUB-014: serve %j ends with 2 and says why",
  async (args, reason) => {
    const started = cli(["serve", "--port", "0", ...args]);
    expect(await started.ended).toBe(2);
    expect(started.stderr()).toContain(reason);
  },
  40_000,
);
