import { spawn } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "./lib/root.ts";
import { runScript, ScriptError, secondsSince } from "./lib/script.ts";
import { readTestReport } from "./lib/test-report.ts";

/** The steps in order, each one a script of package.json: cheap and telling ones first. */
const steps: readonly (readonly [script: string, ...args: string[]])[] = [
  ["lint"],
  ["lint:spec"],
  ["generate", "--check"],
  ["typecheck"],
  ["test"],
  ["behaviours"],
  ["conformance"],
  ["contracts:verify"],
  // Six deliberate faults, other ones with every commit; the whole list is `npm run check:teeth`.
  ["check:teeth", "--pick", "6"],
];

function runStep(script: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const npmArgs = ["run", "--silent", script, ...(args.length > 0 ? ["--", ...args] : [])];
    const child = spawn("npm", npmArgs, { cwd: root, shell: process.platform === "win32" });
    let output = "";
    child.stdout.on("data", (chunk) => (output += String(chunk)));
    child.stderr.on("data", (chunk) => (output += String(chunk)));
    child.on("error", (error) => resolve({ code: 1, output: `${output}${error.message}` }));
    // Some tools colour their text although nobody watches.
    child.on("close", (code) => resolve({ code: code ?? 1, output: stripVTControlCharacters(output) }));
  });
}

/** The line that tools look for: how many tests passed and failed. */
async function testLine(): Promise<string> {
  const { tests, failedFiles } = await readTestReport(join(root, "test-results/vitest.json"));
  const passed = tests.filter((test) => test.passed).length;
  return `${passed} passed, ${tests.length - passed + failedFiles.length} failed`;
}

async function run(): Promise<string> {
  for (const [script, ...args] of steps) {
    const startedAt = performance.now();
    const name = [script, ...args].join(" ");
    const { code, output } = await runStep(script, args);
    console.log(`${code === 0 ? "ok    " : "FAILED"} ${name.padEnd(22)} ${secondsSince(startedAt)}`);
    if (code !== 0) console.log(`\n${output.trimEnd()}\n`);
    if (script === "test") console.log(await testLine());
    if (code !== 0) throw new ScriptError(`check stopped at ${name}`, `npm run ${script} shows it alone`);
    if (script === "behaviours") console.log(`\n${output.trimEnd()}\n`);
  }
  return `check: ${steps.length} steps passed`;
}

await runScript({
  command: "npm run check --",
  summary: `Runs ${steps.map(([script]) => script).join(", ")}, and stops at the first that fails.`,
  options: {},
  run,
});
