import type fc from "fast-check";
import { keys, type TestSandbox } from "../../support/sandbox.ts";

/** One of several requests that race. */
export interface Racer {
  readonly key: "meta" | "evo";
  readonly path: string;
  readonly body?: unknown;
}

/** What a racer was answered. */
export interface Finish {
  readonly status: number;
  readonly code: string | null;
  readonly id: string | null;
}

/**
 * Sends all requests at once. The scheduler decides when each begins and when each half of its body arrives, so that
 * every interleaving of what a server waits for comes up.
 */
export function race(s: fc.Scheduler, sandbox: TestSandbox, racers: readonly Racer[]): Promise<readonly Finish[]> {
  return s.waitFor(
    Promise.all(
      racers.map(async ({ key, path, body }, index) => {
        await s.schedule(Promise.resolve(), `begin ${index} ${path}`);
        // Without a body there is nothing more to wait for: it waits as often, or it would nearly always come first.
        for (let wait = 0; body === undefined && wait < 3; wait++) await s.schedule(Promise.resolve(), `wait ${index}`);
        const sent =
          body === undefined ? {} : { body: inHalves(s, JSON.stringify(body), index), duplex: "half" as const };
        const headers = { "x-api-key": keys[key], "content-type": "application/json" };
        const request = new Request(`http://localhost/v1${path}`, { method: "POST", headers, ...sent });
        const response = await sandbox.app.request(request);
        const { code = null, id = null } = JSON.parse(await response.text());
        return { status: response.status, code, id };
      }),
    ),
  );
}

function inHalves(s: fc.Scheduler, text: string, index: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const half = bytes.length >> 1;
  const parts = [bytes.slice(0, half), bytes.slice(half)];
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        await s.schedule(Promise.resolve(), `body of ${index}`);
        const part = parts.shift();
        if (part === undefined) controller.close();
        else controller.enqueue(part);
      },
    },
    { highWaterMark: 0 },
  );
}
