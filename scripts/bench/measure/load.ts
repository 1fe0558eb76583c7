import { connect, type Socket } from "node:net";
import { ResponseReader } from "./response-reader.ts";
import { quantile } from "./statistics.ts";

export interface Load {
  readonly port: number;
  /** Whole requests, sent in turn. */
  readonly requests: readonly Buffer[];
  readonly connections: number;
  readonly milliseconds: number;
}

/** What one load run showed; times in milliseconds. */
export interface LoadResult {
  readonly count: number;
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  /** How much of the time the generator itself was busy: near 1, it may have been the bottleneck. */
  readonly generatorBusy: number;
}

/**
 * Keeps so many connections busy for so long, with one request at a time on each.
 *
 * @throws Error when a connection fails or an answer is not a success: figures of refusals mean nothing
 */
export async function runLoad(load: Load): Promise<LoadResult> {
  const latencies: number[] = [];
  const before = performance.eventLoopUtilization();
  const startedAt = performance.now();
  const turns = { next: 0, endsAt: startedAt + load.milliseconds };
  await Promise.all(Array.from({ length: load.connections }, () => drive(load, turns, latencies)));
  const seconds = (performance.now() - startedAt) / 1_000;
  const sorted = Float64Array.from(latencies).sort();
  return {
    count: sorted.length,
    requestsPerSecond: sorted.length / seconds,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    p999: quantile(sorted, 0.999),
    generatorBusy: performance.eventLoopUtilization(before).utilization,
  };
}

/** One connection, opened again whenever the server closes it. */
function drive(load: Load, turns: { next: number; readonly endsAt: number }, latencies: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let reader = new ResponseReader();
    let sentAt = 0;
    let socket: Socket;
    const send = () => {
      const request = load.requests[turns.next++ % load.requests.length];
      sentAt = performance.now();
      if (request !== undefined) socket.write(request);
    };
    const finish = (error?: Error) => {
      socket.removeAllListeners("close");
      socket.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    const open = () => {
      reader = new ResponseReader();
      socket = connect(load.port, "127.0.0.1", send).setNoDelay(true);
      socket.on("error", finish);
      socket.on("close", () => finish(new Error(`the server on port ${load.port} hung up in the middle of an answer`)));
      socket.on("data", take);
    };
    const take = (chunk: Buffer) => {
      const response = reader.read(chunk);
      if (response === null) return;
      const now = performance.now();
      latencies.push(now - sentAt);
      if (response.status < 200 || response.status > 299)
        return finish(new Error(`a request to port ${load.port} was answered with ${response.status}`));
      if (now >= turns.endsAt) return finish();
      if (response.keepsAlive) return send();
      socket.removeAllListeners("close");
      socket.destroy();
      open();
    };
    open();
  });
}
