import { randomBytes } from "node:crypto";
import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Agent as TlsAgent } from "node:https";
import type { AddressInfo } from "node:net";
import { closed, listening } from "../../mock/doors/http.ts";
import { type Redactor, redactor } from "../exchange/redact.ts";
import { CaptureBudget } from "./capture.ts";
import { forward, type Passage } from "./forward.ts";
import { answerWith, loop, noPath, noUpgrade } from "./gateway-error.ts";
import { asRecord } from "./hop-by-hop.ts";
import { type Asked, type Finding, Inspector } from "./inspector.ts";
import type { Way } from "./outgoing.ts";
import { type Summary, Tally } from "./tally.ts";
import { isCallsApi, type Target } from "./target.ts";

export interface ProxyOptions {
  readonly target: Target;
  /** Address to listen on. */
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** How long the target may be silent. */
  readonly timeoutMs: number;
  /** Whether findings hold their exchanges, redacted; it costs some microseconds each. */
  readonly keepExchanges: boolean;
  /**
   * Hears of every exchange with the Calls API, one after the other.
   *
   * @param seen how often each of the departures has been seen at its place
   */
  readonly onFinding?: (finding: Finding, seen: readonly number[]) => Promise<void> | void;
}

/** A proxy that listens. */
export interface RunningProxy {
  /** The origin, without `/v1`. */
  readonly url: string;
  /**
   * Takes no new connections, lets open requests finish, judges the rest, and resolves then.
   *
   * @throws what `onFinding` threw first
   */
  readonly close: () => Promise<Summary>;
}

/**
 * Opens a proxy that holds what passes against the document.
 *
 * @throws the server's own error, for example EADDRINUSE, when it can't listen
 * @example const proxy = await startProxy({ target: readTarget("http://127.0.0.1:4010"), host: "127.0.0.1", port: 0, timeoutMs: 30_000, keepExchanges: false });
 */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { target, timeoutMs, keepExchanges, onFinding } = options;
  const tally = new Tally();
  const redact = redactor();
  const inspector = new Inspector(async (finding) => {
    const redacted = redactedFinding(keepExchanges ? finding : { ...finding, exchange: null }, redact);
    await onFinding?.(redacted, tally.add(redacted));
  });
  const agent =
    target.origin.protocol === "https:" ? new TlsAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  // A name of its own for each proxy: a request that bears it has been here before.
  const via = `1.1 calls-sandbox-${randomBytes(4).toString("hex")}`;
  const begin: Begin = (asked, headers) => {
    redact.learn(headers);
    return inspector.begin(asked);
  };
  const server = serverFor({ target, agent, timeoutMs, via, budget: new CaptureBudget() }, begin, tally);
  await listening(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    close: async () => {
      await closed(server);
      await inspector.done().finally(() => agent.destroy());
      return tally.summary(target.href);
    },
  };
}

/** Of what isn't judged, nothing is kept. */
const nothing = new CaptureBudget(0);

/** Announces a request; what is returned hears what became of it. */
type Begin = (asked: Asked, headers: Readonly<Record<string, string>>) => (passage: Passage) => void;

function serverFor(way: Way, begin: Begin, tally: Tally): Server {
  let count = 0;
  const serve = (incoming: IncomingMessage, response: ServerResponse) => {
    const { url = "", method = "GET", headers } = incoming;
    if (!server.listening) response.shouldKeepAlive = false;
    if (headers.upgrade?.toLowerCase() === "websocket") return answerWith(response, noUpgrade(url));
    if (!url.startsWith("/")) return answerWith(response, noPath());
    if (headers.via?.includes(way.via)) return answerWith(response, loop(way.target.href));
    if (!isCallsApi(url)) {
      tally.passThrough();
      return forward(incoming, response, { ...way, budget: nothing }, () => {});
    }
    const passed = begin({ number: ++count, method, target: url }, asRecord(incoming.rawHeaders));
    forward(incoming, response, way, passed);
  };
  const server = createServer(serve);
  // The target says whether it wants the body (RFC 9110 §10.1.1).
  server.on("checkContinue", serve);
  return server;
}

function redactedFinding(finding: Finding, redact: Redactor): Finding {
  return {
    ...finding,
    target: redact.target(finding.target),
    departures: finding.departures.map((departure) => ({ ...departure, message: redact.text(departure.message) })),
    exchange: finding.exchange === null ? null : redact.exchange(finding.exchange),
  };
}
