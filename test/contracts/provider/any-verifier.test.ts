import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { verifyPacts } from "../../../contracts/provider/index.ts";
import { port0, serving } from "../../doors/cli-process.ts";
import { folder, handWritten, listCalls, pactOf, pactPatience } from "./pacts.ts";

const script = fileURLToPath(new URL("./any-verifier.mjs", import.meta.url));

/** Runs Pact's own verifier, which knows nothing of this project. */
async function anyVerifier(url: string, ...pacts: readonly string[]) {
  const env = { ...process.env, PACT_DO_NOT_TRACK: "true" };
  const child = spawn(process.execPath, [script, url, ...pacts], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, output };
}

describe("a running sandbox", { timeout: pactPatience }, () => {
  it("PACT-018: verifies pacts by hand for any verifier that knows its callback", async () => {
    const { ready } = await serving([...port0, "--quiet"]);
    const good = await anyVerifier(ready.apiUrl, `${handWritten}ruby-dialler.json`, `${handWritten}python-ivr.json`);
    expect(good).toMatchObject({ code: 0 });
    const unknown = pactOf([{ ...listCalls, providerStates: [{ name: "a state that nobody knows" }] }]);
    const bad = await anyVerifier(ready.apiUrl, `${folder({ "bad.json": unknown })}/bad.json`);
    expect(bad.code).toBe(1);
    expect(bad.output).toContain("state change");
  });

  it("PACT-018: is verified against by the command, too, through its control token", async () => {
    const token = "a-token-of-a-test";
    const { ready } = await serving([...port0, "--quiet", "--control-token", token]);
    const paths = ["crm.json", "python-ivr.json"].map((name) => handWritten + name);
    const target = { url: ready.apiUrl, controlToken: token };
    const { interactions } = await verifyPacts({ paths, timeoutMs: 10_000, target });
    expect(interactions.map(({ outcome }) => outcome)).toEqual(Array(5).fill("passed"));
    const locked = verifyPacts({ paths, timeoutMs: 10_000, target: { url: ready.apiUrl } });
    await expect(locked).rejects.toThrow("answered 401. The control API of this sandbox needs its token");
  });
});
