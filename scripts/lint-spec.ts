import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "./lib/root.ts";
import { runScript, ScriptError } from "./lib/script.ts";

async function run(): Promise<string> {
  const redocly = join(root, "node_modules/@redocly/cli/bin/cli.js");
  const child = spawn(process.execPath, [redocly, "lint", "spec/openapi.yaml", "spec/control.yaml"], {
    cwd: root,
    stdio: "inherit",
    // Nothing is reported and nothing is asked for over the network.
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  const [code] = await once(child, "exit");
  if (code !== 0)
    throw new ScriptError("the spec breaks lint rules", "mend the places above; the rules are in redocly.yaml");
  return "lint:spec: both documents are clean";
}

await runScript({
  command: "npm run lint:spec --",
  summary: "Lints spec/openapi.yaml and spec/control.yaml with Redocly, telemetry off.",
  options: {},
  run,
});
