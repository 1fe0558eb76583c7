import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseSelector } from "../../mock/doors/cli/verify/selector.ts";
import { providerStates } from "../../mock/pact/index.ts";
import { fakeBroker } from "../contracts/provider/fake-broker.ts";
import { folder, handWritten, listCalls, pactOf, pactPatience } from "../contracts/provider/pacts.ts";
import { cli, temporary } from "./cli-process.ts";

async function verify(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const started = cli(["verify", ...args], variables);
  const code = await started.ended;
  return { code, stdout: started.stdout(), stderr: started.stderr() };
}

const failing = pactOf([{ ...listCalls, response: { status: 418 } }]);

describe("calls-sandbox verify", { timeout: pactPatience }, () => {
  it("PACT-011: prints a line for each interaction, writes the JUnit report and exits with 0", async () => {
    const report = join(temporary(), "verify.xml");
    const { code, stdout, stderr } = await verify([handWritten, "--junit", report]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(12);
    expect(lines.slice(0, 10).every((line) => line.startsWith("PASS     "))).toBe(true);
    expect(lines.at(-1)).toBe("10 of 10 interactions verified.");
    expect(readFileSync(report, "utf8").match(/<testcase/g)).toHaveLength(10);
  });

  it("PACT-011, PACT-014: names what lies outside of the document first, then the mismatch, and exits with 1", async () => {
    const { code, stdout } = await verify([folder({ "a.json": failing })]);
    expect(code).toBe(1);
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^WARNING .*the status 418 is not documented for listCalls$/);
    expect(lines[1]).toMatch(/^FAIL {5}a-consumer: a request for calls/);
    expect(lines[2]).toBe("           status: expected 418, was 200");
    expect(stdout).toContain("0 of 1 interactions verified, 1 failed.");
  });

  it("PACT-027: makes the folder of the report, and refuses a place that can't be one before anything runs", async () => {
    const pacts = folder({ "a.json": failing });
    const report = join(temporary(), "reports/today/verify.xml");
    expect((await verify([pacts, "--junit", report, "--json"])).code).toBe(1);
    expect(readFileSync(report, "utf8")).toContain("<testcase");
    for (const [place, reason] of [
      [join(report, "below.xml"), "EEXIST|ENOTDIR"],
      [pacts, "it is a folder"],
    ] as const) {
      const { code, stdout, stderr } = await verify([pacts, "--junit", place]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(new RegExp(`^There is no place for the JUnit report .*: .*(${reason})`));
    }
  });

  it("PACT-028: says first that a target's world is wiped, and which clock it should have", async () => {
    const { code, stdout } = await verify([handWritten, "--target", "http://127.0.0.1:1"]);
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /^NOTICE {3}http:\/\/127\.0\.0\.1:1 .* its world default, which is wiped .*--clock virtual\.\n$/,
    );
    const { stdout: help } = await verify(["--help"]);
    expect(help).toContain("With --target the world default of that sandbox is put back");
    expect(help).toContain("serve --clock virtual");
  });

  it("PACT-011: --json prints nothing but the result", async () => {
    const { code, stdout } = await verify([folder({ "a.json": failing }), "--json"]);
    expect(code).toBe(1);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ passed: false, interactions: [{ outcome: "failed" }] });
    expect(result.outside).toHaveLength(1);
  });

  it("PACT-011: --verbose lets Pact say what it says, on the other output", async () => {
    const { stdout, stderr } = await verify([folder({ "a.json": pactOf([listCalls]) }), "--verbose", "--json"]);
    expect(JSON.parse(stdout).passed).toBe(true);
    expect(stderr).toContain("Verifying a pact between");
  });

  it("PACT-019: can-i-deploy decides about the exit code", async () => {
    const broker = await fakeBroker({ pact: pactOf([listCalls]) });
    const args = ["--broker-url", broker.url, "--provider-version", "1", "--can-i-deploy", "production"];
    const { code, stdout } = await verify(args);
    expect(code).toBe(1);
    expect(stdout).toContain("FAIL     can-i-deploy to production: There is no verified pact.");
  });

  it("PACT-020: without Pact it exits with 2 and names the npm install line", async () => {
    const gone = `import { registerHooks } from "node:module";
      registerHooks({ resolve(name, context, next) {
        if (!name.startsWith("@pact-foundation/")) return next(name, context);
        throw Object.assign(new Error("not there"), { code: "ERR_MODULE_NOT_FOUND" });
      } });`;
    const variables = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(gone)}` };
    const { code, stderr } = await verify([handWritten], variables);
    expect(code).toBe(2);
    expect(stderr).toContain("npm install --save-dev @pact-foundation/pact");
  });

  it("PACT-022: tells Pact to report to nobody, and lets it print nothing", async () => {
    const seen = join(temporary(), "environment.txt");
    const look = `import { appendFileSync } from "node:fs";
      const { PACT_DO_NOT_TRACK, SCARF_ANALYTICS } = process.env;
      if (process.send) appendFileSync(${JSON.stringify(seen)}, [PACT_DO_NOT_TRACK, SCARF_ANALYTICS].join());`;
    const variables = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(look)}` };
    const { stdout, stderr } = await verify([folder({ "a.json": pactOf([listCalls]) })], variables);
    expect(readFileSync(seen, "utf8")).toBe("true,false");
    expect(stderr).toBe("");
    expect(stdout.trimEnd().split("\n")).toHaveLength(3);
  });

  it("PACT-021: --states lists every state with what it takes and provides, as text and as JSON", async () => {
    const text = (await verify(["--states"])).stdout;
    for (const name of providerStates.keys()) expect(text).toContain(`\n${name}\n`.trimStart());
    expect(text).toContain("provider: whose number it is about; META or EVO_GO (META)");
    const json = JSON.parse((await verify(["--states", "--json"])).stdout);
    expect(json.map(({ name }: { name: string }) => name)).toEqual([...providerStates.keys()]);
    expect(json[0]).toEqual({
      name: "a connected number",
      about: "the number is connected and can call",
      parameters: [{ name: "provider", about: expect.any(String), accepts: "META or EVO_GO", default: "META" }],
      provides: expect.arrayContaining([{ name: "key", about: "the API key of the number" }]),
    });
  });

  it.each<[readonly string[], string]>([
    [[], "Name pact files or folders of them, or a broker with --broker-url."],
    [["nowhere.json"], "There is no nowhere.json."],
    [["a.json", "--broker-url", "http://127.0.0.1:1"], "Give pact files or --broker-url, not both."],
    [["a.json", "--publish"], "--publish is about a broker, and needs --broker-url."],
    [["a.json", "--can-i-deploy", "production"], "--can-i-deploy is about a broker"],
    [["--broker-url", "http://127.0.0.1:1", "--publish"], "--publish needs --provider-version"],
    [["--broker-url", "nonsense"], "--broker-url must be an http:// or https:// address"],
    [["--broker-url", "http://127.0.0.1:1", "--broker-username", "me"], "belong together"],
    [["--broker-url", "http://127.0.0.1:1"], "can't be reached. Check --broker-url"],
    [["a.json", "--target", "nonsense"], "--target must be an http:// or https:// address"],
    [["a.json", "--timeout", "soon"], "It must be a wait from 100ms to 10m"],
    [["a.json", "--selector", "{"], "A selector is such as mainBranch"],
  ])("PACT-015, PACT-016: %j exits with 2 and says %s", async (args, said) => {
    const { code, stdout, stderr } = await verify(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(said);
  });
});

it.each([
  ["mainBranch", { mainBranch: true }],
  ["branch=feat-x", { branch: "feat-x" }],
  ["tag=prod, latest", { tag: "prod", latest: true }],
  ['{"environment":"production","consumer":"crm"}', { environment: "production", consumer: "crm" }],
])("PACT-019: the selector %s is read", (text, expected) => {
  expect(parseSelector(text)).toEqual(expected);
});

it.each(["", "=x", "{}", '{"a":1}', "[1]", "a b"])("PACT-019: the selector %j is none", (text) => {
  expect(() => parseSelector(text)).toThrow("A selector is such as mainBranch");
});
