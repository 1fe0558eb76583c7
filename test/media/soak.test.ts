import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { callable, offer } from "../support/sandbox.ts";
import { Client, mediaSandbox } from "./support/client.ts";

const batches = 100;
const callsPerBatch = 100;
const socketsPerBatch = 3;

/** What the recordings of ended calls may take, all together. */
const shelfBytes = 64 * 2 ** 20;

/** Bytes of sound and messages that this process holds, with everything collected that nobody refers to any more. */
function bufferBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  collect();
  return process.memoryUsage().arrayBuffers;
}

/** The sockets and timers of this process, once all but so many sockets are taken down, or five seconds later. */
async function handlesAtRest(sockets: number): Promise<readonly string[]> {
  const deadline = performance.now() + 5_000;
  for (;;) {
    const handles = process.getActiveResourcesInfo().filter((name) => /TCP|TLS|UDP|Timeout/.test(name));
    if (handles.length <= sockets || performance.now() > deadline) return handles;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** One batch: calls that are answered and hung up by the person, a session for each, sockets on some, and one with a peer. */
async function batch(sandbox: Awaited<ReturnType<typeof mediaSandbox>>): Promise<void> {
  const placed = await sandbox.api("meta", "POST", "/calls", { to: callable, sdp: offer });
  const callIds: string[] = [];
  for (let call = 0; call < callsPerBatch; call++) callIds.push(await sandbox.placeCall("+5511900000001"));
  const sessions = [];
  for (const callId of callIds) sessions.push(await sandbox.session(callId));
  const clients = await Promise.all(sessions.slice(0, socketsPerBatch).map(({ wsUrl }) => Client.open(wsUrl)));
  await sandbox.advance("PT2S");
  for (const client of clients) await client.send(new Int16Array(8_000));
  await sandbox.advance("PT10S");
  for (const client of clients) {
    expect(await client.closed).toEqual({ code: 1000, reason: "call ended" });
    // From the answer on until the hang-up five seconds later.
    expect(client.frames).toHaveLength(83);
    client.frames.length = 0;
  }
  const ended = await sandbox.api("meta", "POST", `/calls/${placed.body.id}/terminate`);
  expect(ended.body).toMatchObject({ status: "COMPLETED" });
}

test("10,000 calls with a session each, sockets on some, and peers on a hundred more leave no socket, timer, peer or byte behind", async () => {
  expect(await handlesAtRest(0)).toEqual([]);
  const bytesAtFirst = bufferBytes();
  const sandbox = await mediaSandbox({ validateResponses: false, webrtc: { host: "127.0.0.1" } });
  for (let round = 0; round < batches; round++) await batch(sandbox);
  const { world, clock, api } = sandbox;
  expect(world.state.calls.size).toBe(batches * (callsPerBatch + 1));
  const { live, tokens } = world.state;
  expect({ live: live.size, tokens: tokens.size, timers: clock.waiting }).toEqual({ live: 0, tokens: 0, timers: 0 });
  expect(await handlesAtRest(1)).toEqual(["TCPServerWrap"]);
  expect(bufferBytes() - bytesAtFirst).toBeLessThan(shelfBytes + 2 * 2 ** 20);
  const newest = (await api("evo", "GET", "/calls?limit=100")).body.calls.at(-1).id;
  expect((await sandbox.control.getMedia({ callId: newest })).sockets).toMatchObject([{ code: 1000 }]);
  await sandbox.host.close();
  await sandbox.close();
  expect(await handlesAtRest(0)).toEqual([]);
  expect(bufferBytes() - bytesAtFirst).toBeLessThan(2 * 2 ** 20);
}, 60_000);
