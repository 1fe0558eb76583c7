import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, test, vi } from "vitest";
import { listenHttp } from "../../mock/doors/http.ts";
import { keys, testSandbox } from "../support/sandbox.ts";
import { cli, temporary, until } from "./cli-process.ts";

vi.setConfig({ testTimeout: 60_000 });

/** A sandbox to stand in front of. */
async function target(): Promise<string> {
  const door = await listenHttp(testSandbox(), { host: "127.0.0.1", port: 0, overrideGlobalObjects: false });
  onTestFinished(() => door.close());
  return door.url;
}

/** A client in a process of its own, which does what a line says with `url` and `headers`. */
const client = (line: string) => [
  process.execPath,
  "--input-type=module",
  "--eval",
  `const url = process.env.CALLS_SANDBOX_PROXY_URL; const headers = { "x-api-key": "${keys.evo}" }; ${line}`,
];
const fine = "await fetch(url + '/v1/calls', { headers });";
const clumsy = "await fetch(url + '/v1/calls?limit=0', { headers });";

describe("PROXY-027: in CI the proxy runs a command and ends with it", () => {
  it.each<[string, readonly string[], string, number]>([
    ["0 when nothing departs", ["--fail-on-violation"], fine, 0],
    ["1 when something departs", ["--fail-on-violation"], clumsy, 1],
    ["0 when only the other side departs", ["--fail-on-violation", "service"], clumsy, 0],
    ["1 when the named side departs", ["--fail-on-violation", "client"], clumsy, 1],
    ["0 when departures are only to be told", [], clumsy, 0],
    ["1 when the command fails", [], `${fine} process.exit(7);`, 1],
  ])("with %s", async (_, options, line, code) => {
    const { ended, stdout, stderr } = cli([
      "proxy",
      "--target",
      await target(),
      "--port",
      "0",
      ...options,
      "--",
      ...client(line),
    ]);
    expect(await ended, stderr()).toBe(code);
    expect(stdout()).toContain("1 request to the Calls API");
    if (line === clumsy) expect(stdout()).toMatch(/client {3}GET \/v1\/calls {2}request query\.limit: limit must be/);
  });

  it("with 2 when there is no such command", async () => {
    const { ended, stderr } = cli(["proxy", "--target", await target(), "--port", "0", "--", "no-such-command-here"]);
    expect(await ended).toBe(2);
    expect(stderr()).toContain("Can't run no-such-command-here");
  });
});

describe("PROXY-032: a command whose requests go elsewhere is told of, since nothing was judged", () => {
  const elsewhere = "await fetch(url + '/health').catch(() => null);";
  it.each<[string, readonly string[], string, number]>([
    ["fails with --fail-on-violation", ["--fail-on-violation"], "", 1],
    ["fails for either side", ["--fail-on-violation", "service"], "", 1],
    ["fails when only other paths were asked for", ["--fail-on-violation"], elsewhere, 1],
    ["is only told of otherwise", [], "", 0],
    ["is told of on stderr beside --json", ["--json"], "", 0],
  ])("it %s", async (_, options, line, code) => {
    const args = ["proxy", "--target", await target(), "--port", "0", ...options, "--", ...client(line)];
    const { ended, stdout, stderr } = cli(args);
    expect(await ended, stderr()).toBe(code);
    const said = options.includes("--json") ? stderr() : stdout();
    expect(said).toContain("No request came through the proxy: does your client read CALLS_SANDBOX_PROXY_URL?");
    expect(stdout()).not.toContain("No departures");
  });
});

