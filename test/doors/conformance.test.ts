import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { portOf } from "../../contracts/http/port-of.ts";
import { listening } from "../../mock/doors/http.ts";
import { cli, port0, serving, temporary } from "./cli-process.ts";

// Each test starts the command, and Vitest in it: a second or two on a busy machine.
const patience = 60_000;

const cases = (status: number) => `topic: Listing
providers: [META, EVO_GO]
cases:
  - title: the list is answered
    behaviours: [CALL-LIST-001]
    steps:
      - { send: GET /v1/calls, expect: { status: ${status} } }
`;

/** A folder with one case file. */
function folder(content: string): string {
  const directory = temporary();
  writeFileSync(join(directory, "mine.yaml"), content);
  return directory;
}

async function conformance(...args: readonly string[]) {
  const command = cli(["conformance", ...args]);
  const code = await command.ended;
  return { code, stdout: command.stdout(), stderr: command.stderr() };
}

/** A server that answers everything the same way. */
async function serviceAnswering(status: number): Promise<string> {
  const server = createServer((_, response) => void response.writeHead(status).end("{}"));
  await listening(server, { host: "127.0.0.1", port: 0 });
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${portOf(server)}`;
}

describe("calls-sandbox conformance", () => {
  it("CONF-015: ends with 0 when all cases pass against a sandbox of its own", { timeout: patience }, async () => {
    const { code, stdout } = await conformance("--cases", folder(cases(200)));
    expect(stdout).toContain("ok    META    mine.yaml: the list is answered\nok    EVO_GO  mine.yaml");
    expect(stdout).toContain("2 passed, 0 failed, 0 skipped");
    expect(code).toBe(0);
  });

  it("CONF-015: ends with 1 when a case fails, and the reports say why", { timeout: patience }, async () => {
    const directory = folder(cases(500));
    const junit = join(directory, "report.xml");
    const html = join(directory, "report.html");
    const { code, stdout } = await conformance("--cases", directory, "--junit", junit, "--html", html, "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      format: 1,
      target: { kind: "sandbox" },
      counts: { passed: 0, failed: 2, skipped: 0 },
    });
    expect(code).toBe(1);
    expect(readFileSync(junit, "utf8")).toContain('failures="2"');
    expect(readFileSync(html, "utf8")).toContain("was answered 200 in place of 500");
  });

  it("plays against a sandbox that runs already, sockets and webhooks included", { timeout: patience }, async () => {
    const { apiUrl } = (await serving(port0)).ready;
    const { code, stdout } = await conformance("--target", `${apiUrl}/v1`, "--cases", folder(cases(200)));
    expect(stdout).toContain("2 passed");
    expect(code).toBe(0);
  });

  it("skips on a live service what it was given no key for", { timeout: patience }, async () => {
    const { apiUrl } = (await serving(port0)).ready;
    const args = ["--target", apiUrl, "--meta-key", "ps_sandbox_meta", "--cases", folder(cases(200))];
    const { code, stdout } = await conformance(...args);
    expect(stdout).toContain("skip  EVO_GO  mine.yaml: the list is answered (needs --evo-key)");
    expect(stdout).toContain("1 passed, 0 failed, 1 skipped");
    expect(code).toBe(0);
  });

  it("CONF-015: ends with 1 when nothing was played, and says so", { timeout: patience }, async () => {
    const { apiUrl } = (await serving(port0)).ready;
    const args = ["--target", apiUrl, "--tenant-key", "ps_sandbox_tenant", "--cases", folder(cases(200))];
    const { code, stdout } = await conformance(...args);
    expect(stdout).toContain("Nothing was played, so nothing was found out.");
    expect(code).toBe(1);
  });

  it.each<[string, () => Promise<readonly string[]>, string]>([
    ["no cases at that path", async () => ["--cases", "/nowhere"], "There are no cases at /nowhere"],
    ["a folder without case files", async () => ["--cases", temporary()], "holds no .yaml files"],
    ["a case file with a mistake", async () => ["--cases", folder("topic: 5\n")], "mine.yaml:1:"],
    [
      "a filter that fits nothing",
      async () => ["--cases", folder(cases(200)), "--only", "zebra"],
      "None of the 2 cases fits",
    ],
    [
      "an address that is none",
      async () => ["--target", "localhost"],
      "--target must be an http:// or https:// address",
    ],
    ["nothing behind the address", async () => ["--target", "http://127.0.0.1:9"], "can't be reached"],
    ["an address of something else", async () => ["--target", await serviceAnswering(404)], "is no sandbox"],
    [
      "a key that is refused",
      async () => ["--target", await serviceAnswering(401), "--meta-key", "ps_x"],
      "refused --meta-key with 401",
    ],
    [
      "a live service without keys",
      async () => ["--target", await serviceAnswering(200), "--live"],
      "needs at least one key",
    ],
    ["a live service that was not named", async () => ["--live"], "--live is for a live service, and none was named"],
    ["a report in no folder", async () => ["--html", "/nowhere/r.html"], "There is no folder /nowhere for --html"],
    ["a phone that is none", async () => ["--allow-calls", "me"], "with its country code"],
    ["one file to compare", async () => ["--compare", "a.json"], "--compare needs two files"],
    ["a file that is no run", async () => ["--compare", "package.json", "package.json"], "is no run"],
  ])("CONF-013: ends with 2 and the remedy for %s", { timeout: patience }, async (_, args, message) => {
    const { code, stdout, stderr } = await conformance(...(await args()));
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});
