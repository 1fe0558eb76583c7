import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createSandbox } from "../../../mock/sandbox.ts";
import { fill } from "../measure/fill.ts";
import { median } from "../measure/statistics.ts";

interface Plan {
  readonly rounds: number;
  /** Calls in a round; each makes three events. */
  readonly count: number;
}

/** A receiver that says yes to everything and counts. */
async function receiver(): Promise<{ url: string; got: () => number; server: Server }> {
  let count = 0;
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      count++;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook`, got: () => count, server };
}

/** Deliveries a second to a local receiver, and their ratio to a bare `fetch` loop of the same width in the same run. */
export async function measureDeliveries({ rounds, count }: Plan): Promise<{ perSecond: number; ratio: number }> {
  const hook = await receiver();
  const sandbox = createSandbox({ clock: "virtual", webhooks: [hook.url] });
  const ours: number[] = [];
  const ratios: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const before = hook.got();
      const began = performance.now();
      // An advance waits until everything that was sent has been answered.
      await fill(sandbox.world, "EVO_GO", count);
      await sandbox.clock.advance(0);
      const perSecond = (hook.got() - before) / ((performance.now() - began) / 1_000);
      const bare = await fetchLoop(hook.url, hook.got() - before);
      ours.push(perSecond);
      ratios.push(perSecond / bare);
    }
  } finally {
    await sandbox.close();
    hook.server.close();
    hook.server.closeAllConnections();
  }
  return { perSecond: median(ours), ratio: median(ratios) };
}

const body = JSON.stringify({ event: "call.ended", filler: "x".repeat(600) });

async function fetchLoop(url: string, count: number): Promise<number> {
  const began = performance.now();
  let left = count;
  const worker = async () => {
    while (left-- > 0) {
      const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
      await response.text();
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return count / ((performance.now() - began) / 1_000);
}
