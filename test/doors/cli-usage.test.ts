import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { cli, port0, serving, temporary, until } from "./cli-process.ts";

vi.setConfig({ testTimeout: 60_000 });

/** Without the free media port that tests take otherwise. */
const withUsualMediaPort = { CALLS_SANDBOX_MEDIA_PORT: undefined };

test.each([
  [
    ["--prot", "1"],
    ["--prot", "--port"],
  ],
  [
    ["--port", "eighty"],
    ["--port", "0 to 65535"],
  ],
  [
    ["--port", "65536"],
    ["--port", "0 to 65535"],
  ],
  [
    ["--media-port", "-1"],
    ["--media-port", "0 to 65535"],
  ],
  [
    ["--clock", "fake"],
    ["--clock", "real, virtual"],
  ],
  [
    ["--now", "tomorrow"],
    ["now", "ISO 8601"],
  ],
  [
    ["--meta-error-status", "meta"],
    ["--meta-error-status", "gateway, forward"],
  ],
  [
    ["--sdp-error", "1"],
    ["--sdp-error", "138008, 100"],
  ],
  [
    ["--media-url", "http://media.example.com"],
    ["media", "ws://"],
  ],
  [["--seed"], ["--seed"]],
  [
    ["--seed", "x".repeat(129)],
    ["seed", "128"],
  ],
  [["sreve"], ["sreve"]],
])("WORLD-029: %j is refused by name with what is accepted, and the process ends with 2", async (args, named) => {
  const { ended, stdout, stderr } = cli([...args]);
  expect(await ended).toBe(2);
  for (const text of named) expect(stderr()).toContain(text);
  expect(stderr()).not.toMatch(/\n {4}at /);
  expect(stdout()).toBe("");
});

test("WORLD-029: a variable with a wrong value is refused by name as well", async () => {
  const { ended, stderr } = cli([], { CALLS_SANDBOX_PORT: "none" });
  expect(await ended).toBe(2);
  expect(stderr()).toContain("CALLS_SANDBOX_PORT");
  expect(stderr()).toContain("0 to 65535");
});

test("WORLD-026: a port that is taken is named, with what to do next, and the process ends with 1", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    taken.close();
  });
  const { port } = taken.address() as AddressInfo;
  const directory = temporary();
  const { ended, stdout, stderr } = cli(["--port", String(port), "--ready-file", join(directory, "up.json")]);
  expect(await ended).toBe(1);
  expect(stderr()).toContain(`Port ${port} on 127.0.0.1 is taken`);
  expect(stderr()).toContain("--port 0");
  expect(stdout()).toBe("");
  expect(readdirSync(directory)).toEqual([]);
});

test("WORLD-036: --port 0 is enough for a second sandbox, and a media port that was named still counts", async () => {
  const { ready: first } = await serving(["--port", "0"], withUsualMediaPort);
  const { ready: second } = await serving(["--port", "0"], withUsualMediaPort);
  expect(second.mediaUrl).not.toBe(first.mediaUrl);
  expect([first, second].map(({ mediaUrl }) => new URL(mediaUrl).port)).not.toContain("4011");
  const { port } = new URL(first.mediaUrl);
  for (const [args, variables] of [
    [["--media-port", port], withUsualMediaPort],
    [[], { CALLS_SANDBOX_MEDIA_PORT: port }],
  ] as const) {
    const { ended, stderr } = cli(["--port", "0", ...args], variables);
    expect(await ended).toBe(1);
    expect(stderr()).toContain(`Port ${port} on 127.0.0.1 is taken`);
  }
});

test.each([
  [
    "srve",
    "There is no command srve. Did you mean serve? There are serve, trigger, scenarios, conformance, verify, proxy.",
  ],
  ["prxoy", "Did you mean proxy?"],
  ["banana", "There is no command banana. There are serve,"],
])("WORLD-037: %s is no command, whatever stands behind it", async (word, named) => {
  const { ended, stdout, stderr } = cli([word, "--target", "http://127.0.0.1:1"]);
  expect(await ended).toBe(2);
  expect(stderr()).toContain(named);
  expect(stderr()).toMatch(/See calls-sandbox --help\.\n$/);
  expect(stdout()).toBe("");
});

