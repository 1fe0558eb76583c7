import { resolve } from "node:path";
import { generateAll } from "./generate/all.ts";
import { type Files, staleFiles, writeFiles } from "./generate/files.ts";
import { root } from "./lib/root.ts";
import { type Flags, runScript, ScriptError } from "./lib/script.ts";

function sizes(files: Files): string {
  return [...files].map(([path, content]) => `  ${path} ${Math.ceil(Buffer.byteLength(content) / 1024)} KB`).join("\n");
}

async function run(flags: Flags): Promise<string> {
  const folder = resolve(typeof flags["in"] === "string" ? flags["in"] : root);
  const files = await generateAll(folder);
  const stale = await staleFiles(folder, files);
  if (flags["check"] === true) {
    if (stale.length === 0) return `generate: ${files.size} files are up to date`;
    throw new ScriptError(
      `Stale, compared with the spec:\n${stale.map((path) => `  ${path}`).join("\n")}`,
      "npm run generate",
    );
  }
  await writeFiles(folder, files, stale);
  if (flags["sizes"] === true) console.log(sizes(files));
  return `generate: ${stale.length} of ${files.size} files written`;
}

await runScript({
  command: "npm run generate --",
  summary:
    "Writes spec/generated/, docs/api-reference.md, docs/errors.md and docs/provider-states.md from the hand-written spec.",
  options: {
    check: { type: "boolean", help: "write nothing; fail when a file differs from what the spec gives" },
    sizes: { type: "boolean", help: "also print the size of each file" },
    in: { type: "string", help: "another folder than the project that holds spec/" },
  },
  run,
});
