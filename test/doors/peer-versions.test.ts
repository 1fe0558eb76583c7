import { expect, test } from "vitest";
import { handWritten, pactPatience } from "../contracts/provider/pacts.ts";
import { cli } from "./cli-process.ts";

/** Has Node find another version of a package than the one that is there. */
function installed(name: string, version: string): Readonly<Record<string, string>> {
  const hook = `import { registerHooks } from "node:module";
    registerHooks({ load(url, context, next) {
      if (!url.endsWith(${JSON.stringify(`/node_modules/${name}/package.json`)})) return next(url, context);
      return { format: "json", source: ${JSON.stringify(JSON.stringify({ name, version }))}, shortCircuit: true };
    } });`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` };
}

async function run(args: readonly string[], variables: Readonly<Record<string, string>>) {
  const { ended, stdout, stderr } = cli(args, variables);
  return { code: await ended, stdout: stdout(), stderr: stderr() };
}

test(
  "CONF-027: with an older Vitest conformance ends with 2 and names both versions",
  async () => {
    const { code, stdout, stderr } = await run(["conformance", "--only", "ROUTE-001"], installed("vitest", "4.1.12"));
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(
      "Vitest 5 or newer is needed, 4.1.12 is installed. npm install --save-dev vitest@5\nSee calls-sandbox conformance --help.\n",
    );
  },
  pactPatience,
);

test(
  "PACT-023: with an older Pact verification ends with 2 and names both versions",
  async () => {
    const { code, stderr } = await run(["verify", handWritten], installed("@pact-foundation/pact", "13.2.0"));
    expect(code).toBe(2);
    expect(stderr).toContain(
      "@pact-foundation/pact 17 or newer is needed, 13.2.0 is installed. npm install --save-dev @pact-foundation/pact@17",
    );
  },
  pactPatience,
);
