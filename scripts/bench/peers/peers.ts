import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../lib/root.ts";
import { type Flags, runScript, ScriptError } from "../../lib/script.ts";
import { ended } from "../measure/child.ts";
import { machine } from "../measure/machine.ts";
import { ownStart } from "../measure/own-start-up.ts";
import { getRequest } from "../measure/requests.ts";
import { cpuRatio, figure, inRounds, ratio, type Subject } from "../measure/rounds.ts";
import { names, startServers } from "../measure/servers.ts";
import { firstAnswer, freePort, timeToFirstAnswer } from "../measure/start-up.ts";
import { median } from "../measure/statistics.ts";
import { decimal, table, whole } from "../measure/table.ts";
import { peers } from "./list.ts";
import { type Peer, readHeaders, readPath } from "./peer.ts";

const here = join(root, "scripts/bench/peers");
const plan = { rounds: 5, milliseconds: 2_000, connections: 16 };

/** Installs the peers beside this file, without their install scripts and reports. */
function install(): void {
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
  const env = { ...process.env, SCARF_ANALYTICS: "false" };
  const { status } = spawnSync("npm", args, { cwd: here, env, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) console.error("npm could not install every peer; those that are missing are skipped.");
}

/** The version of a peer that can run here; null, said aloud, where it can't. */
async function versionOf({ name, package: of, starter }: Peer): Promise<string | null> {
  const text = await readFile(join(here, "node_modules", of, "package.json"), "utf8").catch(() => null);
  const runs = starter.command !== "java" || spawnSync("java", ["-version"]).status === 0;
  if (text !== null && runs) return String(new Map(Object.entries(JSON.parse(text))).get("version"));
  console.error(`SKIPPED: ${name}, because ${text === null ? `${of} is not installed` : "there is no java"}.`);
  return null;
}

interface Running {
  readonly subject: Subject;
  readonly startMs: number;
  readonly stop: () => Promise<void>;
}

async function start(name: string, { starter }: Peer): Promise<Running> {
  const starts = [];
  for (let time = 0; time < 3; time++) starts.push(await timeToFirstAnswer(starter));
  const port = await freePort();
  const child = spawn(starter.command, starter.args(port), { stdio: "ignore", cwd: starter.cwd });
  await firstAnswer(child, port, starter);
  const subject = { name, port, pid: child.pid ?? 0, requests: [getRequest(readPath, readHeaders)] };
  return { subject, startMs: median(starts), stop: () => ended(child) };
}

async function run(flags: Flags): Promise<string> {
  if (!(await stat(join(root, "dist/cli.js")).catch(() => null)))
    throw new ScriptError("dist/cli.js is missing", "npm run build", 2);
  if (flags["no-install"] !== true) install();
  console.log(`${machine()}\n`);
  const folder = await mkdtemp(join(tmpdir(), "calls-sandbox-peers-"));
  const running: Running[] = [];
  const own = await startServers([]);
  try {
    for (const peer of await peers(folder)) {
      const version = await versionOf(peer);
      if (version !== null) running.push(await start(`${peer.name} ${version}`, peer));
    }
    const ownStarts = [];
    for (let time = 0; time < 3; time++) ownStarts.push(await timeToFirstAnswer(ownStart));
    const starts = new Map([[names.command as string, median(ownStarts)]]);
    for (const { subject, startMs } of running) starts.set(subject.name, startMs);
    const series = await inRounds([...own.reads, ...running.map(({ subject }) => subject)], plan);
    const command = series.find(({ name }) => name === names.command);
    const rows = series.map((one) => [
      one.name,
      whole(figure(one, ({ requestsPerSecond }) => requestsPerSecond)),
      decimal(ratio(command, one)),
      decimal(
        figure(one, ({ cpuPerRequest }) => cpuPerRequest),
        0,
      ),
      decimal(cpuRatio(command, one)),
      decimal(figure(one, ({ p99 }) => p99)),
      decimal((starts.get(one.name) ?? Number.NaN) / 1_000),
    ]);
    console.log(
      table(
        ["GET /v1/calls/{callId}", "req/s", "dist/cli.js is × this", "CPU µs", "× by CPU", "p99 ms", "start s"],
        rows,
      ),
    );
  } finally {
    await Promise.all([own.stop(), ...running.map(({ stop }) => stop())]);
    await rm(folder, { recursive: true, force: true });
  }
  return `bench:peers: ${running.length} of 3 peers measured`;
}

await runScript({
  command: "npm run bench:peers --",
  summary: "Measures Prism, WireMock and Mockoon beside the sandbox: one read of the same document, and the start.",
  options: { "no-install": { type: "boolean", help: "measure what is installed in scripts/bench/peers already" } },
  run,
});
