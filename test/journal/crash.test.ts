import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { drawFraction } from "../../mock/domain/draw.ts";
import { temporaryDirectory } from "./support.ts";

const root = new URL("../..", import.meta.url).pathname;
/** 40 kills unless told otherwise; `npm run check:crash` asks for 200. */
const kills = Number(process.env["CRASH_KILLS"] ?? 40);
const headers = { "x-api-key": "ps_sandbox_evo", "content-type": "application/json" };

beforeAll(() => {
  const built = spawnSync(process.execPath, ["scripts/build.ts"], { cwd: root, encoding: "utf8" });
  expect(built.status, built.stderr).toBe(0);
}, 60_000);

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
}

async function start(directory: string): Promise<Started> {
  const ready = join(directory, "ready.json");
  rmSync(ready, { force: true });
  const options = [
    "--port",
    "0",
    "--media-port",
    "0",
    "--quiet",
    "--data-dir",
    join(directory, "data"),
    "--ready-file",
    ready,
  ];
  const child = spawn(process.execPath, [join(root, "dist/cli.js"), ...options], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  for (let tries = 0; tries < 1_000; tries++) {
    try {
      return { child, url: JSON.parse(readFileSync(ready, "utf8")).apiUrl };
    } catch {
      if (child.exitCode !== null) throw new Error(`the sandbox ended with ${child.exitCode}: ${child.stderr?.read()}`);
      await wait(10);
    }
  }
  throw new Error("the sandbox was not ready within ten seconds");
}

/** What was acknowledged: each call, and whether its end was. */
type Acknowledged = Map<string, { ended: boolean }>;

/** Places calls and ends them until the connection breaks. */
async function work(url: string, acknowledged: Acknowledged): Promise<void> {
  try {
    for (;;) {
      const started = await fetch(`${url}/v1/calls`, { method: "POST", headers, body: '{"to":"+5511900000003"}' });
      const { id } = (await started.json()) as { id: string };
      const call = { ended: false };
      acknowledged.set(id, call);
      const ended = await fetch(`${url}/v1/calls/${id}/terminate`, { method: "POST", headers });
      if (ended.status === 200) call.ended = true;
    }
  } catch {
    // The process was killed: that is the point.
  }
}

async function missing(url: string, acknowledged: Acknowledged): Promise<string[]> {
  const problems: string[] = [];
  for (const [id, { ended }] of acknowledged) {
    const answer = await fetch(`${url}/v1/calls/${id}`, { headers });
    const call = (await answer.json()) as { status: string };
    if (answer.status !== 200) problems.push(`${id} is gone`);
    else if (ended && call.status !== "COMPLETED") problems.push(`${id} was ended and is ${call.status}`);
  }
  return problems;
}

test(
  `WORLD-021: a sandbox that is killed ${kills} times under load loses nothing that it had acknowledged`,
  async () => {
    const directory = temporaryDirectory();
    const fresh: Acknowledged = new Map();
    let total = 0;
    for (let kill = 0; kill < kills; kill++) {
      const { child, url } = await start(directory);
      // Every call of the last life is looked at after the next start, and not again later: they never change any more.
      expect(await missing(url, fresh), `after kill ${kill}`).toEqual([]);
      total += fresh.size;
      fresh.clear();
      const workers = Array.from({ length: 4 }, () => work(url, fresh));
      await wait(5 + Math.floor(75 * drawFraction({ seed: "crash", worldId: "test" }, "kill", kill)));
      child.kill("SIGKILL");
      await Promise.all([once(child, "exit"), ...workers]);
    }
    const { child, url } = await start(directory);
    expect(await missing(url, fresh)).toEqual([]);
    child.kill("SIGTERM");
    await once(child, "exit");
    expect(total).toBeGreaterThan(kills);
  },
  kills * 5_000,
);
