import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A file in a folder of its own, removed when the test ends. */
async function file(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "calls-sandbox-config-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "people.yaml"), content);
  return join(folder, "people.yaml");
}

async function serve(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const options = ["--port", "0", "--media-port", "0", ...args];
  const child = spawn(process.execPath, [join(root, "mock/doors/cli/main.ts"), "serve", ...options]);
  onTestFinished(() => void child.kill("SIGKILL"));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code: child.exitCode, out, err };
}

test("PEOPLE-025, WORLD-031: a mistake ends the start with 2 before anything listens, and with its place", async () => {
  const config = await file("scripts:\n  shy:\n    called:\n      - { after: 5, do: ring }\n");
  expect(await serve("--config", config)).toEqual({
    code: 2,
    out: "",
    err: `${config} has a mistake:
  ${config}:4:18 scripts.shy.called[0].after must be a duration such as 300ms, 5s, 2m, 1h or PT1M30S, but was 5. Write 5s for seconds.
The format: docs/people.md.
See calls-sandbox serve --help.
`,
  });
});

test.each([
  ["nowhere.yaml", "there is no nowhere.yaml. Check the name; it is looked up from the present directory."],
  [root, `${root} is a directory. Name a file in it.`],
])("WORLD-031: the file %s ends the start with 2", async (config, reason) => {
  const ended = await serve("--config", config);
  expect(ended).toEqual({
    code: 2,
    out: "",
    err: `Can't read the file of --config: ${reason}\nSee calls-sandbox serve --help.\n`,
  });
});

test("WORLD-031: a sandbox with a file serves its numbers", async () => {
  const config = await file("numbers:\n  - { provider: META, number: +55 11 4000-0100, key: ps_orders }\n");
  const args = ["serve", "--port", "0", "--media-port", "0", "--config", config];
  const child = spawn(process.execPath, [join(root, "mock/doors/cli/main.ts"), ...args]);
  onTestFinished(() => void child.kill("SIGKILL"));
  let screen = "";
  for await (const chunk of child.stdout) {
    screen += chunk;
    if (screen.includes("A first call")) break;
  }
  const [url] = /http:\/\/127\.0\.0\.1:\d+\/v1/.exec(screen) ?? [];
  const answer = await fetch(`${url}/numbers`, { headers: { "x-api-key": "ps_orders" } });
  expect(await answer.json()).toMatchObject([{ number: "551140000100" }]);
});

test("without --config neither the YAML parser nor this part is loaded", async () => {
  const { metafile } = await build({
    entryPoints: { cli: join(root, "mock/doors/cli/command-line.ts") },
    outdir: join(root, "test-results/unwritten"),
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    packages: "external",
  });
  const loaded = new Set<string>();
  const load = (output: string) => {
    if (loaded.has(output)) return;
    loaded.add(output);
    for (const { path, kind } of metafile.outputs[output]?.imports ?? []) if (kind !== "dynamic-import") load(path);
  };
  load("test-results/unwritten/cli.js");
  const sources = [...loaded].flatMap((output) => Object.keys(metafile.outputs[output]?.inputs ?? {}));
  expect(loaded).toContain("commander");
  expect(loaded).not.toContain("yaml");
  expect(sources).toContain("mock/sandbox.ts");
  expect(sources.filter((source) => source.startsWith("mock/config/"))).toEqual([]);
  expect(Object.keys(metafile.inputs)).toContain("mock/config/read-config.ts");
});
