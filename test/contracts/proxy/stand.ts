import { createServer, type IncomingHttpHeaders, type RequestListener, request } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import {
  type Finding,
  type RunningProxy,
  readTarget,
  type Summary,
  startProxy,
  type Target,
} from "../../../contracts/proxy/index.ts";

/** A service as a test wants it: how it misbehaves is the test's business. */
export async function service(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A proxy in front of a service, and what it has found. */
export interface Stand {
  readonly url: string;
  readonly findings: Finding[];
  /** Ends the proxy; the summary then holds everything. */
  readonly end: () => Promise<Summary>;
}

export interface StandOptions {
  readonly timeoutMs?: number;
  /** What the judge waits for. */
  readonly judging?: Promise<void>;
}

export async function proxied(target: string | Target, options: StandOptions = {}): Promise<Stand> {
  const findings: Finding[] = [];
  const proxy: RunningProxy = await startProxy({
    target: typeof target === "string" ? readTarget(target) : target,
    host: "127.0.0.1",
    port: 0,
    timeoutMs: options.timeoutMs ?? 10_000,
    keepExchanges: true,
    onFinding: async (finding) => {
      await options.judging;
      findings.push(finding);
    },
  });
  let ended: Promise<Summary> | null = null;
  const end = () => {
    ended ??= proxy.close();
    return ended;
  };
  onTestFinished(async () => {
    await end();
  });
  return { url: proxy.url, findings, end };
}

export interface RawAnswer {
  readonly status: number;
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface RawRequest {
  readonly method?: string;
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
}

/** A request whose bytes nobody decodes or tidies up. */
export function send(
  url: string,
  path: string,
  { method = "GET", headers = [], body }: RawRequest = {},
): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const length = body === undefined ? [] : ["Content-Length", String(Buffer.byteLength(body))];
    const sent = request(
      { hostname, port, path, method, headers: ["Host", host, ...headers, ...length] },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => {
          const { statusCode = 0, rawHeaders } = response;
          resolve({ status: statusCode, rawHeaders, headers: response.headers, body: Buffer.concat(parts) });
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
