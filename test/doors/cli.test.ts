import { connect } from "node:net";
import { expect, test, vi } from "vitest";
import { serveCommand } from "../../mock/doors/cli/serve-command.ts";
import { version } from "../../mock/version.ts";
import { keys } from "../support/sandbox.ts";
import { cli, port0, serving, until } from "./cli-process.ts";

vi.setConfig({ testTimeout: 60_000 });
const evo = { headers: { "x-api-key": keys.evo } };

test("WORLD-027, WORLD-028: port 0 takes free ports, which are printed and stand in a ready file that is whole at once", async () => {
  const { ready, stdout, ...running } = await serving(port0);
  const { port } = new URL(ready.apiUrl);
  expect(Number(port)).toBeGreaterThan(0);
  expect(ready).toEqual({
    apiUrl: `http://127.0.0.1:${port}`,
    mediaUrl: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+$/),
    consoleUrl: null,
    keys,
    webhookSecret: expect.stringMatching(/^whsec_/),
    appSecret: expect.stringMatching(/./),
  });
  // The media host listens as well by the time the file is there.
  await new Promise<void>((resolve, reject) => {
    const socket = connect(Number(new URL(ready.mediaUrl).port), "127.0.0.1", () => {
      socket.destroy();
      resolve();
    });
    socket.once("error", reject);
  });
  await until("the start screen", { ...running, stdout }, () => stdout().includes("A first call"));
  expect(stdout()).toContain(`http://127.0.0.1:${port}/v1`);
  const answer = await fetch(`${ready.apiUrl}/v1/calls`, evo);
  expect([answer.status, await answer.json()]).toEqual([200, { calls: [] }]);
});

test("the start screen shows where it is, every key, whom to dial and a first call that works", async () => {
  const running = await serving([...port0, "--clock", "virtual", "--manual", "--strict"]);
  const { ready, stdout } = running;
  await until("the start screen", running, () => stdout().trimEnd().endsWith(`-H "x-api-key: ${keys.evo}"`));
  const screen = stdout();
  expect(screen).toContain(`calls-sandbox ${version}: `);
  expect(screen).toContain("META and EVO_GO, virtual clock, manual, strict");
  expect(screen).toContain(`${ready.apiUrl}/_sandbox`);
  for (const key of Object.values(keys)) expect(screen).toMatch(new RegExp(`^  ${key} +\\S`, "m"));
  for (const last of [1, 2, 3, 4, 5, 6, 7]) expect(screen).toMatch(new RegExp(`^  \\+551190000000${last} +\\S`, "m"));
  const [, url = "", key = "", body = ""] = /curl -X POST (\S+) -H "x-api-key: (\S+)".* -d '(.*)'/.exec(screen) ?? [];
  const headers = { "x-api-key": key, "content-type": "application/json" };
  expect((await fetch(url, { method: "POST", headers, body })).status).toBe(201);
});

test("--help names every option, its default and its accepted values", async () => {
  const { stdout, ended } = cli(["--help"]);
  expect(await ended).toBe(0);
  const { options } = serveCommand();
  expect(options.length).toBeGreaterThan(15);
  for (const { long } of options) expect(stdout()).toContain(long ?? "an option without a name");
  const help = stdout().replace(/\s+/g, " ");
  const details = ["default: 4010, env: CALLS_SANDBOX_PORT", "default: 4011", '"127.0.0.1"', '"real", "virtual"'];
  for (const detail of details) expect(help).toContain(detail);
});

test("serve --help says the same of serve, and --version the version", async () => {
  const help = cli(["serve", "--help"]);
  const versions = cli(["--version"]);
  expect([await help.ended, await versions.ended]).toEqual([0, 0]);
  for (const { long } of serveCommand().options) expect(help.stdout()).toContain(long ?? "an option without a name");
  expect(versions.stdout()).toBe(`${version}\n`);
});

test("--quiet prints nothing", async () => {
  const { child, ended, ready, stdout, stderr } = await serving([...port0, "--quiet"]);
  await fetch(`${ready.apiUrl}/v1/calls`, evo);
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect([stdout(), stderr()]).toEqual(["", ""]);
});

test("--json-logs prints one JSON line per request, and nothing else", async () => {
  const running = await serving([...port0, "--json-logs"]);
  const { child, ended, ready, stdout } = running;
  await fetch(`${ready.apiUrl}/v1/calls?limit=3`, evo);
  await fetch(`${ready.apiUrl}/v1/calls?limit=0`, evo);
  await until("two lines", running, () => stdout().split("\n").length > 2);
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  const lines = stdout().trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      msg: "request",
      world: "default",
      method: "GET",
      path: "/v1/calls?limit=3",
      status: 200,
      operationId: "listCalls",
    },
    { msg: "request", path: "/v1/calls?limit=0", status: 400, behaviour: "CALL-LIST-005", violations: [{}] },
  ]);
});

test("options reach the sandbox: clock, time, mode, seed, strictness, codes and statuses of Meta", async () => {
  const { ready } = await serving(
    [..."--clock virtual --now 2030-01-01 --manual --seed s --strict --validate-responses".split(" "), ...port0].concat(
      "--meta-error-status forward --sdp-error 100 --media-url wss://media.example.com".split(" "),
    ),
  );
  expect(ready.mediaUrl).toBe("wss://media.example.com");
  const world = await (await fetch(`${ready.apiUrl}/_sandbox/worlds/default`)).json();
  expect(world).toMatchObject({ mode: "manual", clock: { mode: "virtual", now: "2030-01-01T00:00:00.000Z" } });
  const start = (key: string, body: object) =>
    fetch(`${ready.apiUrl}/v1/calls`, {
      method: "POST",
      headers: { "x-api-key": key, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const strict = await start(keys.evo, { to: "+5511988887777", surprise: true });
  expect(strict.headers.get("x-sandbox-behaviour")).toBe("STRICT-002");
  const media = { sdp: "v=0", sdpType: "offer" };
  expect((await start(keys.meta, { to: "+5511900138006", ...media })).status).toBe(401);
  const badSdp = await start(keys.meta, { to: "+5511999999999", ...media });
  expect(await badSdp.json()).toMatchObject({ details: { meta: { code: 100 } } });
});
