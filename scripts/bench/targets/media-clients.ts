// Full-duplex clients in a process of their own: node media-clients.ts <ticker|sandbox> <port> <sockets> <frameMs> <seconds>
import { setTimeout as passed } from "node:timers/promises";
import { WebSocket } from "ws";

const [kind = "", port = "", sockets = "", frame = "", duration = ""] = process.argv.slice(2);
const frameMs = Number(frame);
const sent = Buffer.alloc((16_000 * 2 * frameMs) / 1_000, 1);
const base = `http://127.0.0.1:${port}/v1/calls`;

interface Client {
  readonly socket: WebSocket;
  lastAt: number;
}

const gaps: number[] = [];
const toMedia: number[] = [];
const clients: Client[] = [];
let measuring = false;

async function post(path: string, body: object): Promise<ReadonlyMap<string, unknown>> {
  const headers = { "x-api-key": "ps_sandbox_evo", "content-type": "application/json" };
  const response = await fetch(base + path, { method: "POST", headers, body: JSON.stringify(body) });
  const answer: unknown = await response.json();
  if (!response.ok || typeof answer !== "object" || answer === null) throw new Error(JSON.stringify(answer));
  return new Map(Object.entries(answer));
}

async function open(index: number): Promise<void> {
  const startedAt = performance.now();
  const url = kind === "ticker" ? `ws://127.0.0.1:${port}` : await callAndSession(index);
  const client: Client = { socket: new WebSocket(url, { perMessageDeflate: false }), lastAt: 0 };
  client.socket.on("message", () => {
    const now = performance.now();
    if (client.lastAt === 0) toMedia.push(now - startedAt);
    else if (measuring) gaps.push(now - client.lastAt);
    client.lastAt = now;
  });
  await new Promise((resolve, reject) => client.socket.once("open", resolve).once("error", reject));
  clients.push(client);
}

async function callAndSession(index: number): Promise<string> {
  const call = await post("", { to: `+5511${String(600_000_000 + index)}` });
  return String((await post(`/${String(call.get("id"))}/realtime-session`, { mode: "talk" })).get("wsUrl"));
}

let due = performance.now();
function speak(): void {
  for (const { socket } of clients) if (socket.readyState === WebSocket.OPEN) socket.send(sent);
  due += frameMs;
  setTimeout(speak, Math.max(0, due - performance.now()));
}

// Ten at a time: nobody opens three hundred calls in one instant.
for (let index = 0; index < Number(sockets); index += 10)
  await Promise.all(Array.from({ length: 10 }, (_, more) => open(index + more)));
due = performance.now();
speak();
await passed(2_000);
measuring = true;
process.send?.({ phase: "measuring" });
await passed(Number(duration) * 1_000);
measuring = false;
process.send?.({ phase: "done", gaps, toMedia });
// The parent may have been stopped, and nobody else would end the ticks.
process.once("disconnect", () => process.exit(0));