test("PROXY-028: --json leaves stdout to the summary, also beside a command that prints", async () => {
  const line = `${clumsy} console.log("hello");`;
  const { ended, stdout, stderr } = cli([
    "proxy",
    "--target",
    await target(),
    "--port",
    "0",
    "--json",
    "--",
    ...client(line),
  ]);
  expect(await ended).toBe(0);
  expect(JSON.parse(stdout())).toMatchObject({
    requests: 1,
    departures: { client: 1, service: 0 },
    places: [{ in: "client", operation: "listCalls", path: "query.limit", count: 1 }],
  });
  expect(stderr()).toContain("hello");
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "PROXY-029: the ready file has the address, and %s ends the proxy with its summary",
  async (signal) => {
    const readyFile = join(temporary(), "up.json");
    const url = await target();
    const args = ["proxy", "--target", `${url}/v1`, "--port", "0", "--fail-on-violation", "--ready-file", readyFile];
    const proxy = cli(args);
    await until("the ready file", proxy, () => existsSync(readyFile));
    const ready: { apiUrl: string; target: string } = JSON.parse(readFileSync(readyFile, "utf8"));
    expect(ready.target).toBe(`${url}/v1`);
    expect(proxy.stdout()).toContain(ready.apiUrl);
    const answer = await fetch(`${ready.apiUrl}/v1/calls?limit=0`, { headers: { "x-api-key": keys.evo } });
    expect(answer.status).toBe(400);
    proxy.child.kill(signal);
    expect(await proxy.ended).toBe(1);
    expect(proxy.stdout()).toContain("1 departure: 1 of the client, 0 of the service");
  },
);

test("PROXY-030: --record keeps what passes, and --to-pact makes a pact of it, at once or later", async () => {
  const [directory, folder] = [temporary(), join(temporary(), "new")];
  const at = join(directory, "now.json");
  const pact = ["--to-pact", at, "--consumer", "my-client"];
  const first = cli([
    "proxy",
    "--target",
    await target(),
    "--port",
    "0",
    "--record",
    folder,
    ...pact,
    "--",
    ...client(fine),
  ]);
  expect(await first.ended, first.stderr()).toBe(0);
  expect(readdirSync(folder)).toEqual(["000001-listCalls.json"]);
  expect(first.stdout()).toContain("1 exchange recorded");
  const later = join(directory, "later.json");
  const second = cli(["proxy", "--record", folder, "--to-pact", later, "--consumer", "my-client"]);
  expect(await second.ended, second.stderr()).toBe(0);
  expect(readFileSync(later, "utf8")).toBe(readFileSync(at, "utf8"));
  expect(JSON.parse(readFileSync(at, "utf8"))).toMatchObject({ consumer: { name: "my-client" }, interactions: [{}] });
});

test("PROXY-029: a signal ends the command behind the proxy as well", async () => {
  const line = `console.log("begun"); setInterval(() => {}, 1_000);`;
  const proxy = cli(["proxy", "--target", await target(), "--port", "0", "--", ...client(line)]);
  await until("the command", proxy, () => proxy.stdout().includes("begun"));
  proxy.child.kill("SIGTERM");
  expect(await proxy.ended).toBe(1);
  expect(proxy.stdout()).toContain("0 requests to the Calls API");
});

test("PROXY-031: a recording that can't be written on ends the proxy with 1 and the reason", async () => {
  const folder = join(temporary(), "new");
  const line = `(await import("node:fs")).rmSync(${JSON.stringify(folder)}, { recursive: true }); ${fine}`;
  const { ended, stderr } = cli([
    "proxy",
    "--target",
    await target(),
    "--port",
    "0",
    "--record",
    folder,
    "--",
    ...client(line),
  ]);
  expect(await ended).toBe(1);
  expect(stderr()).toContain(`Can't record into ${join(folder, "000001-listCalls.json")}`);
  expect(stderr()).not.toMatch(/\n {4}at /);
});

describe("PROXY-017: what can't be begun is named with what to do, and ends with 2", () => {
  const nobody = "http://127.0.0.1:1";
  it.each<[string, readonly string[], readonly string[]]>([
    ["no target", [], ["--target http://127.0.0.1:4010"]],
    ["a target that is no address", ["--target", "pilotstatus"], ["http:// or https://", '"pilotstatus"']],
    ["a target with a user", ["--target", "http://me:pw@127.0.0.1"], ["Leave them out"]],
    ["a target that can't be reached", ["--target", nobody], [nobody, "ECONNREFUSED", "address is right"]],
    ["a wait that is none", ["--target", nobody, "--timeout", "soon"], ["--timeout", "30s"]],
    ["a side that is none", ["--target", nobody, "--fail-on-violation", "me"], ["client, service, any"]],
    ["a pact without a recording", ["--to-pact", "x.json", "--consumer", "c"], ["--record"]],
    ["a pact without a consumer", ["--to-pact", "x.json", "--record", "r"], ["--consumer"]],
    ["a recording that isn't there", ["--to-pact", "x.json", "--record", "/no/r", "--consumer", "c"], ["/no/r"]],
    ["a command without a target", ["--to-pact", "x", "--record", "r", "--consumer", "c", "--", "ls"], ["--target"]],
  ])("%s", async (_, args, named) => {
    const { ended, stdout, stderr } = cli(["proxy", ...args]);
    expect(await ended).toBe(2);
    for (const text of named) expect(stderr()).toContain(text);
    expect(stderr()).not.toMatch(/\n {4}at /);
    expect(stdout()).toBe("");
  });

  it("a folder that can't be written", async () => {
    const file = join(temporary(), "file");
    writeFileSync(file, "");
    const { ended, stderr } = cli(["proxy", "--target", await target(), "--record", join(file, "below")]);
    expect(await ended).toBe(2);
    expect(stderr()).toContain("Can't record into");
  });

  it("but a port that is taken ends with 1, as with serve", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const { ended, stderr } = cli(["proxy", "--target", await target(), "--port", String(port)]);
    expect(await ended).toBe(1);
    expect(stderr()).toContain(`Port ${port} on 127.0.0.1 is taken`);
  });
});
