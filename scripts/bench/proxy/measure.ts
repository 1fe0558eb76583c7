import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCommand, startProxyCommand, startTarget } from "../measure/child.ts";
import { getRequest } from "../measure/requests.ts";
import { inRounds, type Plan, type Series, type Subject } from "../measure/rounds.ts";

const key = { "x-api-key": "ps_sandbox_evo" };

/** The same read of one call: directly, through a bare proxy, through ours, and through ours while it records. */
export async function measureProxy(plan: Plan): Promise<Series[]> {
  const folder = await mkdtemp(join(tmpdir(), "calls-sandbox-bench-"));
  const sandbox = await startCommand();
  const bare = await startTarget("bare-proxy.ts", [String(sandbox.port)]);
  const proxy = await startProxyCommand(sandbox.port);
  const recording = await startProxyCommand(sandbox.port, "--record", folder);
  const all = [sandbox, bare, proxy, recording];
  try {
    const requests = [getRequest(`/v1/calls/${await oneCall(sandbox.port)}`, key)];
    const subject = (name: string, { port, pid }: (typeof all)[number]): Subject => ({ name, port, pid, requests });
    return await inRounds(
      [
        subject("direct", sandbox),
        subject("bare node:http proxy", bare),
        subject("calls-sandbox proxy", proxy),
        subject("the same with --record", recording),
      ],
      plan,
    );
  } finally {
    for (const child of all.toReversed()) await child.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A call to a person who declines, so that it soon changes no more. */
async function oneCall(port: number): Promise<string> {
  const headers = { ...key, "content-type": "application/json" };
  const body = '{"to":"+5511900000002"}';
  const response = await fetch(`http://127.0.0.1:${port}/v1/calls`, { method: "POST", headers, body });
  const call: unknown = await response.json();
  if (typeof call === "object" && call !== null && "id" in call) return String(call.id);
  throw new Error(`the sandbox answered ${response.status} to a call`);
}
