import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./lib/root.ts";
import { runScript, ScriptError } from "./lib/script.ts";

async function run(): Promise<string> {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const child = spawn(process.execPath, [compiler, "-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new ScriptError("the types could not be made", "npm run typecheck");
  // The compiler doesn't carry over hand-made declarations; the emitted ones refer to them.
  const from = join(root, "spec/generated");
  const to = join(root, "dist/types/spec/generated");
  await mkdir(to, { recursive: true });
  const declarations = (await readdir(from)).filter((name) => name.endsWith(".d.ts"));
  for (const name of declarations) await copyFile(join(from, name), join(to, name));
  return "build:types: dist/types written";
}

await runScript({
  command: "npm run build:types --",
  summary: "Writes the declarations of the published package into dist/types.",
  options: {},
  run,
});
