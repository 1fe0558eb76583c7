import type { ServerResponse } from "node:http";

/** What the proxy answers itself, because the target did not. */
export interface GatewayError {
  readonly status: 400 | 426 | 502 | 504 | 508;
  readonly code:
    | "PROXY_TARGET_UNREACHABLE"
    | "PROXY_TARGET_TIMEOUT"
    | "PROXY_TARGET_BROKEN"
    | "PROXY_REQUEST_REFUSED"
    | "PROXY_LOOP"
    | "UPGRADE_NOT_SUPPORTED";
  /** What failed, what was expected, what to do. */
  readonly error: string;
}

/** The target sent nothing for so long. */
export function targetSilent(target: string, seconds: number): GatewayError {
  return {
    status: 504,
    code: "PROXY_TARGET_TIMEOUT",
    error: `calls-sandbox proxy: ${target} did not answer. Its answer was expected within ${seconds} s, and nothing came. Look at the target, or give it longer with --timeout.`,
  };
}

/** The target's answer is none that HTTP knows. */
export function targetBroken(target: string, error: unknown): GatewayError {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    status: 502,
    code: "PROXY_TARGET_BROKEN",
    error: `calls-sandbox proxy: ${target} sent something that is no HTTP answer. Well-formed HTTP/1.1 was expected (${reason}). See what it sends with curl -v.`,
  };
}

/** The target could not be asked, or stopped in the middle. */
export function targetFailed(target: string, error: NodeJS.ErrnoException): GatewayError {
  const { code = "", message } = error;
  if (code.startsWith("HPE_")) return targetBroken(target, error);
  if (/CERT|SIGNATURE|SIGNED/.test(code)) {
    return {
      status: 502,
      code: "PROXY_TARGET_UNREACHABLE",
      error: `calls-sandbox proxy: ${target} has a certificate that is not trusted (${code}). One of a known authority was expected. Name yours in NODE_EXTRA_CA_CERTS.`,
    };
  }
  return {
    status: 502,
    code: "PROXY_TARGET_UNREACHABLE",
    error: `calls-sandbox proxy: ${target} did not answer. A connection was expected, and it failed with ${code || message}. Check that the target runs and that its address is right.`,
  };
}

/** A request that Node parses and then refuses to write. */
export function notSendable(target: string, error: unknown): GatewayError {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    status: 502,
    code: "PROXY_REQUEST_REFUSED",
    error: `calls-sandbox proxy: the request can't be sent on to ${target}. One that can be written as HTTP/1.1 was expected (${reason}). Look at its path and its headers with curl -v.`,
  };
}

/** A request that came back to the proxy that sent it. */
export function loop(target: string): GatewayError {
  return {
    status: 508,
    code: "PROXY_LOOP",
    error: `calls-sandbox proxy: ${target} leads back to this proxy. A service was expected there. Name another address with --target.`,
  };
}

/** Something that asks for another protocol, as on the sandbox's own door (ROUTE-007). */
export function noUpgrade(path: string): GatewayError {
  return {
    status: 426,
    code: "UPGRADE_NOT_SUPPORTED",
    error: `calls-sandbox proxy: no WebSocket can be opened at ${path.slice(0, 200)}. Connect to the wsUrl that POST /v1/calls/{callId}/realtime-session answers, directly.`,
  };
}

/** A request line that names no path. */
export function noPath(): GatewayError {
  return {
    status: 400,
    code: "PROXY_REQUEST_REFUSED",
    error:
      "calls-sandbox proxy: the request names no path. One that begins with a slash was expected. Use the proxy's address as the base URL, not as an HTTP proxy.",
  };
}

/** Answers in place of the target. */
export function answerWith(response: ServerResponse, { status, code, error }: GatewayError): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    ...(status === 426 ? { connection: "close" } : {}),
  });
  response.end(JSON.stringify({ error, code }));
}
