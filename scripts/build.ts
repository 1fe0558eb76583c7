import { chmod, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { root } from "./lib/root.ts";
import { type Flags, runScript, ScriptError } from "./lib/script.ts";

/** Bundle → its entry. They share chunks, so that `createSandbox` exists once. */
const entries = {
  cli: "mock/doors/cli/main.ts",
  index: "mock/index.ts",
  msw: "mock/doors/msw.ts",
  journal: "mock/journal/index.ts",
  media: "mock/media/index.ts",
  scenarios: "mock/scenarios/index.ts",
  "conformance-suite": "contracts/conformance/vitest/suite.ts",
  client: "contracts/client/index.ts",
  "webrtc-worker": "mock/media/webrtc/decode-worker.ts",
  "pact-process": "contracts/provider/pact-process.ts",
} as const;

/** The bundles that run in a page too. */
const forPages = ["msw.js", "client.js"];

/**
 * Stays outside: what a user's project has anyway (optional peers), what loads only when asked for, and pino, which
 * starts worker files of its own.
 */
const loadedLate = ["@msw/data", "request-filtering-agent", "mpg123-decoder", "opus-decoder", "werift", "opusscript"];
const external = ["node:*", "ws", "msw", "vitest", "vitest/node", "@pact-foundation/pact", "pino", ...loadedLate];

async function presentEntries(): Promise<Record<string, string>> {
  const present: Record<string, string> = {};
  for (const [name, file] of Object.entries(entries)) {
    if (await stat(join(root, file)).catch(() => null)) present[name] = join(root, file);
    else throw new ScriptError(`${file} is missing`, "restore it from git, or change `entries` in scripts/build.ts");
  }
  return present;
}

/** The Node modules that a bundle loads as soon as it is imported, through all its static chunks. */
function nodeModulesOf(metafile: Metafile, output: string, seen = new Set<string>()): Set<string> {
  const found = new Set<string>();
  if (seen.has(output)) return found;
  seen.add(output);
  for (const { path, kind, external: outside } of metafile.outputs[output]?.imports ?? []) {
    if (kind === "dynamic-import") continue;
    if (outside === true) found.add(path);
    else for (const name of nodeModulesOf(metafile, path, seen)) found.add(name);
  }
  return new Set([...found].filter((name) => name.startsWith("node:")));
}

function sizes(metafile: Metafile): string {
  const rows = Object.entries(metafile.outputs).filter(([file]) => file.endsWith(".js"));
  return rows.map(([file, { bytes }]) => `  ${file} ${Math.ceil(bytes / 1024)} KB`).join("\n");
}

/** A banner of esbuild's would stand on every bundle, so the command gets its first line here. */
async function makeExecutable(file: string): Promise<void> {
  const text = await readFile(file, "utf8");
  if (!text.startsWith("#!")) await writeFile(file, `#!/usr/bin/env node\n${text}`);
  await chmod(file, 0o755);
}

async function run(flags: Flags): Promise<string> {
  const outdir = typeof flags["out"] === "string" ? flags["out"] : join(root, "dist");
  const entryPoints = await presentEntries();
  // Types are made by `npm run build:types`, and a rebuild leaves them alone.
  for (const part of ["chunks", ...Object.keys(entries).flatMap((name) => [`${name}.js`, `${name}.js.map`])]) {
    await rm(join(outdir, part), { recursive: true, force: true });
  }
  const { metafile } = await build({
    entryPoints,
    outdir,
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: "esm",
    // Neutral takes each library's browser-safe ES build, so no chunk needs `require` and the msw door runs in a page.
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import"],
    target: ["node22.19"],
    chunkNames: "chunks/[name]-[hash]",
    // No `keepNames`: it names every closure each time it is made; a GET took 20 % more CPU time (docs/performance.md).
    sourcemap: flags["sourcemap"] === true,
    legalComments: "none",
    external,
    metafile: true,
    logLevel: "warning",
  });
  await makeExecutable(join(outdir, "cli.js"));
  if (flags["sizes"] === true) {
    console.log(sizes(metafile));
    for (const name of forPages) {
      const file = Object.keys(metafile.outputs).find((output) => output.endsWith(`/${name}`)) ?? "";
      console.log(
        `  Node modules that ${name} needs: ${[...nodeModulesOf(metafile, file)].sort().join(", ") || "none"}`,
      );
    }
  }
  const kilobytes = Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0) / 1024;
  return `build: ${Object.keys(metafile.outputs).length} files, ${Math.ceil(kilobytes)} KB`;
}

await runScript({
  command: "npm run build --",
  summary: "Bundles the command and the library into dist/. Type checking is `npm run typecheck`'s business.",
  options: {
    sizes: { type: "boolean", help: "print each file's size, and the Node modules that the bundles for pages need" },
    sourcemap: { type: "boolean", help: "write source maps too" },
    out: { type: "string", help: "another folder than dist/" },
  },
  run,
});
