import { type Agent, type ClientRequest, type IncomingMessage, request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import type { CaptureBudget } from "./capture.ts";
import { type RawHeaders, replaced } from "./hop-by-hop.ts";
import type { Target } from "./target.ts";

/** Where requests go, and how. */
export interface Way {
  readonly target: Target;
  readonly agent: Agent;
  readonly timeoutMs: number;
  /** What the proxy writes into `Via` (RFC 9110 §7.6.3). */
  readonly via: string;
  readonly budget: CaptureBudget;
}

/**
 * Opens a request to the target, with the client's own header and nothing that Node would add: a request without a body
 * stays one.
 */
export function outgoing(incoming: IncomingMessage, { target, agent, via }: Way, headers: RawHeaders): ClientRequest {
  const { origin } = target;
  const request = origin.protocol === "https:" ? tlsRequest : plainRequest;
  const seen = incoming.headers.via;
  const withVia = replaced(headers, "Via", seen === undefined ? via : `${seen}, ${via}`);
  return request({
    host: origin.hostname.replace(/^\[|\]$/g, ""),
    port: origin.port,
    method: incoming.method,
    path: target.pathOf(incoming.url ?? "/"),
    headers: replaced(withVia, "Host", origin.host),
    agent,
    setDefaultHeaders: false,
  });
}
