import type { ClientRequest, IncomingMessage, ServerResponse } from "node:http";
import { type Capture, capture } from "./capture.ts";
import {
  answerWith,
  type GatewayError,
  notSendable,
  targetBroken,
  targetFailed,
  targetSilent,
} from "./gateway-error.ts";
import { endToEnd, type RawHeaders } from "./hop-by-hop.ts";
import { outgoing, type Way } from "./outgoing.ts";

/** What became of a request. */
export type Passage = {
  readonly requestHeaders: RawHeaders;
  readonly sent: Capture;
} & (
  | {
      readonly outcome: "answered";
      readonly status: number;
      readonly responseHeaders: RawHeaders;
      readonly received: Capture;
    }
  /** The answer broke off, or there was none. */
  | { readonly outcome: "failed"; readonly why: string }
  /** The proxy could not write it. */
  | { readonly outcome: "unsent" }
  /** The client left before the end. */
  | { readonly outcome: "left" }
);

class SilentTarget extends Error {
  override readonly name = "SilentTarget";
}

/**
 * Sends a request on and its answer back, each part as it comes and no faster than the other side takes it.
 *
 * @param done hears once what became of it, after the client has its answer
 */
export function forward(
  incoming: IncomingMessage,
  response: ServerResponse,
  way: Way,
  done: (passage: Passage) => void,
): void {
  const sent = capture(incoming, way.budget);
  const requestHeaders = endToEnd(incoming.rawHeaders);
  let end = (passage: Passage) => {
    end = () => {};
    done(passage);
  };
  const settle = (outcome: Outcome) => end({ requestHeaders, sent, ...outcome });

  // A client that leaves is noticed by the end of its connection.
  incoming.on("error", () => {});
  response.on("error", () => {});
  ask(incoming, response, way, requestHeaders, settle);
}

type Outcome = Passage extends infer Each
  ? Each extends Passage
    ? Omit<Each, "requestHeaders" | "sent">
    : never
  : never;

function ask(
  incoming: IncomingMessage,
  response: ServerResponse,
  way: Way,
  headers: RawHeaders,
  settle: (outcome: Outcome) => void,
): void {
  const upstream = opened(incoming, way, headers);
  if (upstream instanceof Error) {
    settle({ outcome: "unsent" });
    incoming.resume();
    return answerWith(response, notSendable(way.target.href, upstream));
  }
  let answer: IncomingMessage | null = null;
  const failed = (error: GatewayError) => {
    settle({ outcome: "failed", why: error.error });
    incoming.unpipe(upstream);
    incoming.resume();
    if (response.headersSent) response.destroy();
    else answerWith(response, error);
  };
  response.on("close", () => {
    if (response.writableFinished) return;
    settle({ outcome: "left" });
    upstream.destroy();
  });
  upstream.on("continue", () => response.writeContinue());
  watch(incoming, upstream, response, way);
  upstream.on("response", (received) => {
    answer = received;
    try {
      pass(received, response, way, settle);
    } catch (error) {
      // Node parses answers that it refuses to write, such as a status of 042.
      received.destroy();
      failed(targetBroken(way.target.href, error));
    }
  });
  upstream.on("error", (error) => {
    // A target may answer before it has read the body, and then close: what counts is the answer.
    if (answer !== null && answer.errored === null) return void incoming.resume();
    if (response.destroyed) return;
    if (isStale(error, upstream, incoming)) return ask(incoming, response, way, headers, settle);
    failed(gatewayError(error, way));
  });
  incoming.pipe(upstream);
}

/** The request to the target, or why Node refuses to write it. */
function opened(incoming: IncomingMessage, way: Way, headers: RawHeaders): ClientRequest | Error {
  try {
    return outgoing(incoming, way, headers);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function pass(
  answer: IncomingMessage,
  response: ServerResponse,
  { budget, target }: Way,
  settle: (outcome: Outcome) => void,
) {
  const status = answer.statusCode ?? 502;
  const responseHeaders = endToEnd(answer.rawHeaders);
  const received = capture(answer, budget);
  // Whatever the target says of the date is what the client hears.
  response.sendDate = false;
  response.writeHead(status, answer.statusMessage, responseHeaders);
  response.on("finish", () => settle({ outcome: "answered", status, responseHeaders, received }));
  response.on("close", () => {
    if (!response.writableFinished) received.release();
  });
  // Not `pipeline`: it would make a client that leaves look like a service that breaks off.
  answer.pipe(response);
  answer.on("error", () => {
    settle({ outcome: "failed", why: `${target.href} broke its answer off in the middle.` });
    response.destroy();
  });
}

/** Beyond it Node's timers fire at once. */
const longestTimeoutMs = 2 ** 31 - 1;

/** Gives up on a target that is silent in its turn. In the client's turn the wait begins anew. */
function watch(incoming: IncomingMessage, upstream: ClientRequest, response: ServerResponse, { timeoutMs }: Way): void {
  const silence = setTimeout(
    () => {
      if (isTargetsTurn(incoming, upstream, response)) upstream.destroy(new SilentTarget());
      else silence.refresh();
    },
    Math.min(timeoutMs, longestTimeoutMs),
  );
  const stirred = () => void silence.refresh();
  incoming.on("data", stirred).on("end", stirred);
  upstream.on("drain", stirred).on("response", (answer) => {
    stirred();
    answer.on("data", stirred);
  });
  response.on("drain", stirred);
  upstream.on("close", () => {
    clearTimeout(silence);
    incoming.off("data", stirred).off("end", stirred);
    response.off("drain", stirred);
  });
}

/** Whether a silence is the target's: a client that sends or reads slowly is not its fault. */
function isTargetsTurn(incoming: IncomingMessage, upstream: ClientRequest, response: ServerResponse): boolean {
  if (!incoming.complete && !upstream.writableNeedDrain) return false;
  return !response.writableNeedDrain;
}

/** A kept connection that the target had just closed: asked again, where asking twice does no harm (RFC 9110 §9.2.2). */
function isStale(error: NodeJS.ErrnoException, { reusedSocket }: ClientRequest, incoming: IncomingMessage): boolean {
  const { method, headers } = incoming;
  const bodiless = headers["content-length"] === undefined && headers["transfer-encoding"] === undefined;
  return reusedSocket && error.code === "ECONNRESET" && bodiless && (method === "GET" || method === "HEAD");
}

function gatewayError(error: NodeJS.ErrnoException, { target, timeoutMs }: Way): GatewayError {
  return error instanceof SilentTarget
    ? targetSilent(target.href, timeoutMs / 1_000)
    : targetFailed(target.href, error);
}
