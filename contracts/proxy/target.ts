/** The service behind the proxy. */
export interface Target {
  readonly origin: URL;
  /** The target as the user gave it, without a slash at its end. */
  readonly href: string;
  /**
   * The path at the target for a path at the proxy. A base that ends in `/v1` and one that doesn't lead to the same
   * place, and a client may write `/v1` or `/api/v1`, as the service lets it.
   */
  readonly pathOf: (asked: string) => string;
}

/** Why an address can't be a target; the message says what to do. */
export class TargetError extends Error {
  override readonly name = "TargetError";
}

const version = /^(?:\/api)?\/v1(?=[/?]|$)/;

/**
 * Reads the address of a target.
 *
 * @throws TargetError when it is no address of a service
 * @example readTarget("https://example.com/v1").pathOf("/v1/calls?limit=1") // "/v1/calls?limit=1"
 */
export function readTarget(text: string): Target {
  const origin = URL.canParse(text) ? new URL(text) : null;
  if (origin === null || !/^https?:$/.test(origin.protocol)) {
    throw new TargetError(
      `The target must be an http:// or https:// address such as http://127.0.0.1:4010, but was ${JSON.stringify(text)}.`,
    );
  }
  if (origin.username !== "" || origin.search !== "" || origin.hash !== "") {
    throw new TargetError(
      "The target has a user, a query or a fragment, which can't be forwarded. Leave them out; the client sends its key itself.",
    );
  }
  const base = origin.pathname.replace(/\/+$/, "");
  const root = base.replace(/(?:\/api)?\/v1$/, "");
  return {
    origin,
    href: `${origin.origin}${base}`,
    pathOf: (asked) => {
      if (!asked.startsWith("/")) return asked;
      return root !== base && version.test(asked) ? base + asked.replace(version, "") : root + asked;
    },
  };
}

/** Whether a path belongs to the Calls API, which the document describes. */
export function isCallsApi(asked: string): boolean {
  return version.test(asked);
}
