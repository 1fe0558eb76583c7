import type { IncomingMessage } from "node:http";
import type { LookupFunction } from "node:net";
import { version } from "../../version.ts";
import { type IsPublic, loadIsPublic } from "./addresses.ts";
import { PlayFailure } from "./failure.ts";

export interface ConnectionOptions {
  /** The user vouches for the host. */
  readonly allowed: boolean;
  readonly signal: AbortSignal;
  readonly afterRedirect: boolean;
}

class ReservedAddress extends Error {}

/** What an attempt to connect says where there is no internet. */
const offline = ["EAI_AGAIN", "ENETUNREACH", "ENETDOWN", "EHOSTUNREACH", "EADDRNOTAVAIL"];

/**
 * Asks for one address and waits for the head of the answer. The addresses of a name are judged once more here, where
 * the connection is made, so that the name cannot have changed since (MEDIA-PLAY-007).
 *
 * @throws PlayFailure
 */
export async function openConnection(url: URL, options: ConnectionOptions): Promise<IncomingMessage> {
  const { allowed, signal } = options;
  const secure = url.protocol === "https:";
  const { get, Agent } = await loadClient(secure);
  const { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } = await import("request-filtering-agent");
  const Filtering = secure ? RequestFilteringHttpsAgent : RequestFilteringHttpAgent;
  const agent = allowed ? new Agent() : new Filtering();
  const lookup = await guardedLookup(allowed ? () => true : await loadIsPublic());
  const headers = { "user-agent": `calls-sandbox/${version}`, accept: "audio/*, */*;q=0.1" };
  const opening = new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent, lookup, signal, headers }, resolve).on("error", reject);
  });
  return opening.catch((error: unknown) => {
    throw signal.aborted ? error : whyNot(error, options);
  });
}

/** Loaded only here; a page in a browser has no such thing, and is offline for what is played (assumption). */
async function loadClient(secure: boolean): Promise<typeof import("node:http") | typeof import("node:https")> {
  try {
    return secure ? await import("node:https") : await import("node:http");
  } catch {
    throw new PlayFailure("offline", "MEDIA-PLAY-013", "Nothing can be downloaded in a browser.");
  }
}

/** Resolves a name and hands its addresses on only when all of them may be connected to. */
async function guardedLookup(mayConnect: IsPublic): Promise<LookupFunction> {
  const { default: dns } = await import("node:dns");
  return (host, options, callback) => {
    dns.lookup(host, { ...options, all: true }, (error, addresses) => {
      const [first] = error === null ? addresses : [];
      if (first === undefined) return callback(error ?? new ReservedAddress(), "", 0);
      if (!addresses.every(({ address }) => mayConnect(address))) return callback(new ReservedAddress(), "", 0);
      if (options.all === true) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}

/** The system's words name the address that a name stands for, so only their code is passed on (MEDIA-PLAY-014). */
function whyNot(error: unknown, { afterRedirect }: ConnectionOptions): PlayFailure {
  if (error instanceof ReservedAddress)
    return new PlayFailure(
      afterRedirect ? "redirectRefused" : "addressRefused",
      afterRedirect ? "MEDIA-PLAY-006" : "MEDIA-PLAY-007",
      "The name stands for a private or reserved address, so nothing was asked of it.",
    );
  const code = error instanceof Error && "code" in error ? String(error.code) : "no code";
  if (code === "ENOTFOUND") return new PlayFailure("unresolved", "MEDIA-PLAY-013", "The name does not resolve.");
  if (offline.includes(code))
    return new PlayFailure("offline", "MEDIA-PLAY-013", `There is no way to the host (${code}).`);
  return new PlayFailure("unreachable", "MEDIA-PLAY-024", `The host did not answer as it should (${code}).`);
}
