import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { loadCases, ownCases } from "../contracts/conformance/case-files.ts";
import { failureText } from "../contracts/conformance/failure-text.ts";
import { playCase } from "../contracts/conformance/play-case.ts";
import { openReceiver } from "../contracts/conformance/receiver.ts";
import { sandboxTarget } from "../contracts/conformance/targets/sandbox-target.ts";
import { sendTo, usualBounds } from "../contracts/http/send.ts";
import { listenHttp } from "../mock/doors/http.ts";
import { listenMedia } from "../mock/doors/media-host.ts";
import { createSandbox } from "../mock/sandbox.ts";
import { ended } from "./bench/measure/child.ts";
import { firstAnswer, freePort } from "./bench/measure/start-up.ts";
import { root } from "./lib/root.ts";
import { type Flags, runScript, ScriptError } from "./lib/script.ts";
import { type Judgement, recordObjections } from "./prism/objections.ts";

const here = join(root, "scripts/prism");
const prism = join(here, "node_modules/@stoplight/prism-cli/dist/index.js");
const document = join(root, "spec/generated/openapi.json");

/** Installs Prism beside this file, without install scripts and reports. */
function install(): void {
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--silent"];
  const env = { ...process.env, SCARF_ANALYTICS: "false" };
  const { status } = spawnSync("npm", args, { cwd: here, env, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) throw new ScriptError("Prism could not be installed", "check that npm reaches its registry", 2);
}

async function run(flags: Flags): Promise<string> {
  if (flags["no-install"] !== true) install();
  const sandbox = createSandbox({ webrtc: false });
  const address = { host: "127.0.0.1", port: 0 };
  const media = await listenMedia(sandbox, address);
  const door = await listenHttp(sandbox, { ...address, overrideGlobalObjects: false });
  sandbox.setMediaUrl(media.url);
  const port = await freePort();
  const args = (at: number) => [
    ...[prism, "proxy", "--host", "127.0.0.1", "--port", String(at), "--cors", "false"],
    ...[document, door.url],
  ];
  const child = spawn(process.execPath, args(port), {
    stdio: process.env["PRISM_LOG"] ? ["ignore", "inherit", "inherit"] : "ignore",
  });
  const receiver = await openReceiver();
  try {
    const headers = { "x-api-key": "ps_sandbox_meta" };
    await firstAnswer(child, port, { command: process.execPath, args, path: "/v1/calls", headers });
    const judgement: Judgement = { judged: 0, past: 0, objections: [] };
    const through = sendTo(`http://127.0.0.1:${port}`, { ...usualBounds, timeoutMs: 10_000 });
    const send = recordObjections(through, sendTo(door.url), judgement);
    const target = sandboxTarget({ send, url: door.url, control: sandbox.control, receiver, secrets: sandbox.secrets });
    const cases = await loadCases([ownCases()]);
    const failed: string[] = [];
    for (const each of cases) {
      const { failure } = await playCase(each, target);
      if (failure !== null) failed.push(`${each.id}\n    ${failureText(failure)}`);
    }
    for (const objection of judgement.objections) console.log(objection);
    for (const failure of failed) console.log(failure);
    if (judgement.objections.length > 0) {
      throw new ScriptError(
        `Prism objects to ${judgement.objections.length} answers`,
        "mend the document, or the mock",
      );
    }
    // A case that fails here alone was not looked at to its end, and a judge that was not asked has not agreed.
    if (failed.length > 0) throw new ScriptError(`${failed.length} cases fail through Prism`, "npm run conformance");
    const { judged, past } = judgement;
    return `check:prism: ${cases.length} cases; Prism looked at ${judged} answers and objects to none (${past} went past it)`;
  } finally {
    await Promise.all([ended(child), receiver.close(), door.close(), media.close()]);
    await sandbox.close();
  }
}

await runScript({
  command: "npm run check:prism --",
  summary:
    "Has another judge look at the sandbox: Prism's validating proxy, between the conformance suite and the mock.",
  options: { "no-install": { type: "boolean", help: "use what is installed in scripts/prism already" } },
  run,
});
