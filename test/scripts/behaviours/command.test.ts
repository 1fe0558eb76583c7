import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { project } from "../project.ts";
import { run } from "../run.ts";

async function withReport(...tests: readonly (readonly [title: string, status: string])[]) {
  const folder = await project();
  const ledger = join(folder, "spec/behaviours.yaml");
  const report = join(folder, "vitest.json");
  const assertionResults = tests.map(([title, status]) => ({ ancestorTitles: [], title, status }));
  await writeFile(report, JSON.stringify({ testResults: [{ name: "a.test.ts", status: "passed", assertionResults }] }));
  return {
    ledger,
    behaviours: (...args: string[]) => run("behaviours.ts", "--ledger", ledger, "--report", report, ...args),
  };
}

test("no report is exit code 2 and says how to make one", async () => {
  const folder = await project();
  const ledger = join(folder, "spec/behaviours.yaml");
  const finished = await run("behaviours.ts", "--ledger", ledger, "--report", join(folder, "none.json"));
  expect(finished).toMatchObject({ code: 2 });
  expect(finished.err).toContain("Remedy: npm test");
});

test("a broken report is exit code 2, not an empty one", async () => {
  const { ledger } = await withReport();
  expect(await run("behaviours.ts", "--ledger", ledger, "--report", ledger)).toMatchObject({ code: 2 });
});

test("a proven entry that no passing test names is exit code 1", async () => {
  const { behaviours } = await withReport(["CALL-001: starts", "failed"]);
  const finished = await behaviours();
  expect(finished.code).toBe(1);
  expect(finished.out).toMatch(/no passing test names them.*\n {2}CALL-001/);
});

test("the table counts each area", async () => {
  const { behaviours } = await withReport(["CALL-001: starts", "passed"]);
  const finished = await behaviours();
  expect(finished.code).toBe(0);
  expect(finished.out).toMatch(/^CALL +2 +1 +1 +1$/m);
  expect(finished.out).toMatch(/^META-SDP +2 +0 +2 +0$/m);
  expect(finished.out).toMatch(/^total +4 +1 +3 +1$/m);
});

test("--mark changes the proven entries and no other byte", async () => {
  const { ledger, behaviours } = await withReport(["CALL-001, CALL-002, META-SDP-002: x", "passed"]);
  const before = await readFile(ledger, "utf8");
  expect((await behaviours()).out).toMatch(/Ready to be marked proven.*\n {2}CALL-002\n {2}META-SDP-002/);
  expect(await behaviours("--mark")).toMatchObject({ code: 0 });
  const want = before.replace("proof:   open }", "proof:   proven }").replace("proof: 'open'", "proof: proven");
  expect(await readFile(ledger, "utf8")).toBe(want);
});

test("--json prints the verdict and nothing else", async () => {
  const { behaviours } = await withReport(["CALL-001: starts", "passed"]);
  expect(JSON.parse((await behaviours("--json")).out)).toMatchObject({ ok: true, total: { total: 4, proven: 1 } });
});
