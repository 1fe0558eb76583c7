import { type Child, startCommand, startTarget } from "./child.ts";
import { phoneOf } from "./fill.ts";
import { getRequest, postRequest } from "./requests.ts";
import type { Subject } from "./rounds.ts";

export interface Scale {
  /** Numbers of stored calls. */
  readonly sizes: readonly number[];
  readonly rounds: number;
  readonly milliseconds: number;
  readonly memoryCalls: number;
  readonly starts: number;
}

export interface Servers {
  readonly reads: readonly Subject[];
  readonly writes: readonly Subject[];
  readonly stop: () => Promise<void>;
}

export const names = {
  bareHttp: "bare node:http",
  bareHono: "bare Hono",
  command: "dist/cli.js",
  checked: "dist/cli.js --validate-responses",
  stored: (calls: number) => `${calls.toLocaleString("en-US")} calls stored`,
} as const;

const key = { "x-api-key": "ps_sandbox_evo" };

/** Starts everything that is measured; whoever isn't being asked sits idle. */
export async function startServers(sizes: readonly number[]): Promise<Servers> {
  const bare = [
    { name: names.bareHttp, child: await startTarget("bare-http.ts") },
    { name: names.bareHono, child: await startTarget("bare-hono.ts") },
  ];
  const commands = [
    { name: names.command, child: await startCommand() },
    { name: names.checked, child: await startCommand("--validate-responses") },
  ];
  const stored = [];
  for (const calls of sizes) {
    stored.push({ name: names.stored(calls), child: await startTarget("sandbox.ts", [String(calls)]) });
  }
  const reads: Subject[] = bare.map(({ name, child }) => read(name, child, ["call_01KDVT9Q6QYBX9QK3R4ZJ5N8WD"]));
  for (const { name, child } of commands) reads.push(read(name, child, await callsOver(child)));
  for (const { name, child } of stored) reads.push(read(name, child, idsOf(child)));
  const all = [...bare, ...commands, ...stored];
  return {
    reads,
    writes: all.map(({ name, child }) => ({ name, port: child.port, pid: child.pid, requests: starts })),
    stop: async () => {
      await Promise.all(all.map(({ child }) => child.stop()));
    },
  };
}

function read(name: string, { port, pid }: Child, ids: readonly string[]): Subject {
  return { name, port, pid, requests: ids.map((id) => getRequest(`/v1/calls/${id}`, key)) };
}

const starts = Array.from({ length: 10_000 }, (_, person) =>
  postRequest("/v1/calls", key, { to: `+${phoneOf(person)}` }),
);

function idsOf({ said }: Child): readonly string[] {
  const { ids } = said;
  return Array.isArray(ids) ? ids.map(String) : [];
}

/** Makes a thousand calls through the API itself, to people who decline, and returns their ids. */
async function callsOver({ port }: Child): Promise<readonly string[]> {
  const url = `http://127.0.0.1:${port}`;
  const numbers: unknown = await (await fetch(`${url}/v1/numbers`, { headers: key })).json();
  const [number] = Array.isArray(numbers) ? numbers : [];
  const headers = { ...key, "content-type": "application/json" };
  const patch = { method: "PATCH", headers, body: JSON.stringify({ script: "reject" }) };
  await good(fetch(`${url}/_sandbox/worlds/default/numbers/${String(number?.id)}`, patch));
  const ids: string[] = [];
  for (let person = 0; person < 1_000; person++) {
    const body = JSON.stringify({ to: phoneOf(person) });
    const call: unknown = await (await good(fetch(`${url}/v1/calls`, { method: "POST", headers, body }))).json();
    if (typeof call === "object" && call !== null && "id" in call) ids.push(String(call.id));
  }
  return ids;
}

async function good(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  if (response.ok) return response;
  throw new Error(`${response.url} was answered with ${response.status}: ${await response.text()}`);
}