test.each([
  ["calls-sandbox serve", ["--now", "tomorrow"]],
  ["calls-sandbox proxy", ["proxy"]],
  ["calls-sandbox conformance", ["conformance", "--cases", "no-such-folder"]],
])("WORLD-037: wrong usage leads to the help of %s", async (name, args) => {
  const { ended, stderr } = cli(args);
  expect(await ended).toBe(2);
  expect(stderr()).toContain(`See ${name} --help.\n`);
});

test("a host that isn't this machine's is named, and the process ends with 1", async () => {
  const { ended, stderr } = cli([...port0, "--host", "192.0.2.1"]);
  expect(await ended).toBe(1);
  expect(stderr()).toContain("192.0.2.1 is no address of this machine");
});

test("a ready file that can't be written is named, and the process ends with 1", async () => {
  const file = join(temporary(), "no", "such", "directory", "up.json");
  const { ended, stderr } = cli([...port0, "--ready-file", file]);
  expect(await ended).toBe(1);
  expect(stderr()).toContain(file);
});

test("WORLD-032: variables set what no option sets, and an option wins over its variable", async () => {
  const [kept, keptElsewhere] = [temporary(), temporary()];
  const variables = {
    CALLS_SANDBOX_PORT: "0",
    CALLS_SANDBOX_MEDIA_PORT: "0",
    CALLS_SANDBOX_HOST: "localhost",
    CALLS_SANDBOX_DATA_DIR: kept,
    CALLS_SANDBOX_CONTROL_TOKEN: "from-the-environment",
  };
  const health = async (apiUrl: string, token: string) =>
    (await fetch(`${apiUrl}/_sandbox/health`, { headers: { authorization: `Bearer ${token}` } })).status;
  const { ready } = await serving([], variables);
  expect(ready.apiUrl).toMatch(/^http:\/\/localhost:\d+$/);
  expect(ready.mediaUrl).toMatch(/^ws:\/\/localhost:\d+$/);
  expect(ready.apiUrl).not.toContain(":4010");
  expect(ready.mediaUrl).not.toContain(":4011");
  expect(await health(ready.apiUrl, "from-the-environment")).toBe(200);
  expect(readdirSync(kept)).not.toEqual([]);
  // Ports and directory of the variables are taken by now: the second sandbox starts only if its options win.
  const taken = {
    ...variables,
    CALLS_SANDBOX_PORT: new URL(ready.apiUrl).port,
    CALLS_SANDBOX_MEDIA_PORT: new URL(ready.mediaUrl).port,
  };
  const options = `--host 127.0.0.1 --control-token from-the-option --data-dir ${keptElsewhere}`;
  const { ready: other } = await serving([...port0, ...options.split(" ")], taken);
  expect(other.apiUrl).toMatch(/^http:\/\/127\.0\.0\.1:/);
  expect(await health(other.apiUrl, "from-the-option")).toBe(200);
  expect(await health(other.apiUrl, "from-the-environment")).toBe(401);
  expect(readdirSync(keptElsewhere)).not.toEqual([]);
});

test("CTRL-044, CTRL-045: beyond loopback the control API asks for the token that the start screen shows", async () => {
  const running = await serving([...port0, "--host", "0.0.0.0"]);
  const health = `http://127.0.0.1:${new URL(running.ready.apiUrl).port}/_sandbox/health`;
  await until("the token", running, () => /Authorization: Bearer \S+\)/.test(running.stdout()));
  const token = /Authorization: Bearer (\S+)\)/.exec(running.stdout())?.[1] ?? "";
  const refused = await fetch(health);
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ code: "CONTROL_TOKEN_REQUIRED" });
  expect((await fetch(health, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  const { ready } = await serving([...port0, "--quiet"]);
  expect((await fetch(`${ready.apiUrl}/_sandbox/health`)).status).toBe(200);
});
