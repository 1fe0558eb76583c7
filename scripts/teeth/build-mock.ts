import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { listenHttp } from "../../mock/doors/http.ts";
import type { listenMedia } from "../../mock/doors/media-host.ts";
import type { createSandbox } from "../../mock/sandbox.ts";
import { root } from "../lib/root.ts";
import { type DeliberateFault, withFault } from "./read-faults.ts";

/** The mock as a module, with a fault in it or without. */
export interface MockModule {
  readonly createSandbox: typeof createSandbox;
  readonly listenHttp: typeof listenHttp;
  readonly listenMedia: typeof listenMedia;
}

/** Inside node_modules, so that the libraries that stay outside are found from there. */
const folder = join(root, "node_modules/.cache/teeth");

/** Bundles the mock with one file changed on the way, and loads what came out. Nothing on the disk is changed. */
export async function buildMock(name: string, fault: DeliberateFault | null): Promise<MockModule> {
  await mkdir(folder, { recursive: true });
  const outfile = join(folder, `${name}-${process.pid}.mjs`);
  await build({
    stdin: {
      contents: [
        'export { createSandbox } from "./mock/sandbox.ts";',
        'export { listenHttp } from "./mock/doors/http.ts";',
        'export { listenMedia } from "./mock/doors/media-host.ts";',
      ].join("\n"),
      resolveDir: root,
      sourcefile: "teeth.ts",
      loader: "ts",
    },
    outfile,
    absWorkingDir: root,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    logLevel: "warning",
    plugins: [
      {
        name: "deliberate-fault",
        setup: (host) => {
          if (fault === null) return;
          const changed = join(root, fault.file);
          host.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
            if (path !== changed) return undefined;
            return { contents: withFault(await readFile(path, "utf8"), fault), loader: "ts" };
          });
        },
      },
    ],
  });
  try {
    // A parsed border: what was bundled is what the types above say.
    return (await import(pathToFileURL(outfile).href)) as MockModule;
  } finally {
    await rm(outfile);
  }
}
